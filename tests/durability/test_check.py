"""`check` notices every flipped byte, names what is wrong, and `repair` makes again what can be made."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import DamagedLibrary, LibraryBusy, NoLibrary
from assistant.indexing import export, schema
from assistant.indexing.check import check_library
from assistant.indexing.library import LibraryWriter
from assistant.indexing.lock import WriteLock
from assistant.indexing.refresh import refresh
from assistant.indexing.repair import repair_library
from tests.durability.worlds import AFTER, BEFORE, dump, lay_out, spoil_vectors, workers

LAST = "WHERE row = (SELECT max(row) FROM passages)"


@pytest.fixture
def index(folder: Path) -> Path:
    """A library of two revisions with two change reports and an exported encoder beside it."""
    for files in (BEFORE, AFTER):
        lay_out(folder / "corpus", files)
        refresh(folder / "corpus", folder / "index", workers())
    encoder = folder / "index" / "encoder"
    encoder.mkdir()
    (encoder / "model.onnx").write_bytes(random.Random(1).randbytes(3000))
    (encoder / "tokenizer.json").write_text("{}")
    (encoder / "manifest.json").write_bytes(export.manifest_bytes(encoder, {"model": "none"}))
    found = check_library(folder / "index")
    assert (found.problems, found.notes, found.documents) == ((), (), 7)
    return folder / "index"


def test_two_hundred_flipped_bytes(index: Path) -> None:
    """Half of them anywhere in proportion to size, half in the smaller files; one bit or all eight."""
    chance = random.Random(7)
    files = sorted(f for f in index.rglob("*") if f.is_file() and f.stat().st_size)
    assert {f.name for f in files} >= {"library.sqlite3", "library.seal", "manifest.json", "model.onnx"}
    sizes = [f.stat().st_size for f in files]
    missed = []
    for number in range(200):
        file = chance.choices(files, sizes)[0] if number % 2 else chance.choice(files)
        place = chance.randrange(file.stat().st_size)
        mask = chance.choice((0xFF, 1 << chance.randrange(8)))
        with file.open("r+b") as handle:
            handle.seek(place)
            old = handle.read(1)
            handle.seek(place)
            handle.write(bytes([old[0] ^ mask]))
        if not check_library(index).problems:
            missed.append((file.name, place, mask))
        with file.open("r+b") as handle:
            handle.seek(place)
            handle.write(old)
    assert missed == []
    assert check_library(index).problems == ()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            f"UPDATE passages SET vector = zeroblob(length(vector)) {LAST}",
            "the vectors of a passage are not",
        ),
        (
            f"UPDATE passages SET countries = 'FI' {LAST}",
            "the words of a passage are not",
        ),
        ("UPDATE pages SET data = zeroblob(9) WHERE document = 'keep'", "keep.txt: its pages or passages are not"),
        ("UPDATE documents SET data = replace(data, '2021', '2022') WHERE id = 'keep'", "keep.txt: its entry is not"),
        ("DELETE FROM passages WHERE document = 'keep'", "keep.txt: its pages or passages are not"),
        ("DELETE FROM documents WHERE id = 'keep'", "passages of 'keep' have no document"),
        ("UPDATE meta SET value = '9' WHERE name = 'revision'", "named values"),
        ("DELETE FROM unread", "list of unread files"),
        ("UPDATE log SET change = 'x' WHERE revision = 2", "the log is not as it was written from revision 2 on"),
        ("DELETE FROM log WHERE revision = (SELECT max(revision) FROM log)", "the log has lost its end"),
        ("UPDATE derived SET data = x'00'", "the derived record 'pinned' is not"),
    ],
)
def test_a_changed_row_is_named_although_the_file_is_sound(index: Path, statement: str, words: str) -> None:
    with closing(sqlite3.connect(index / schema.FILE)) as connection:
        connection.execute(statement)
        connection.commit()
    assert any(words in problem for problem in check_library(index).problems)


def test_search_that_differs_from_the_rows_is_noticed(index: Path) -> None:
    with closing(sqlite3.connect(index / schema.FILE)) as connection:
        connection.execute("INSERT INTO touched SELECT max(row) FROM passages")
        connection.execute("DELETE FROM touched WHERE row > (SELECT max(last) FROM segments)")
        connection.execute("UPDATE segments SET last = last - 1, passages = passages")
        connection.commit()
    (index / "library.seal").unlink()
    assert any("lexical index" in problem or "search" in problem for problem in check_library(index).problems)


def test_other_settings_are_named_with_the_command(index: Path) -> None:
    found = check_library(index, {"encoder": "words-2", "chunking": "tokens=120 overlap=1"})
    assert found.problems == (
        "the library was made with encoder words-1, now words-2 is set; run: assistant index --rebuild",
    )


def test_check_waits_for_no_writer(index: Path) -> None:
    lock = WriteLock(index)
    with pytest.raises(LibraryBusy, match=r"another process is writing .* \(process \d+, since 20"):
        check_library(index)
    lock.release()
    with pytest.raises(NoLibrary):
        check_library(index / "nowhere")


def flip(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 0xFF
    file.write_bytes(data)


@pytest.mark.parametrize(
    "harm",
    [
        spoil_vectors,
        lambda index: flip(index / "library.seal", 30),
        lambda index: flip(next(index.glob("segment-*.bin")), 700),
        lambda index: next(index.glob("segment-*.bin")).unlink(),
        lambda index: flip(index / "encoder" / "model.onnx", 9),
        lambda index: flip(next((index / "changes").glob("*.md")), 9),
    ],
    ids=["vectors", "seal", "segment", "segment gone", "encoder", "report"],
)
def test_repair_makes_again_what_is_derived(index: Path, harm: Callable[[Path], None]) -> None:
    before = dump(index)
    harm(index)
    assert check_library(index).problems
    assert repair_library(index, workers().encoder).left == []
    assert dump(index) == before
    assert check_library(index).problems == ()


def test_repair_takes_out_damaged_words_and_index_reads_them_again(index: Path) -> None:
    before = dump(index)
    with closing(sqlite3.connect(index / schema.FILE)) as connection:
        connection.execute("UPDATE pages SET data = zeroblob(9) WHERE document = 'keep'")
        connection.commit()
    assert repair_library(index, workers().encoder).left == [
        "keep.txt: it was damaged and taken out; run: assistant index"
    ]
    assert check_library(index).problems == ()
    report = refresh(index.parent / "corpus", index, workers())
    assert [change.file for change in report.changes] == ["keep.txt"]
    assert dump(index) == before


def test_after_any_flip_in_the_database_repair_and_index_restore_it(index: Path) -> None:
    before, chance = dump(index), random.Random(3)
    kept = index.parent / "kept"
    shutil.copytree(index, kept)
    hopeless = 0
    for _ in range(40):
        shutil.rmtree(index)
        shutil.copytree(kept, index)
        flip(index / schema.FILE, chance.randrange((index / schema.FILE).stat().st_size))
        try:
            repair_library(index, workers().encoder)
        except DamagedLibrary as problem:  # nothing says any more which encoder made it
            assert "run: assistant index --rebuild" in str(problem)
            hopeless += 1
            continue
        assert check_library(index).problems == ()
        refresh(index.parent / "corpus", index, workers())
        assert dump(index) == before
    assert hopeless <= 4


def test_a_library_of_the_previous_format_opens_and_is_brought_up_to_date(folder: Path, index: Path) -> None:
    with closing(sqlite3.connect(index / schema.FILE)) as connection:
        for table, column in schema.ADDED_SINCE_2:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("DROP TABLE derived")
        connection.execute("UPDATE passages SET checksum = 'old'")
        connection.execute("DELETE FROM meta WHERE name IN ('sequence', 'log', 'digest')")
        connection.execute("UPDATE meta SET value = '2' WHERE name = 'format'")
        connection.commit()
    (index / "library.seal").unlink()
    before = dump(index)
    found = check_library(index)
    assert found.problems == () and "earlier format" in "".join(found.notes)
    report = refresh(folder / "corpus", index, workers())
    assert (report.changes, report.embeddings) == ((), 0)
    assert dump(index) == before
    assert check_library(index) == type(found)(7, found.passages, ())


def test_one_writer_the_other_hears_who(index: Path) -> None:
    with LibraryWriter(index), pytest.raises(LibraryBusy, match=r"\(process \d+, since 20\d\d-"):
        LibraryWriter(index)
    assert (index / "write.lock").read_bytes() == b""
