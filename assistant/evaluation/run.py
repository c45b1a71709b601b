"""Asks every gold question at a desk and measures the answers; no key, no network, no judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.evaluation import metrics
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.leaks import asked, leaks_of
from assistant.model import Answer, Citation, Hit, Passage, Scope
from assistant.ports import Desk

Fold = Callable[[str], str]
Confirm = Callable[[Path, int, str], bool | None]
Place = tuple[str, int]
"""A page: base name of the document's file without ending, physical page number from 1."""

PAGE_MEASURES = ("recall@1", "recall@5", "recall@10", "MRR@10", "nDCG@10")
ANSWER_MEASURES = (
    "citation page precision", "citation page recall", "countries cited", "every country cited", "anchor hit",
    "fact coverage",
)  # fmt: skip
MEASURES = (
    *PAGE_MEASURES,
    *(f"passage {name}" for name in PAGE_MEASURES),
    "country recall@10",
    *ANSWER_MEASURES,
    "quote validity",
    "second reader",
    "answered when answerable",
    "declined when silent",
    "right null",
    "stand-alone recall@5",
    "stand-alone fact coverage",
    "worded by the model",
    "supported share",
)
"""What is measured question by question; shares from 0 to 1. README, "Evaluation", says what each means."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one question scored. `scores` holds the measures that apply to it; the others are missing."""

    question: GoldQuestion
    verdict: str
    declined: bool
    text: str
    scores: Mapping[str, float]
    cited: tuple[Place, ...]
    pages: tuple[Place, ...]
    passages: tuple[str, ...]
    relevant: frozenset[str]
    leaks: tuple[str, ...]
    closeness: float
    """Cosine of the question with the best sentence found, a plain measure of how close the library comes."""
    milliseconds: float
    words: int


def evaluate(
    desk: Desk,
    questions: Sequence[GoldQuestion],
    fold: Fold,
    confirm: Confirm = lambda file, page, quote: None,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Row]:
    """Return one row per question, in order. `confirm` is the second reader of quotations."""
    passages = _by_page(desk)
    rows = []
    for done, question in enumerate(questions, start=1):
        rows.append(_row(desk, question, fold, confirm, passages))
        progress(done)
    return rows


def place(document: str) -> str:
    """Return the base name of a document's file without its ending: what gold questions call it."""
    return PurePosixPath(document).name.removesuffix(PurePosixPath(document).suffix)


def wanted_pages(q: GoldQuestion) -> frozenset[Place]:
    """Return the pages that are acceptable evidence for a question."""
    return frozenset((place(e.document), page) for e in q.evidence for page in e.pages)


def wanted_by_country(q: GoldQuestion) -> dict[str, set[Place]]:
    """Return the acceptable pages of each country of a question about several; empty for other questions.

    Evidence that names no country answers for all of them: a table of signatures, say.
    """
    groups: dict[str, set[Place]] = {e.country: set() for e in q.evidence if e.country}
    for e in q.evidence:
        for country in [e.country] if e.country else groups:
            groups[country].update((place(e.document), page) for page in e.pages)
    return groups if len(groups) > 1 else {}


def _by_page(desk: Desk) -> dict[Place, list[Passage]]:
    snapshot = desk.snapshot()
    found: dict[Place, list[Passage]] = {}
    for passage in snapshot.passages(range(snapshot.count(Scope())[1])):
        found.setdefault((place(snapshot.document(passage.document).file), passage.page), []).append(passage)
    return found


def _row(desk: Desk, q: GoldQuestion, fold: Fold, confirm: Confirm, passages: Mapping[Place, Sequence[Passage]]) -> Row:
    answer, hits = desk.ask(q.question, q.history), desk.search(q.question, 10, q.history)
    pages = tuple(dict.fromkeys((place(hit.document.file), hit.passage.page) for hit in hits))
    relevant = _relevant(q, fold, passages)
    scores = {**_quote_scores(desk, answer, fold, confirm), **_model_scores(answer)}
    if q.answerable:
        scores.update(_search_scores(q, hits, pages, relevant))
        scores.update(_answer_scores(q, answer, fold))
        scores.update(_alone_scores(desk, q, fold))
    else:
        scores["declined when silent"] = float(answer.declined)
        if answer.declined:
            scores["right null"] = float(answer.verdict in q.null)
    return Row(
        question=q,
        verdict=answer.verdict,
        declined=answer.declined,
        text=answer.text,
        scores={name: round(scores[name], 6) for name in MEASURES if name in scores},
        cited=tuple((place(c.file), c.page) for c in answer.citations),
        pages=pages,
        passages=tuple(hit.passage.key for hit in hits),
        relevant=relevant,
        leaks=leaks_of(asked(q), desk.snapshot(), answer, hits),
        closeness=max((score for hit in hits for score in hit.sentence_scores), default=0.0),
        milliseconds=float(answer.milliseconds.get("total", 0.0)),
        words=sum(len(s.text.split()) for s in answer.statements),
    )


def _model_scores(answer: Answer) -> dict[str, float]:
    """Return what a language model made of an answer; nothing where none was asked."""
    use = answer.model
    if use is None:
        return {}
    scores = {"worded by the model": float(not use.fallback)}
    if use.written:
        scores["supported share"] = use.supported / use.written
    return scores


def _relevant(q: GoldQuestion, fold: Fold, passages: Mapping[Place, Sequence[Passage]]) -> frozenset[str]:
    """Return the keys of the passages in which an anchor stands, on one of its pages."""
    keys = set()
    for e in q.evidence:
        anchor = fold(e.anchor).lower()
        for page in e.pages:
            for passage in passages.get((place(e.document), page), ()):
                if anchor in fold(passage.text).lower():
                    keys.add(passage.key)
    return frozenset(keys)


def ranking_scores(ranked: Sequence[object], relevant: frozenset[object]) -> dict[str, float]:
    """Return the five search measures of one ranking without repetitions."""
    return {
        **{f"recall@{k}": metrics.recall_at(ranked, relevant, k) for k in (1, 5, 10)},
        "MRR@10": metrics.reciprocal_rank(ranked, relevant),
        "nDCG@10": metrics.ndcg(ranked, relevant),
    }


def _search_scores(
    q: GoldQuestion, hits: Sequence[Hit], pages: Sequence[Place], relevant: frozenset[str]
) -> dict[str, float]:
    scores = ranking_scores(pages, frozenset[object](wanted_pages(q)))
    if relevant:
        by_passage = ranking_scores([hit.passage.key for hit in hits], frozenset[object](relevant))
        scores.update({f"passage {name}": value for name, value in by_passage.items()})
    if groups := wanted_by_country(q):
        scores["country recall@10"] = metrics.share_found(groups, pages)
    return scores


def _answer_scores(q: GoldQuestion, answer: Answer, fold: Fold) -> dict[str, float]:
    scores = {"answered when answerable": float(not answer.declined)}
    quotes = [(place(c.file), c.page) for c in answer.citations]
    text = metrics.normalised(fold(" ".join((answer.text, *(c.quote for c in answer.citations)))))
    facts = [[metrics.normalised(fold(x)) for x in group] for group in q.facts]
    scores["fact coverage"] = metrics.fact_coverage(text, facts)
    groups = wanted_by_country(q)
    if groups:
        scores["countries cited"] = metrics.share_found(groups, quotes)
        scores["every country cited"] = float(scores["countries cited"] == 1.0)
    wanted = wanted_pages(q)
    if quotes:
        scores["citation page precision"] = metrics.mean([float(quote in wanted) for quote in quotes])
    scores["citation page recall"] = metrics.share_found(groups or {"": wanted}, quotes)
    scores["anchor hit"] = float(any(metrics.normalised(fold(e.anchor)) in text for e in q.evidence))
    return scores


def _alone_scores(desk: Desk, q: GoldQuestion, fold: Fold) -> dict[str, float]:
    """Return what a follow-up would have scored in words that need no turn before."""
    if not q.alone:
        return {}
    answer = desk.ask(q.alone)
    pages = [(place(hit.document.file), hit.passage.page) for hit in desk.search(q.alone, 10)]
    return {
        "stand-alone recall@5": metrics.recall_at(list(dict.fromkeys(pages)), wanted_pages(q), 5),
        "stand-alone fact coverage": _answer_scores(q, answer, fold)["fact coverage"],
    }


def _quote_scores(desk: Desk, answer: Answer, fold: Fold, confirm: Confirm) -> dict[str, float]:
    shown = answer.citations
    if not shown:
        return {}
    scores = {"quote validity": metrics.mean([float(_valid(desk, c, fold)) for c in shown])}
    second = [confirm(desk.file_of(c.document), c.page, c.quote) for c in shown] if _has_files(desk, shown) else []
    confirmed = [float(found) for found in second if found is not None]
    if confirmed:
        scores["second reader"] = metrics.mean(confirmed)
    return scores


def _has_files(desk: Desk, shown: Sequence[Citation]) -> bool:
    from assistant.errors import LibraryError

    try:
        return all(desk.file_of(c.document) for c in shown)
    except LibraryError:
        return False


def _valid(desk: Desk, citation: Citation, fold: Fold) -> bool:
    page = desk.snapshot().page(citation.document, citation.page)
    return fold(page.text[citation.start : citation.end]) == fold(citation.quote)
