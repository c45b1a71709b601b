"""Segments: catching up by difference gives what an index made anew gives; damage is seen and mended."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy
import pytest

from assistant.errors import DamagedLibrary
from assistant.indexing import segment, segments
from assistant.indexing.refresh import ChangeReport, Workers, refresh
from assistant.indexing.segments import Listed, kept_of
from assistant.indexing.snapshot import LibrarySnapshot
from assistant.model import Scope
from tests.fakes import VOCABULARY

Bring = Callable[[], ChangeReport]
QUESTIONS = ("trust campaign", "law consent data", "biobank donor", "budget")


def write_some(corpus: Path, names: Sequence[str], seed: int) -> None:
    choose = random.Random(seed)
    for name in names:
        paragraphs = [" ".join(choose.choices(VOCABULARY, k=choose.randint(3, 12))) + "." for _ in range(12)]
        (corpus / f"{name}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def results(index: Path, workers: Workers) -> list[object]:
    """Return everything search gives for a few questions and scopes, passages named by their text."""
    snapshot = LibrarySnapshot(index)
    scopes = (Scope(), Scope(countries=("EE",)), Scope(documents=("n3", "n4")), Scope(countries=("FI",)))
    found: list[object] = []
    for scope in scopes:
        found.append(snapshot.count(scope))
        for question in QUESTIONS:
            dense = snapshot.dense(workers.encoder.encode_query(question), 500, scope)
            words = snapshot.lexical(dict.fromkeys(question.split(), 1.0), 500, scope)
            for pairs in (dense, words):
                texts = snapshot.passages([row for row, _ in pairs])
                found.append(sorted((round(s, 5), p.document, p.text) for (_, s), p in zip(pairs, texts, strict=True)))
    found.append([snapshot.frequency(word) for word in VOCABULARY])
    rows = range(snapshot.count(Scope())[1])
    assert len(snapshot.sentence_vectors(rows)) == len(rows)
    snapshot.close()
    return found


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make small segments behave as large ones."""
    monkeypatch.setattr(segments, "SMALL", 10)
    monkeypatch.setattr(segments, "FEW", 5)


def test_catching_up_by_difference_equals_an_index_made_anew(
    eager: None, bring: Bring, corpus: Path, tmp_path: Path, workers: Workers
) -> None:
    write_some(corpus, [f"n{number}" for number in range(10)], 1)
    bring()
    counts = [len(list((tmp_path / "index").glob("segment-*")))]
    for step in range(6):
        write_some(corpus, [f"n{step}", f"m{step}"], 100 + step)
        (corpus / f"n{step + 1}.txt").unlink()
        if step == 3:
            (corpus / "tiny.txt").write_text("Trust.", encoding="utf-8")
        bring()
        counts.append(len(list((tmp_path / "index").glob("segment-*"))))
        refresh(corpus, tmp_path / f"fresh{step}", workers)
        assert results(tmp_path / "index", workers) == results(tmp_path / f"fresh{step}", workers), step
    assert max(counts) > 1
    assert max(counts) < 6


def test_a_handful_of_new_passages_is_left_to_the_reader(
    eager: None, bring: Bring, corpus: Path, tmp_path: Path
) -> None:
    write_some(corpus, ["n1", "n2", "n3"], 1)
    bring()
    before = sorted((tmp_path / "index").glob("segment-*"))
    (corpus / "tiny.txt").write_text("A law on consent.", encoding="utf-8")
    bring()
    assert sorted((tmp_path / "index").glob("segment-*")) == before
    snapshot = LibrarySnapshot(tmp_path / "index")
    ((row, _),) = snapshot.lexical({"law": 1.0}, 1, Scope(documents=("tiny",)))
    assert snapshot.passages([row])[0].text == "A law on consent."


@pytest.mark.parametrize("damage", ["gone", "flipped", "short"])
def test_a_damaged_segment_costs_nothing_but_time(
    damage: str, bring: Bring, tmp_path: Path, corpus: Path, workers: Workers
) -> None:
    write_some(corpus, ["n3", "n4"], 5)
    bring()
    wanted = results(tmp_path / "index", workers)
    (file,) = (tmp_path / "index").glob("segment-*")
    data = bytearray(file.read_bytes())
    file.unlink()
    if damage == "flipped":
        data[len(data) // 2] ^= 1
    if damage != "gone":
        file.write_bytes(data[: len(data) // 2] if damage == "short" else data)
    assert results(tmp_path / "index", workers) == wanted
    bring()
    (file,) = (tmp_path / "index").glob("segment-*")
    assert file.name == f"segment-2-{segments.sha256_of(file)[:16]}.bin"
    assert results(tmp_path / "index", workers) == wanted


def test_a_segment_survives_its_file(tmp_path: Path) -> None:
    vector = numpy.asarray([0.6, 0.8], dtype="<f2").tobytes()
    rows = [(3, "a", "EE FI", vector, "en", "trust law")]
    rows += [(7, "b", "", vector, "en", "law law"), (9, "a", "FI", vector, "en", "")]
    made = segment.build(iter(rows), 2)
    file, sha256 = segment.write(made, tmp_path)
    again = segment.open_mapped(file)
    assert (again.documents, again.countries) == (("a", "b"), ("EE", "FI"))
    assert (again.rows.tolist(), again.owner.tolist()) == ([3, 7, 9], [0, 1, 0])
    assert (again.about_country("FI").tolist(), again.about_country("SE").tolist()) == ([0, 2], [])
    assert numpy.array_equal(again.codes, made.codes)
    assert again.postings.frequency(("law",)) == 2
    assert again.postings.frequency(("law",), numpy.asarray([1, 2])) == 1
    assert sha256 == segments.sha256_of(file)
    file.write_bytes(b"nonsense\n")
    with pytest.raises(DamagedLibrary, match=r"is not a whole segment .*; run: assistant index"):
        segment.open_mapped(file)


def listing(*passages: int) -> list[Listed]:
    starts = [sum(passages[:place]) + 1 for place in range(len(passages))]
    return [
        Listed(start, start + count - 1, count, f"{start}", 1, "")
        for start, count in zip(starts, passages, strict=True)
    ]


@pytest.mark.parametrize(
    ("sizes", "gone", "new", "keep"),
    [
        ((), {}, 5, 0),
        ((100_000,), {}, 0, 1),
        ((100_000,), {}, 100, 1),
        ((100_000,), {}, 5_000, 1),
        ((100_000,), {}, 60_000, 0),
        ((100_000, 6_000), {}, 5_000, 1),
        ((100_000, 1_500), {}, 3, 1),
        ((1_500,), {1: 1}, 0, 0),
        ((100_000,), {1: 10_000}, 0, 1),
        ((100_000,), {1: 40_000}, 0, 0),
    ],
)
def test_which_segments_stay(sizes: tuple[int, ...], gone: dict[int, int], new: int, keep: int) -> None:
    assert kept_of(listing(*sizes), gone, new, lambda item: True) == keep


def test_a_segment_that_is_not_whole_is_made_again_with_all_behind_it() -> None:
    assert kept_of(listing(500_000, 100_000, 9_000), {}, 0, lambda item: item.passages != 100_000) == 1
