"""What leaves, leaves the files: not a word, not a vector, not a stored byte of it can be found afterwards."""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import numpy
import pytest

from assistant.indexing import schema, segments
from assistant.indexing.changes import list_reports
from assistant.indexing.check import check_library
from assistant.indexing.purge import without
from assistant.indexing.refresh import refresh
from assistant.indexing.segment import build
from tests.durability.worlds import workers
from tests.fakes import VOCABULARY

WINDOW = 24


def write(corpus: Path, number: int, chance: random.Random) -> str:
    """Write a document of one to forty paragraphs whose words no other has; return its name."""
    paragraphs = []
    for place in range(chance.randint(1, 40)):
        own = " ".join(f"w{number}x{place}y{chance.randrange(10**6)}" for _ in range(chance.randint(5, 90)))
        paragraphs.append(f"{chance.choice(VOCABULARY)} {own}.")
    (corpus / f"doc{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    return f"doc{number}"


def stored(index: Path, identifier: str) -> set[bytes]:
    """Return windows of everything the library stores of a document."""
    blobs: list[bytes] = []
    with closing(sqlite3.connect(index / schema.FILE)) as connection:
        query = "SELECT data, vector, sentences, content, checksum FROM passages WHERE document = ?"
        for row in connection.execute(query, (identifier,)):
            blobs += [value if isinstance(value, bytes) else value.encode() for value in row]
        for (data,) in connection.execute("SELECT data FROM pages WHERE document = ?", (identifier,)):
            blobs.append(data)
        row = connection.execute("SELECT body, digest FROM documents WHERE id = ?", (identifier,)).fetchone()
        blobs += [value.encode() for value in row]
    windows = {blob[place : place + WINDOW] for blob in blobs for place in range(0, len(blob) - WINDOW, 8)}
    return {window for window in windows if len(set(window)) > 6}  # zeros and the like stand anywhere


def contents(index: Path) -> Iterator[tuple[str, bytes]]:
    for file in index.rglob("*"):
        if file.is_file():
            yield file.name, file.read_bytes()


def traces(index: Path, windows: set[bytes]) -> list[str]:
    """Return the files in which any of the windows stands, at any place."""
    found = []
    for name, data in contents(index):
        rolling = {data[place : place + WINDOW] for place in range(len(data) - WINDOW + 1)}
        if not windows.isdisjoint(rolling):
            found.append(name)
    return found


def unpacked(data: bytes) -> bytes:
    """Return the data and everything in it that unpacks as zlib: text is stored compressed."""
    parts, place = [data], data.find(b"\x78")
    while place >= 0:
        with suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(data[place:]))
        place = data.find(b"\x78", place + 1)
    return b"".join(parts)


def test_no_stored_byte_of_a_removed_document_is_left(folder: Path) -> None:
    chance = random.Random(5)
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    alive = {write(corpus, number, chance) for number in range(14)}
    refresh(corpus, index, workers())
    for step in range(14, 24):
        leaving = chance.sample(sorted(alive), chance.randint(1, 2))
        windows = {name: stored(index, name) for name in leaving}
        assert all(traces(index, found) for found in windows.values())  # they can be found while they are there
        for name in leaving:
            emptied = chance.random() < 0.3
            (corpus / f"{name}.txt").write_text("") if emptied else (corpus / f"{name}.txt").unlink()
        alive -= set(leaving)
        alive.add(write(corpus, step, chance))
        refresh(corpus, index, workers())
        for name in leaving:
            assert traces(index, windows[name]) == []
            assert all(f"w{name[3:]}x".encode() not in unpacked(data) for _, data in contents(index))
    assert check_library(index).problems == ()


def test_reports_name_the_file_and_none_of_its_words(folder: Path) -> None:
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Zanzibarquux consent.\n\nTrust.", encoding="utf-8")
    refresh(corpus, index, workers())
    (corpus / "a.txt").unlink()
    refresh(corpus, index, workers())
    text = "".join(report.text for report in list_reports(index))
    assert "removed: a.txt" in text
    assert "zanzibarquux" not in text.lower()


def test_kept_matrices_quote_and_go_too(folder: Path) -> None:
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Trust.", encoding="utf-8")
    refresh(corpus, index, workers())
    (index / "matrix").mkdir()
    (index / "matrix" / "kept.json").write_text('"Trust."')
    (corpus / "a.txt").unlink()
    refresh(corpus, index, workers())
    assert not (index / "matrix").exists()


def test_a_large_segment_is_filtered_and_equals_one_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (number, f"d{number % 3}", "EE FI" if number % 2 else "FI", numpy.full(4, number, "<f2").tobytes(), "en", text)
        for number, text in enumerate(["law", "law consent", "data", "nurse data law", "nurse"], start=1)
    ]
    whole = build(iter(rows), 4)
    rest, anew = without(whole, [2, 3]), build(iter([rows[0], rows[3], rows[4]]), 4)
    for name in (
        "rows",
        "codes",
        "about",
        "about_starts",
        "terms",
        "term_starts",
        "post_rows",
        "post_counts",
        "lengths",
    ):
        assert numpy.array_equal(getattr(rest, name), getattr(anew, name)), name
    assert [rest.documents[o] for o in rest.owner] == [anew.documents[o] for o in anew.owner]
    assert rest.countries == anew.countries
    # And within a refresh: with a low limit every segment counts as large.
    monkeypatch.setattr(segments, "SMALL", 3)
    monkeypatch.setattr(segments, "FEW", 0)
    chance = random.Random(9)
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    names = [write(corpus, number, chance) for number in range(12)]
    refresh(corpus, index, workers())
    windows = stored(index, names[4])
    (corpus / f"{names[4]}.txt").unlink()
    refresh(corpus, index, workers())
    assert traces(index, windows) == []
    assert check_library(index).problems == ()
    with closing(sqlite3.connect(index / schema.FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM touched").fetchone() == (0,)
