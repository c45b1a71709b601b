"""Pages whose letters are not those that are seen are kept, named, and never quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading import scans
from assistant.reading.garbled import is_backwards, is_garbled
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences
from tests.reading.makers import FIRST, paragraph, write_pdf

GARBLED = ("q(% #%.42% 2%!$3 %8/-%3 /& #(),$2%. 7)4( 2!2% $)3%!3%3 %!#(", "m/245'! 7),, /0%. ! .!4)/.!, '%./-% #%.42%")
CODE = "x = f(a) + g(b); y = h(c) the end of it: a[1] = b[2] and then some more of this text follows here"
FIGURES = "Latvia 700 41 % Lithuania 900 52 % Estonia 1,200 63 % Finland 2,100 88 % Sweden 3,100 95 % Poland 10 % 12"


def test_garbled_text_is_told_from_code_and_figures() -> None:
    assert is_garbled(" ".join(GARBLED))
    assert not any(map(is_garbled, (CODE, FIGURES, " ".join(FIRST), "", "#%.42% 2%!$3")))


def test_backward_text() -> None:
    text = "the report that names the plan and the law which the council wants from the parties with their votes"
    assert is_backwards(text[::-1])
    assert not is_backwards(text)


def test_a_garbled_page_is_named_and_never_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans.shutil, "which", lambda name: None)
    file = write_pdf(tmp_path / "made.pdf", [paragraph(FIRST, 60, 700), paragraph(GARBLED, 60, 700)])
    reading = read_document(file)
    assert len(split_sentences(reading.pages[0])) == 3
    assert split_sentences(reading.pages[1]) == ()
    assert reading.pages[1].text.startswith("q(%")
    assert reading.warnings == (
        "never quoted: page 2, whose fonts do not say which letters they show; "
        "install tesseract-ocr to have them recognised",
    )
