"""Plans, exactly."""

from __future__ import annotations

import zipfile
from pathlib import Path

from assistant.indexing.folder import files_below, passed_over
from assistant.indexing.plan import FileState, Known, Plan, plan


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
    for name in ("a.txt", ".hidden.txt", "~$lock.txt", "catalogue.toml", "template.typ", "digests/d.txt", "x.exe"):
        (root / name).write_text("x")
    (tmp_path / "outside.txt").write_text("secret")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "folder.txt").mkdir()
    assert [p.name for p in files_below(root, {".txt", ".toml"})] == ["a.txt", "folder.txt"]


def test_every_file_is_read_or_named_with_its_reason(tmp_path: Path) -> None:
    root, suffixes = tmp_path / "corpus", {".txt", ".md", ".zip"}
    names = ("a.txt", "b.xlsx", "c.xls", "d.ppt", "e.eml", "f.csv", "g.text", "README.md", "below/readme.md", "none",
             "digests/d.md", ".hid/x.txt", ".h.txt", "~$x.txt", "below/pinned.txt", "pinned.txt", "x.qqq")  # fmt: skip
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    (root / "gone.txt").symlink_to(root / "nowhere.txt")
    (root / "linked").symlink_to(tmp_path)
    with zipfile.ZipFile(root / "all.zip", "w") as archive:
        archive.writestr("in.txt", "x")
        archive.writestr("in.xlsx", "x")
    read = {path.relative_to(root).as_posix() for path in files_below(root, suffixes)}
    told = dict(passed_over(root, suffixes))
    assert read == {"a.txt", "all.zip/in.txt", "below/pinned.txt", "digests/d.md"}
    everything = {path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir()}
    walked = {name for name in everything if not name.startswith((".hid/", "linked/"))}
    assert (walked - {"all.zip"}) | {".hid", "linked", "all.zip/in.txt", "all.zip/in.xlsx"} == read | set(told)
    assert all(":" in reason for reason in told.values())
    assert (
        told["b.xlsx"] == told["all.zip/in.xlsx"] == "a table: save it as PDF, or write what it says into a text file"
    )
    assert told["x.qqq"] == "files ending in .qqq are not read: save it as PDF, Word or text"
    (root / "template.typ").write_text("x")
    assert "digests/d.md" not in {path.relative_to(root).as_posix() for path in files_below(root, suffixes)}
    assert dict(passed_over(root, suffixes))["digests"].startswith("the sources of the digests")
