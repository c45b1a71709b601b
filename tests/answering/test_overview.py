"""An account: a sentence of each part of the document that speaks of the country most."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.overview import account
from assistant.model import Document, Hit, Passage, Sentence


def hit(document: Document, page: int, heading: str, *texts: str, score: float = 1.0) -> Hit:
    whole, sentences, at = " ".join(texts), [], 0
    for text in texts:
        sentences.append(Sentence(at, at + len(text)))
        at += len(text) + 1
    passage = Passage(
        f"{document.id}{page}{heading}", document.id, page, 0, len(whole), whole,
        headings=(heading,) if heading else (), sentences=tuple(sentences),
    )  # fmt: skip
    return Hit(passage, document, score, sentence_scores=tuple(0.1 * (n + 1) for n in range(len(texts))))


NEW = Document("new", "new.pdf", "0", "Estonia", countries=("EE",), kind="national-strategy", year=2026)
VISIT = replace(NEW, id="visit", kind="visit-report", year=2021)
OTHER = replace(NEW, id="brief", kind="policy-brief", year=2027, countries=("EE", "FI"))
HITS = [
    hit(NEW, 3, "Training", "It is short.", "Doctors of every clinic take courses in genetics each year."),
    hit(NEW, 2, "Law", "A law of the year 2000 regulates the biobank of the university."),
    hit(NEW, 2, "Data", "All the medical records of the country are electronic since 2008."),
    hit(NEW, 4, "Milestones", "In the year 2000 the act on human genes was adopted there."),
    hit(VISIT, 1, "The visit", "The visit to the country took place in May of the year 2021."),
    hit(OTHER, 1, "Trust", "The brief praises the country for decades of open communication."),
]


def test_one_sentence_of_each_part_in_the_order_of_the_document() -> None:
    assert [c.text.split()[0] for c in account(HITS, "EE", "Tell me about Estonia", 6)] == ["A", "All", "Doctors"]
    assert [c.hit.passage.headings for c in account(HITS, "EE", "Tell me about Estonia", 2)] == [
        ("Law",),
        ("Training",),
    ]


def test_a_visit_is_told_from_its_report() -> None:
    first = account(HITS, "EE", "Summarise the visit to Estonia", 1)
    assert [c.hit.document.id for c in first] == ["visit"]


def test_without_parts_the_nearest_sentences_stand_for_the_document() -> None:
    plain = [
        hit(NEW, 1, "", "A law of the year 2000 regulates the biobank.", "All records of the country are electronic."),
        hit(NEW, 2, "", "Doctors of every clinic take courses in genetics."),
    ]
    assert [c.text.split()[0] for c in account(plain, "EE", "Tell me about Estonia", 6)] == ["A", "All", "Doctors"]


def test_nothing_is_told_of_nothing() -> None:
    assert account([], "EE", "Tell me about Estonia", 6) == []


def test_lessons_are_what_stands_under_a_heading_that_announces_them() -> None:
    items = ("Start with a database of variants.", "Buy together.", "It pays by results.")
    made = hit(VISIT, 5, "Lessons for other countries", "Six lessons were agreed:", *items)
    listed = tuple(replace(s, kind="bullet") if n else s for n, s in enumerate(made.passage.sentences))
    hits = [*HITS, replace(made, passage=replace(made.passage, sentences=listed))]
    assert [c.text for c in account(hits, "EE", "What can we learn from Estonia?", 6)] == list(items[:2])
    assert items[0] not in [c.text for c in account(hits, "EE", "Tell me about Estonia", 6)]


def test_a_summary_is_the_part_that_sums_up() -> None:
    messages = hit(NEW, 1, "Key messages", "Money for genomes runs out soon.", "People are missing in all clinics.")
    told = account([*HITS, messages], "EE", "Summarise the strategy of Estonia", 6)
    assert [c.text for c in told] == ["Money for genomes runs out soon.", "People are missing in all clinics."]
    assert len(account([*HITS, messages], "EE", "Tell me about Estonia", 6)) == 4
