"""How chosen sentences are put together: once for several countries, row heads that help, newer first, offers."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering import silence, wording
from assistant.answering.build import Builder, add_chosen
from assistant.answering.candidates import Candidate
from assistant.answering.differ import rival
from assistant.model import Citation, Document, Hit, Page, Passage, Scope, Sentence, Understood
from tests.desk import MemoryDesk
from tests.fakes import VOCABULARY, MemorySnapshot, WordEncoder, make_page, make_passages, small_library


def library_of(*documents: tuple[Document, tuple[str, ...]]) -> MemorySnapshot:
    library = MemorySnapshot(WordEncoder(VOCABULARY))
    for document, paragraphs in documents:
        page = make_page(1, paragraphs)
        library.add(document, [page], make_passages(document, page))
    return library


def document(identifier: str, year: int, **values: object) -> Document:
    return replace(Document(identifier, f"{identifier}.pdf", "0" * 64, f"Title {identifier}", year=year), **values)


def candidate(library: MemorySnapshot, row: int, place: int = 0) -> Candidate:
    passage = library.rows[row]
    sentence = passage.sentences[place]
    text = passage.text[sentence.start - passage.start : sentence.end - passage.start]
    return Candidate(Hit(passage, library.document(passage.document), 1.0), sentence, text, 1, 1, 1, 1)


def test_a_sentence_for_several_countries_is_shown_once_with_all_of_them() -> None:
    library = library_of((document("all", 2026), ("Malta, Spain and Estonia signed on the first day.",)))
    builder, found = Builder(library), candidate(library, 0)
    for country in ("MT", "ES", "EE"):
        add_chosen(builder, [found], country, is_list=False, words=60)
    builder.merged()
    (statement,) = builder.statements
    assert (statement.country, statement.others, statement.citations) == ("MT", ("ES", "EE"), (1,))
    assert wording.compose(builder.statements, builder.citations, []).startswith(
        "About Malta, Spain and Estonia, in Title all (2026):\n“Malta, Spain and Estonia signed"
    )


def row_library(head: str, row: str) -> tuple[MemorySnapshot, Hit]:
    text = f"{head}\n\n{row}"
    start = len(head) + 2
    sentence = Sentence(start, len(text), "row", (0, len(head)))
    made = document("table", 2026)
    passage = Passage("key", made.id, 1, 0, len(text), text, sentences=(sentence,))
    library = MemorySnapshot(WordEncoder(VOCABULARY))
    library.add(made, [Page(1, "1", text)], [passage])
    return library, Hit(passage, made, 1.0)


def test_the_heading_row_of_a_table_is_quoted_only_where_it_says_something() -> None:
    library, hit = row_library("Date · Event", "2018 · Declaration signed")
    builder = Builder(library)
    builder.add(hit, hit.passage.sentences[0], "HR")
    assert [c.quote for c in builder.citations] == ["2018 · Declaration signed"]
    library, hit = row_library("Time · Volunteers", "funded in addition · 2,000")
    builder = Builder(library)
    builder.add(hit, hit.passage.sentences[0], "BG")
    assert [s.text for s in builder.statements] == ["Time · Volunteers funded in addition · 2,000"]
    assert [c.quote for c in builder.citations] == ["Time · Volunteers", "funded in addition · 2,000"]


def two_sources() -> MemorySnapshot:
    return library_of(
        (document("old", 2021), ("The biobank holds samples of 52,000 donors.",)),
        (document("new", 2026), ("The biobank holds samples of 212,000 donors.",)),
    )


def test_where_two_sources_differ_the_newer_stands_first_and_both_are_quoted() -> None:
    library, builder = two_sources(), Builder(two_sources())
    add_chosen(builder, [candidate(library, 0), candidate(library, 1)], "EE", is_list=False, words=120)
    assert [builder.citations[s.citations[-1] - 1].year for s in builder.statements] == [2026, 2021]


def test_the_page_of_the_best_sentence_comes_first_and_is_read_in_its_order() -> None:
    library = MemorySnapshot(WordEncoder(VOCABULARY))
    one, two = make_page(1, ("Donors give samples.",)), make_page(2, ("The biobank is old. It holds samples.",))
    paper = document("ee", 2026)
    library.add(paper, [one, two], [*make_passages(paper, one), *make_passages(paper, two)])
    chosen = [candidate(library, 1, 1), candidate(library, 0), candidate(library, 1, 0)]
    builder = Builder(library)
    add_chosen(builder, chosen, "EE", is_list=False, words=120)
    assert [s.text for s in builder.statements] == [
        "The biobank is old.",
        "It holds samples.",
        "Donors give samples.",
    ]


def test_a_rival_is_the_first_sentence_of_another_document_with_another_number() -> None:
    shown = [("old", "The biobank holds samples of 52,000 donors.")]
    others = [
        ("old", "It has 9 donors."),
        ("x", "Donors get results."),
        ("new", "The biobank has samples of 212,000 donors."),
    ]
    assert rival(shown, others) == 2
    assert rival(shown, others[:2]) is None


def test_the_line_of_the_source_says_who_speaks_about_whom() -> None:
    citation = Citation(1, "d", "d.pdf", "Estonia: the visit", 2021, 1, "1", "…", 0, 1, kind="visit-report")
    assert wording.source_line(citation, "EE") == "Estonia — The visit (2021):"
    brief = replace(citation, title="Policy brief", kind="policy-brief", year=2022)
    assert wording.source_line(brief, "EE") == "About Estonia, in Policy brief (2022):"
    assert wording.source_line(brief, "") == "Policy brief (2022):"


def test_a_document_about_two_silent_countries_is_counted_once() -> None:
    shared = document("both", 2026, countries=("EE", "FI"))
    library = library_of((shared, ("Nothing much.",)))
    remarks = silence.of_parts(library, Scope(), [("EE", "nothing-relevant"), ("FI", "nothing-relevant")], (), True)
    assert remarks == ["Nothing that answers was found for Estonia and Finland (1 document searched)."]
    unsure = silence.of_parts(library, Scope(), [("FI", "not-enough")], ("LV",), False)
    assert unsure == [
        "Not sure for Finland: the closest passages are listed below, none of them clearly answers "
        "(1 document searched).",
        "The library holds no document about Latvia.",
    ]


def test_headings_are_offered_once_and_without_their_numbers() -> None:
    library = small_library()
    hits = [replace(candidate(library, row)) for row in range(2)]
    named = [
        replace(c, hit=replace(c.hit, passage=replace(c.hit.passage, headings=("Top", heading))))
        for c, heading in zip([*hits, hits[0]], ["3.1 Data and law", "Data and law", "A. Training"], strict=True)
    ]
    assert silence.topics_of(named) == ("Data and law", "Training")


def test_nothing_is_offered_beyond_the_filter_of_the_reader() -> None:
    understood = Understood("?", "?", "?", countries=("LV",))

    def never(scope: Scope, limit: int) -> list[Hit]:
        raise AssertionError("searched wider than the reader allowed")

    assert silence.elsewhere(understood, Scope(countries=()), never, lambda hits, country: 1 / 0) == ()
    answer = MemoryDesk().ask("How many donors has the biobank in Latvia?", (), Scope(countries=("FI",)))
    assert answer.text == "The library holds no document about Latvia."


def test_the_best_sentence_is_read_first_and_sentences_that_follow_one_another_stay_so() -> None:
    text = "The first thing. The second thing. Some other words between. The best thing. What follows it."
    library = small_library()
    page = replace(library.pages[("ee", 1)], text=text)
    library.pages[("ee", 1)] = page
    passage = Passage("k", "ee", 1, 0, len(text), text, (), ("EE",))
    hit = Hit(passage, library.document("ee"), 1.0)

    def of(words: str) -> Candidate:
        start = text.index(words)
        return Candidate(hit, Sentence(start, start + len(words), "prose"), words, 1, 1, 1, 1)

    chosen = [of("The best thing."), of("The first thing."), of("What follows it.")]
    for is_list, order in ((False, [0, 2, 1]), (True, [1, 0, 2])):
        builder = Builder(library)
        add_chosen(builder, chosen, "EE", is_list=is_list, words=120)
        assert [s.text for s in builder.statements] == [chosen[place].text for place in order]
