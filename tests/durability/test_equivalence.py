"""A refresh after any history equals a build from nothing: same passages and vectors, same top ten for 30 questions."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assistant.indexing.refresh import ChangeReport, refresh
from assistant.indexing.snapshot import LibrarySnapshot
from assistant.model import Scope
from tests.durability.worlds import dump, workers
from tests.fakes import VOCABULARY, WordEncoder

ENCODER = WordEncoder(VOCABULARY)
QUESTIONS = [f"{a} {b}" for a, b in zip(VOCABULARY[:15], VOCABULARY[5:20], strict=True)] + list(VOCABULARY[:15])
NAMES = ("a.txt", "b.txt", "c.txt", "below/a.txt", "below/d.txt")
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(VOCABULARY[:12]), min_size=2, max_size=5).map(lambda words: " ".join(words) + "."),
    min_size=1,
    max_size=4,
)
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def top_ten(index: Path) -> list[list[tuple[float, str, int, str]]]:
    """Return the ten best by vector and by word for each question; ties stand in order of file and place."""
    snapshot = LibrarySnapshot(index)
    count = snapshot.count(Scope())[1]
    passages = snapshot.passages(range(count))
    files = {document.id: document.file for document in snapshot.documents()}

    def ranked(found: Sequence[tuple[int, float]]) -> list[tuple[float, str, int, str]]:
        lines = [(-round(s, 4), files[passages[r].document], passages[r].start, passages[r].text) for r, s in found]
        return sorted(lines)[:10]

    results = []
    for question in QUESTIONS:
        results.append(ranked(snapshot.dense(ENCODER.encode_query(question), max(count, 1), Scope())))
        results.append(ranked(snapshot.lexical(dict.fromkeys(question.split(), 1.0), max(count, 1), Scope())))
    snapshot.close()
    return results


class History(RuleBasedStateMachine):
    """Files come, change, move, empty, break and go; in between the library is refreshed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY, prefix="history-"))
        self.corpus, self.index = self.folder / "corpus", self.folder / "index"
        (self.corpus / "below").mkdir(parents=True)
        self.fresh = True

    def teardown(self) -> None:
        if not self.fresh:
            self.bring_up_to_date()
        shutil.rmtree(self.folder)

    def files(self) -> list[Path]:
        return sorted(path for path in self.corpus.rglob("*.txt"))

    def one_of(self, number: int) -> Path | None:
        found = self.files()
        return found[number % len(found)] if found else None

    @rule(name=st.sampled_from(NAMES), paragraphs=PARAGRAPHS)
    def add_or_replace(self, name: str, paragraphs: list[str]) -> None:
        (self.corpus / name).write_text("\n\n".join(paragraphs), encoding="utf-8")
        self.fresh = False

    @rule(number=st.integers(0, 9), place=st.integers(0, 3), words=PARAGRAPHS)
    def change_one_paragraph(self, number: int, place: int, words: list[str]) -> None:
        if (file := self.one_of(number)) and (text := file.read_text(encoding="utf-8", errors="replace")):
            parts = text.split("\n\n")
            parts[place % len(parts)] = words[0]
            file.write_text("\n\n".join(parts), encoding="utf-8")
            self.fresh = False

    @rule(number=st.integers(0, 9), name=st.sampled_from(NAMES))
    def move_over(self, number: int, name: str) -> None:
        if file := self.one_of(number):
            file.replace(self.corpus / name)
            self.fresh = False

    @rule(first=st.integers(0, 9), second=st.integers(0, 9))
    def change_places(self, first: int, second: int) -> None:
        a, b = self.one_of(first), self.one_of(second)
        if a and b and a != b:
            one, other = a.read_bytes(), b.read_bytes()
            a.write_bytes(other)
            b.write_bytes(one)
            self.fresh = False

    @rule(number=st.integers(0, 9), name=st.sampled_from(NAMES))
    def copy(self, number: int, name: str) -> None:
        file = self.one_of(number)
        if file and file != self.corpus / name:
            shutil.copy(file, self.corpus / name)
            self.fresh = False

    @rule(number=st.integers(0, 9), how=st.sampled_from((b"", b"  \n", b"\xff\xfe broken \xff")))
    def empty_or_corrupt(self, number: int, how: bytes) -> None:
        if file := self.one_of(number):
            file.write_bytes(how)
            self.fresh = False

    @rule(number=st.integers(0, 9))
    def remove(self, number: int) -> None:
        if file := self.one_of(number):
            file.unlink()
            self.fresh = False

    @rule()
    def refresh_in_between(self) -> None:
        self.refreshed(self.index)

    @rule()
    def refresh_again(self) -> None:
        self.bring_up_to_date()
        report = self.refreshed(self.index)
        assert (report.before, report.embeddings, report.changes) == (report.after, 0, ())

    def refreshed(self, index: Path) -> ChangeReport:
        return refresh(self.corpus, index, workers())

    def bring_up_to_date(self) -> None:
        self.refreshed(self.index)
        nothing = self.folder / "nothing"
        shutil.rmtree(nothing, ignore_errors=True)
        self.refreshed(nothing)
        assert dump(self.index) == dump(nothing)
        assert top_ten(self.index) == top_ten(nothing)
        self.fresh = True

    @invariant()
    def there_is_never_a_file_in_the_corpus_that_a_refresh_made(self) -> None:
        assert all(path.relative_to(self.corpus).as_posix() in NAMES for path in self.files())


History.TestCase.settings = settings(
    max_examples=300, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
TestHistory = History.TestCase
