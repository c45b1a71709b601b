"""Real documents, where they are at hand: what must not be woven, and the proof of boxes by a second reader."""

from __future__ import annotations

import os
import random
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assistant.geometry import boxes_of, unpack
from assistant.model import Reading
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("ASSISTANT_SHARED", ROOT.parent / "shared")) / "documents"
OWN = sorted((ROOT / "corpus" / "documents").glob("*.pdf"))[:4]


@cache
def reading_of(path: Path) -> Reading:
    if not path.is_file():
        pytest.skip(f"{path.name} is not at hand")
    return read_document(path)


def fold(text: str) -> Counter[str]:
    return Counter(char for char in unicodedata.normalize("NFKD", text).lower() if char.isalnum())


@pytest.mark.parametrize("path", [*OWN, *(SHARED / f"{n}.pdf" for n in ("policy-brief", "roadmap", "genome-europe"))],
                         ids=lambda path: path.stem)  # fmt: skip
def test_a_second_reader_finds_the_same_letters_under_the_boxes(path: Path) -> None:
    reading = reading_of(path)
    plumber = pytest.importorskip("pdfplumber")
    places = [(page, sentence) for page in reading.pages for sentence in split_sentences(page)]
    sample = random.Random(7).sample(places, min(70, len(places)))
    assert sample
    with plumber.open(path) as file:
        chars = {page.number: file.pages[page.number - 1].chars for page, _ in sample}
    for page, sentence in sample:
        boxes = boxes_of(unpack(page.geometry), sentence.start, sentence.end)
        assert boxes
        found = "".join(
            char["text"]
            for left, top, right, bottom in boxes
            for char in chars[page.number]
            if left - 0.3 <= (char["x0"] + char["x1"]) / 2 <= right + 0.3
            and top - 0.5 <= (char["top"] + char["bottom"]) / 2 <= bottom + 0.5
        )
        assert fold(found) == fold(page.text[sentence.start : sentence.end])


def test_the_policy_brief_is_not_woven() -> None:
    reading = reading_of(SHARED / "policy-brief.pdf")
    sides = [page.text[b.start : b.end] for page in reading.pages for b in page.blocks if b.kind == "side"]
    quotes = ("Patient and citizen engagement is", "Collection and use of", "A well informed", "A successful")
    for start in quotes:
        assert sum(text.startswith(start) for text in sides) == 1
    assert sum(page.text.count("POLICY RECOMMENDATIONS") for page in reading.pages) == 4
    blocks = [(page, block) for page in reading.pages for block in page.blocks if block.kind == "bullet"]
    bullets = [page.text[slice(*block.lead)] for page, block in blocks if block.lead]
    assert len(bullets) == 11
    assert {lead[-1] for lead in bullets} == {":"}
    whole = "Establish information programs and wide-reaching communication campaigns"
    assert any(text.startswith(whole) for text in sides)


def test_two_printed_pages_on_one_sheet() -> None:
    reading = reading_of(SHARED / "roadmap.pdf")
    assert [page.printed for page in reading.pages] == ["", "2–3", "4–5", "6–7", "8–9", "10–11", ""]
