"""Small corpora before and after a change, the refresh between them, and what a library holds as plain values."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.indexing import compact, schema
from assistant.indexing.faults import Fault, no_fault
from assistant.indexing.rebuild import rebuild
from assistant.indexing.refresh import Workers, refresh
from assistant.indexing.repair import repair_library
from assistant.model import Document, Reading
from tests.indexing import conftest

QUESTIONS = (("q1", "Who pays the donor?"), ("q2", "Which law asks for consent?"))

BEFORE = {
    "keep.txt": "Trust needs a campaign.\n\nA biobank has donors.",
    "change.txt": "A nurse needs training.\n\nThe register holds data.\n\nIndustry asks for access.",
    "old-name.txt": "A law on consent was passed.",
    "gone.txt": "The budget pays for sequencing.\n\nA panel of patients meets.",
    "emptied.txt": "The infrastructure needs a centre.",
    "left.txt": "Left and right.",
    "right.txt": "Right and left: genome.",
    "broken.txt": "",
}
AFTER = {
    "keep.txt": BEFORE["keep.txt"],
    "change.txt": "A nurse needs training.\n\nThe register holds much data.\n\nIndustry asks for access.",
    "below/new-name.txt": BEFORE["old-name.txt"],
    "emptied.txt": "",
    "left.txt": BEFORE["right.txt"],
    "right.txt": BEFORE["left.txt"],
    "broken.txt": "It can be read now: donors and consent.",
    "new.txt": "A campaign in films.\n\nThe nurse and the donor.",
}


def lay_out(corpus: Path, files: dict[str, str]) -> None:
    """Make the folder hold exactly these files."""
    if corpus.exists():
        shutil.rmtree(corpus)
    corpus.mkdir(parents=True)
    for name, text in files.items():
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).write_text(text, encoding="utf-8")


def describe(file: str, sha256: str, reading: Reading, taken: Sequence[str]) -> Document:
    """Return a document whose title is in its text: what is guessed from a file's name outlives a new name."""
    document = conftest.describe(file, sha256, reading, taken)
    return replace(document, title=" ".join(reading.pages[0].text.split()[:2]))


def workers(fault: Fault = no_fault) -> Workers:
    """Return workers that read text files and encode by words."""
    return Workers(
        conftest.read, describe, lambda d, state: replace(d, file=state.file), conftest.cut,
        conftest.CountingEncoder(), frozenset({".txt"}), "tokens=120 overlap=1", fault=fault,
        questions=lambda: QUESTIONS,
    )  # fmt: skip


def dump(index: Path) -> dict[str, str]:
    """Return for each file a digest of everything the library holds of it but its id and row numbers."""
    try:
        connection = schema.connect(index, write=False)
    except schema.NoLibrary:
        return {}
    with closing(connection):
        found = {}
        for identifier, file, sha256 in connection.execute("SELECT id, file, sha256 FROM documents"):
            total = hashlib.sha256(sha256.encode())
            for (data,) in connection.execute(
                "SELECT data FROM pages WHERE document = ? ORDER BY number", (identifier,)
            ):
                total.update(schema.page_from_bytes(data, b"").text.encode())
            query = "SELECT data, content, vector, sentences FROM passages WHERE document = ?"
            rows = []
            for data, content, vector, sentences in connection.execute(query, (identifier,)):
                p = schema.passage_from_bytes(data)
                rows.append(repr((p.page, p.start, p.end, p.text, p.sentences, content, vector, sentences)))
            total.update("".join(sorted(rows)).encode())
            found[file] = total.hexdigest()
        for file, reason in connection.execute("SELECT file, reason FROM unread"):
            found[f"unread {file}"] = reason
    return found


@dataclass(frozen=True)
class World:
    """A library before, an act on it, and what the corpus holds meanwhile."""

    name: str
    before: dict[str, str]
    after: dict[str, str]
    act: Callable[[Path, Path, Workers], object]
    harm: Callable[[Path], None] = lambda index: None

    def prepare(self, folder: Path) -> None:
        """Lay out corpus and index in the folder, ready for the act."""
        corpus, index = folder / "corpus", folder / "index"
        if index.exists():
            shutil.rmtree(index)
        if self.before:
            lay_out(corpus, self.before)
            refresh(corpus, index, workers())
        lay_out(corpus, self.after)
        self.harm(index)


def spoil_vectors(index: Path) -> None:
    """Damage a vector, so that a repair has something to do."""
    with closing(sqlite3.connect(index / schema.FILE)) as connection:
        row, blob = connection.execute("SELECT row, vector FROM passages ORDER BY row LIMIT 1").fetchone()
        broken = compact.passage_bytes(compact.passage_vectors(blob, len(blob) // 2)[0][::-1])
        connection.execute("UPDATE passages SET vector = ? WHERE row = ?", (broken, row))
        connection.commit()


def _repair(corpus: Path, index: Path, given: Workers) -> object:
    return repair_library(index, given.encoder, given.fault)


WORLDS = (
    World("first build", {}, BEFORE, refresh),
    World("refresh", BEFORE, AFTER, refresh),
    World("everything leaves", BEFORE, {}, refresh),
    World("rebuild", BEFORE, AFTER, rebuild),
    World("repair", BEFORE, BEFORE, _repair, spoil_vectors),
)
