"""Which encoding a file was written in is found from its bytes; what had to be guessed is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.reading.letters import decoded
from assistant.reading.raised import lowered, raised
from assistant.reading.reader import read_document

SAYS = "the file does not say its encoding; it was read as "
TEXTS = {
    "pl": "Program w Łodzi finansuje 2500 eksomów rocznie, a każdy eksom jest w Krakowie przez dziesięć lat.",
    "fr": "La dernière stratégie a été publiée à Nîmes; elle prévoit un séquençage génomique généralisé.",
    "de": "Die Länder führen die Daten zusammen und übermitteln sie an das zuständige Bundesamt für Gesundheit.",
    "el": "Το εθνικό πρόγραμμα γονιδιωματικής χρηματοδοτεί δύο χιλιάδες αναλύσεις κάθε χρόνο στην Αθήνα.",
    "bg": "Националната програма за геномна медицина финансира две хиляди изследвания всяка година в София.",
    "cs": "Národní program genomiky financuje dva tisíce vyšetření ročně a každý vzorek je v Brně, říká ředitel.",
    "hu": "Az országos genomikai program évente kétezer vizsgálatot finanszíroz, őrzi és közzéteszi az eredményeket.",
    "lt": "Nacionalinė genomikos programa kasmet finansuoja du tūkstančius tyrimų, o mėginys saugomas Vilniuje.",
    "es": "El programa español de genómica financia dos mil análisis cada año en Málaga.",
    "tr": "Ulusal genom programı her yıl iki bin çalışmayı finanse ediyor; örnekler İstanbul'da saklanıyor, şimdi.",
}
LEGACY = [
    ("pl", "cp1250"), ("pl", "iso8859-2"), ("fr", "cp1252"), ("fr", "iso8859-15"), ("fr", "mac-roman"), ("fr", "cp850"),
    ("de", "cp1252"), ("el", "cp1253"), ("el", "iso8859-7"), ("bg", "cp1251"), ("bg", "koi8-r"), ("bg", "iso8859-5"),
    ("cs", "cp1250"), ("cs", "iso8859-2"), ("hu", "cp1250"), ("hu", "iso8859-2"), ("lt", "cp1257"),
    ("lt", "iso8859-13"), ("es", "cp1252"), ("tr", "cp1254"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_old_encodings_are_detected_and_said(language: str, encoding: str) -> None:
    found = decoded(TEXTS[language].encode(encoding), "a.txt")
    assert found.text == TEXTS[language]
    assert found.warnings[0].startswith(SAYS)


@pytest.mark.parametrize("language", ["el", "pl", "bg"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read(tmp_path: Path, language: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXTS[language].encode(encoding))
    reading = read_document(tmp_path / "a.txt")
    assert reading.pages[0].text == TEXTS[language]
    assert reading.warnings == (f"{SAYS}{encoding.upper()}",)


def test_utf_8_with_a_stray_byte_stays_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        "Łódź funds 2,500 exomes — “a first” in Kraków.\n\n".encode() + b"Contact: caf\xe9 of it."
    )
    reading = read_document(tmp_path / "a.txt")
    assert reading.pages[0].text.endswith("in Kraków.\n\nContact: caf\ufffd of it.")
    assert reading.warnings == ("one sign is not valid UTF-8 and could not be read",)


def test_what_a_file_says_of_itself_is_believed_where_it_fits() -> None:
    assert decoded(TEXTS["pl"].encode("iso8859-2"), "a", "iso-8859-2").warnings == ()
    wrong = decoded(TEXTS["pl"].encode("iso8859-2"), "a", "utf-8")
    assert wrong.text == TEXTS["pl"]
    assert wrong.warnings[0].startswith("the file says utf-8, which does not fit; it was read as ")
    assert decoded(TEXTS["pl"].encode(), "a", "iso-8859-2").warnings == ("the file says iso-8859-2, but it is UTF-8",)
    latin = decoded(TEXTS["pl"].encode("iso8859-2"), "a", "iso-8859-1")
    assert (latin.text, len(latin.warnings)) == (TEXTS["pl"], 1)


@pytest.mark.parametrize(
    ("text", "before", "stored"),
    [
        ("6", "10", "⁶"), ("12", "report.", "¹²"), ("-1", "m", "⁻¹"),
        ("st", "1", "st"), ("me", "M", "me"), ("e", "2", "ᵉ"),
        ("TM", "Genome", "™"), ("2n+1", "x", "^(2n+1)"), ("max", "C", "^max"),
        ("[3]", "care.", "[3]"), ("a", "450", "ᵃ"),
    ],
)  # fmt: skip
def test_raised_letters_are_signs_of_their_own(text: str, before: str, stored: str) -> None:
    assert raised(text, before) == stored


def test_lowered_letters_are_signs_of_their_own() -> None:
    assert [lowered("2", "CO"), lowered("i", "x"), lowered("max", "C")] == ["₂", "ᵢ", "_max"]
