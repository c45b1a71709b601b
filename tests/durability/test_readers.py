"""Questions while a refresh runs: none fails, each is answered from one revision, and the newest is soon seen."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.indexing import schema
from assistant.indexing.check import check_library
from assistant.indexing.follow import follow, step
from assistant.indexing.rebuild import rebuild
from assistant.indexing.refresh import refresh
from assistant.indexing.snapshot import LibrarySnapshot, SnapshotHolder
from assistant.model import Scope
from tests.durability.worlds import workers
from tests.fakes import VOCABULARY, WordEncoder

ENCODER = WordEncoder(VOCABULARY)


def edition(corpus: Path, number: int) -> None:
    """Write a corpus in which each document says in every paragraph which edition it is of."""
    corpus.mkdir(exist_ok=True)
    for place in range(5 + number % 3):
        lines = [f"{VOCABULARY[(place + line) % 20]} in edition {number} of {place}." for line in range(4)]
        (corpus / f"d{place}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    for gone in range(5 + number % 3, 8):
        (corpus / f"d{gone}.txt").unlink(missing_ok=True)


def ask(snapshot: LibrarySnapshot, question: str) -> tuple[tuple[str, ...], ...]:
    """Search by vector and by word, read passages, sentences and pages, and hold them against each other."""
    dense = snapshot.dense(ENCODER.encode_query(question), 8, Scope())
    words = snapshot.lexical({question: 1.0}, 8, Scope())
    time.sleep(0.001)
    rows = [row for row, _ in (*dense, *words)]
    passages = snapshot.passages(rows)
    assert len(snapshot.sentence_vectors(rows)) == len(rows)
    editions: dict[str, set[str]] = {}
    for passage in passages:
        assert snapshot.page(passage.document, passage.page).text[passage.start : passage.end] == passage.text
        assert snapshot.document(passage.document).id == passage.document
        editions.setdefault(passage.document, set()).add(passage.text.split()[3])
    assert all(len(found) == 1 for found in editions.values())  # a document is of one edition within an answer
    return tuple((p.document, p.text) for p in passages)


def test_a_thousand_questions_during_ten_refreshes(folder: Path) -> None:
    corpus, index = folder / "corpus", folder / "index"
    edition(corpus, 0)
    refresh(corpus, index, workers())
    holder = SnapshotHolder(index)
    answers: dict[tuple[int, str], set[tuple[tuple[str, ...], ...]]] = {}
    lock, done = threading.Lock(), threading.Event()
    asked = 0

    def reader(first: int) -> int:
        nonlocal asked
        count = 0
        while count < 250 or not done.is_set():
            question = VOCABULARY[(first + count) % 20]
            snapshot = holder.current()
            answer = ask(snapshot, question)
            with lock:
                answers.setdefault((snapshot.revision, question), set()).add(answer)
                asked += 1
            count += 1
        return count

    def writer() -> None:
        for number in range(1, 11):
            edition(corpus, number)
            (rebuild if number == 5 else refresh)(corpus, index, workers())
        done.set()

    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(reader, place) for place in range(4)]
        pool.submit(writer).result()
        assert sum(found.result() for found in readers) == asked >= 1000
    # Whoever asked the same at the same revision heard the same: an answer is of its revision, and of no other.
    assert all(len(found) == 1 for found in answers.values())
    assert len({revision for revision, _ in answers}) >= 3
    edition_now = ask(holder.current(), VOCABULARY[0])
    assert all("edition 10" in text for _, text in edition_now)


def wal(index: Path) -> int:
    log = index / f"{schema.FILE}-wal"
    return log.stat().st_size if log.exists() else 0


def test_an_idle_reader_follows_by_itself_and_lets_the_log_go(folder: Path) -> None:
    corpus, index = folder / "corpus", folder / "index"
    edition(corpus, 0)
    refresh(corpus, index, workers())
    holder = SnapshotHolder(index)
    before = holder.current().revision
    thread = follow(holder, index, seconds=0.05)
    edition(corpus, 1)
    refresh(corpus, index, workers())
    for _ in range(40):  # two seconds
        if holder._snapshot is not None and holder._snapshot.revision > before:
            break
        time.sleep(0.05)
    assert holder._snapshot is not None and holder._snapshot.revision > before
    assert wal(index) == 0
    assert check_library(index).notes == ()
    del holder
    thread.join(5)
    assert not thread.is_alive()


def test_a_reader_in_the_middle_of_a_question_keeps_its_revision_and_nothing_is_lost(folder: Path) -> None:
    corpus, index = folder / "corpus", folder / "index"
    edition(corpus, 0)
    refresh(corpus, index, workers())
    holder = SnapshotHolder(index)
    old = holder.current()
    edition(corpus, 1)
    refresh(corpus, index, workers(), patience=0.1)
    assert wal(index) > 0  # the old revision is still needed
    assert "not sealed yet" in "".join(check_library(index).notes)
    assert "edition 0" in old.passages([0])[0].text
    old.renew()  # has nothing to renew: the library went on
    assert "edition 0" in old.passages([1])[0].text
    step(holder, index)
    new = holder.current()
    assert "edition 1" in new.passages([0])[0].text
    del old
    refresh(corpus, index, workers(), patience=0.1)  # nothing to do but to move the log into the file …
    step(holder, index)  # … the reader moves out of the log …
    refresh(corpus, index, workers(), patience=0.1)  # … and the library is sealed
    assert wal(index) == 0
    assert check_library(index).notes == ()
    assert "edition 1" in new.passages([1])[0].text
