"""Keyword-stuffed text is kept but not offered; honest prose in any language, lists and tables stay."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.indexing.refresh import refresh
from assistant.indexing.snapshot import SnapshotHolder
from assistant.model import Block, Page, Scope
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences
from assistant.reading.stuffing import without_stuffing
from assistant.settings import Settings
from assistant.wiring.library import workers_of
from tests.fakes import VOCABULARY, WordEncoder
from tests.reading.typeset import DE, EN, FR

WORDS = ["genomics", "consent", "biobank", "Estonia", "trust", "data", "sequencing", "strategy", "hospital", "registry"]
FINNISH = (
    "Kansallinen genomikeskus perustettiin edistämään väestön terveyttä ja vastuullista tietojen käyttöä. Keskus "
    "vastaa kansallisesta genomitietokannasta, johon tallennetaan potilaiden suostumuksella tuotetut perimätiedot. "
    "Tutkijat voivat hakea käyttölupaa viranomaiselta, joka käsittelee hakemukset kolmen kuukauden kuluessa."
)
STUFFED = {
    "one word": "genomics " * 40,
    "the question over and over": "How did Estonia win public trust? " * 8,
    "drawn words": " ".join(random.Random(1).choices(WORDS, k=90)) + ".",
    "a list over and over": ", ".join(WORDS * 5) + ".",
    "short sentences of few words": " ".join(f"The {WORDS[n % 5]} {WORDS[n % 4]} {WORDS[n % 3]}." for n in range(15)),
    "a long list of keywords": " ".join(f"keyword{chr(97 + n % 26)}{chr(97 + n // 26)}xyz" for n in range(60)),
}
HONEST = {
    "English": " ".join(EN),
    "German": " ".join(DE),
    "French": " ".join(FR),
    "Finnish": FINNISH,
    "a short list": "Cancer, rare diseases, infectious diseases, pharmacogenomics, newborn screening, common diseases.",
    "a sentence twice": f"{EN[0]} {EN[1]} {EN[0]}",
}


def pages_of(*texts: str) -> tuple[Page, ...]:
    return tuple(
        Page(number, str(number), text, (Block("paragraph", 0, len(text)),)) for number, text in enumerate(texts, 1)
    )


@pytest.mark.parametrize("case", STUFFED)
def test_stuffed_text_is_not_offered(case: str) -> None:
    text = STUFFED[case].strip()
    (page,), changed = without_stuffing(pages_of(text))
    assert (page.text, changed) == (text, (1,))
    assert split_sentences(page) == ()


@pytest.mark.parametrize("case", HONEST)
def test_honest_text_stays(case: str) -> None:
    pages = pages_of(HONEST[case])
    assert without_stuffing(pages) == (pages, ())


def test_the_fifth_copy_of_a_long_paragraph_is_not_offered() -> None:
    pages, changed = without_stuffing(pages_of(*[f"{EN[0]} {EN[1]}"] * 6))
    assert [page.blocks[0].kind for page in pages] == [*["paragraph"] * 4, "caption", "caption"]
    assert changed == (5, 6)


def test_a_stuffed_file_is_named_in_the_warnings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{EN[0]}\n\n{STUFFED['drawn words']}", encoding="utf-8")
    reading = read_document(tmp_path / "a.txt")
    assert reading.warnings == ("repeated or keyword-stuffed text is not offered on page 1",)
    assert [reading.pages[0].text[s.start : s.end] for s in split_sentences(reading.pages[0])] == [EN[0]]


def test_twenty_blockers_add_no_passage(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "honest.txt").write_text(" ".join(EN[:4]), encoding="utf-8")
    for number in range(20):
        text = STUFFED[list(STUFFED)[number % len(STUFFED)]]
        (tmp_path / "corpus" / f"blocker-{number}.txt").write_text(f"{text}\n\n{text}", encoding="utf-8")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", workers=1)
    refresh(settings.corpus, settings.index, workers_of(settings, WordEncoder(VOCABULARY), lambda event: None))
    snapshot = SnapshotHolder(settings.index).current()
    assert len(snapshot.documents()) == 21
    assert snapshot.count(Scope()) == (1, 1)
