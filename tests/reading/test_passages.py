"""Invariants of passages, on made-up pages of every shape and on one whose cut can be worked out."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as some

from assistant.model import Block, BlockKind, Page
from assistant.reading.passages import cut_passages
from assistant.reading.sentences import split_sentences

KINDS: tuple[BlockKind, ...] = ("heading", "paragraph", "bullet", "side", "table", "caption", "running", "references")
WORDS = ("trust", "genome", "plan", "law", "health", "data", "of", "the", "and", "5", "%")
SENTENCE = some.lists(some.sampled_from(WORDS), min_size=1, max_size=60)
BLOCK = some.tuples(some.sampled_from(KINDS), some.lists(SENTENCE, min_size=1, max_size=6))


def count(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def page_of(number: int, blocks: list[tuple[BlockKind, list[list[str]]]]) -> Page:
    text, found = "", []
    for kind, sentences in blocks:
        text += "\n\n" if text else ""
        body = " ".join(" ".join(words).capitalize() + "." for words in sentences)
        found.append(Block(kind, len(text), len(text) + len(body), 1 if kind == "heading" else 0))
        text += body
    return Page(number, str(number), text, tuple(found))


@settings(max_examples=60, deadline=None)
@given(some.lists(some.lists(BLOCK, min_size=1, max_size=8), min_size=1, max_size=3), some.integers(0, 2))
def test_slices_cover_and_stay_in_size(shapes: list[list[tuple[BlockKind, list[list[str]]]]], overlap: int) -> None:
    pages = [page_of(number, shape) for number, shape in enumerate(shapes, 1)]
    passages = cut_passages("d", pages, count, passage_tokens=60, overlap_sentences=overlap)
    assert len({passage.key for passage in passages}) == len(passages)
    covered: dict[int, set[int]] = {page.number: set() for page in pages}
    for passage in passages:
        page = pages[passage.page - 1]
        assert passage.text == page.text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
        covered[passage.page].update(range(passage.start, passage.end))
        assert sum(count([page.text[s.start : s.end]])[0] for s in passage.sentences) <= 60 * 1.9
        for sentence in passage.sentences:
            assert passage.start <= sentence.start < sentence.end <= passage.end
    for page in pages:
        for sentence in split_sentences(page):
            missing = set(range(sentence.start, sentence.end)) - covered[page.number]
            assert not page.text[min(missing, default=0) : max(missing, default=0)].strip()


def test_a_page_cut_by_hand() -> None:
    text = "Money\n\nOne two three. Four five six. Seven eight nine.\n\nBoxed words stand here.\n\nTrust\n\nTen."
    places = (("heading", "Money"), ("paragraph", "One two three. Four five six. Seven eight nine."))
    places += (("side", "Boxed words stand here."), ("heading", "Trust"), ("paragraph", "Ten."))
    blocks = tuple(
        Block(kind, text.index(part), text.index(part) + len(part), int(kind == "heading"))  # type: ignore[arg-type]
        for kind, part in places
    )
    passages = cut_passages("d", [Page(1, "1", text, blocks)], count, passage_tokens=6, overlap_sentences=1)
    assert [(passage.headings, passage.text) for passage in passages] == [
        (("Money",), "One two three. Four five six."),
        (("Money",), "Four five six. Seven eight nine."),
        (("Money",), "Boxed words stand here."),
        (("Trust",), "Ten."),
    ]


def test_bullets_stay_with_their_lead() -> None:
    lead, bullets = "The plan has aims:", ("the first good aim", "the second good aim")
    text = "\n\n".join((" ".join(["Word"] * 30) + ".", lead, *bullets))
    start = text.index(lead)
    blocks = [Block("paragraph", 0, start - 2), Block("paragraph", start, start + len(lead))]
    blocks += [Block("bullet", text.index(b), text.index(b) + len(b), lead=(start, start + len(lead))) for b in bullets]
    passages = cut_passages("d", [Page(1, "1", text, tuple(blocks))], count, passage_tokens=33, overlap_sentences=0)
    assert [passage.text for passage in passages] == [text[: start - 2], text[start:]]


def test_the_key_depends_on_content_and_place() -> None:
    page = page_of(1, [("paragraph", [["trust"]])])
    (one,) = cut_passages("a", [page], count)
    (two,) = cut_passages("b", [page], count)
    (again,) = cut_passages("a", [page], count)
    assert one.key == again.key != two.key


def test_the_heading_path_is_carried_over_pages_and_follows_the_outline() -> None:
    first = page_of(1, [("heading", [["law"]]), ("paragraph", [["trust"]])])
    second = page_of(2, [("paragraph", [["plan"]])])
    third = page_of(3, [("paragraph", [["data"]])])
    found = cut_passages("d", [first, second, third], count, outline=((1, "Annex", 3),))
    assert [passage.headings for passage in found] == [("Law.",), ("Law.",), ("Annex",)]
