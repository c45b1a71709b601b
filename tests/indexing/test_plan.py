"""Plans, exactly."""

from __future__ import annotations

from pathlib import Path

from assistant.indexing.plan import FileState, Known, Plan, files_below, plan


def state(file: str, sha256: str) -> FileState:
    return FileState(file, sha256, 1, "1")


def known(identifier: str, file: str, sha256: str) -> Known:
    return Known(identifier, file, sha256, 1, "1")


def test_every_kind_of_change_at_once() -> None:
    present = [state("b", "2x"), state("moved", "3"), state("new", "9"), state("same", "1"), state("bad", "7")]
    before = [known("s", "same", "1"), known("b", "b", "2"), known("c", "c", "3"), known("g", "gone", "4"),
              known("", "bad", "7"), known("", "badgone", "8")]  # fmt: skip
    assert plan(present, before) == Plan(
        new=(state("new", "9"),),
        changed=((state("b", "2x"), "b"),),
        renamed=((state("moved", "3"), "c"),),
        retry=(state("bad", "7"),),
        removed=("g",),
        forgotten=("badgone",),
        unchanged=((state("same", "1"), "s"),),
    )


def test_a_copy_is_new_and_not_a_rename() -> None:
    found = plan([state("a", "1"), state("copy", "1")], [known("a", "a", "1")])
    assert found == Plan(new=(state("copy", "1"),), unchanged=((state("a", "1"), "a"),))


def test_files_below_skips_what_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "digests").mkdir(parents=True)
    root = tmp_path / "corpus"
    for name in ("a.txt", ".hidden.txt", "~$lock.txt", "catalogue.toml", "digests/d.txt", "x.exe"):
        (root / name).write_text("x")
    (tmp_path / "outside.txt").write_text("secret")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "folder.txt").mkdir()
    assert [p.name for p in files_below(root, {".txt", ".toml"})] == ["a.txt", "folder.txt"]
