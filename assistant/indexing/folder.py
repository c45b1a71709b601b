"""The corpus folder: which of its files are documents to read, and why each other one is not. Nothing is left out."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from assistant.archives import SUFFIX, contents
from assistant.errors import UnreadableDocument

SOURCES, TEMPLATE = "digests", "template.typ"
"""A folder of sources, where the template they are typeset with lies beside it: the documents made of them are read."""
SETTINGS = {
    "catalogue.toml": "the catalogue: used for what it says about the documents",
    "pinned.txt": "the watched questions: used at every refresh",
    "indicators.toml": "the grid of the evidence matrix: used when it is filled",
    TEMPLATE: "the template of the digests: used when they are typeset",
}
"""Files at the top of the folder that are used for something else."""
README = "readme.md"
_HIDDEN = "hidden or temporary: rename it if it is a document"
_TABLE = "a table: save it as PDF, or write what it says into a text file"
_PICTURE = "a picture: save it as PDF, whose scanned pages are recognised"
_PACKED = "a packed file of a kind that is not opened: unpack it, or pack it as .zip"
_MAIL = "an e-mail: save it as PDF or as text"
_SLIDES = "slides of an old kind: save them as .pptx or PDF"
_WORD = "a text of an old kind: save it as .docx or PDF"
_REASONS = {
    **dict.fromkeys((".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".tsv", ".numbers"), _TABLE),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp", ".heic"), _PICTURE),
    **dict.fromkeys((".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"), _PACKED),
    **dict.fromkeys((".eml", ".msg", ".mht", ".mhtml"), _MAIL),
    **dict.fromkeys((".ppt", ".pps", ".odp", ".key"), _SLIDES),
    **dict.fromkeys((".doc", ".rtf", ".odt", ".wpd", ".pages"), _WORD),
    **dict.fromkeys((".text", ".asc", ".log"), "text under another ending: rename it to .txt"),
}


def files_below(corpus: Path, suffixes: Iterable[str]) -> list[Path]:
    """Return the files to read, sorted by path; links are not followed out of the folder, hidden files are skipped."""
    return [path for path, reason in walk(corpus, suffixes) if not reason]


def passed_over(corpus: Path, suffixes: Iterable[str]) -> list[tuple[str, str]]:
    """Return (path below the folder, why it is not read and what to do) of every other file."""
    root = corpus.resolve()
    return [(_name(path, root), reason) for path, reason in walk(corpus, suffixes) if reason]


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def walk(corpus: Path, suffixes: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Yield every file below the folder with '' where it is to be read, else with the reason why it is not.

    A folder that is not walked into is named itself; one that is named like a document is listed as unreadable.
    """
    wanted = {suffix.lower() for suffix in suffixes}
    root = corpus.resolve()
    closed: list[OSError] = []
    for place, folders, names in os.walk(root, followlinks=False, onerror=closed.append):
        folder = Path(place)
        for name in sorted(names):
            yield from _file(folder / name, root, wanted)
        for name in sorted(folders):
            reason = _why_not_walked(folder / name, root, TEMPLATE in names)
            like_a_document = not reason and Path(name).suffix.lower() in wanted
            if reason or like_a_document:
                folders.remove(name)
                yield folder / name, reason
        folders.sort()
    for problem in closed:
        yield Path(problem.filename), f"a folder that cannot be opened ({problem.strerror}): let it be read"


def _why_not_walked(folder: Path, root: Path, has_template: bool) -> str:
    if folder.is_symlink():
        return "a link to a folder, which is not followed: put the folder itself here"
    if folder.name.startswith("."):
        return "a hidden folder: rename it if it holds documents"
    if folder.parent == root and folder.name == SOURCES and has_template:
        return "the sources of the digests: the documents made of them are read"
    return ""


def _file(path: Path, root: Path, wanted: Collection[str]) -> Iterator[tuple[Path, str]]:
    suffix = path.suffix.lower()
    reason = _why_not(path, root, suffix, wanted)
    if reason or suffix != SUFFIX:
        yield path, reason
        return
    try:
        inside = contents(path)
    except UnreadableDocument:
        yield path, ""  # the reader says what is wrong with it
        return
    documents = [name for name in inside if Path(name).suffix.lower() in wanted and not _is_hidden(name)]
    if not documents:
        yield path, ""
    for name in sorted(inside):
        hidden = _HIDDEN if _is_hidden(name) else ""
        yield path / name, "" if name in documents else hidden or _by_ending(Path(name).suffix.lower())


def _is_hidden(name: str) -> bool:
    return name.rsplit("/", 1)[-1].startswith((".", "~$")) or name.startswith("__MACOSX/")


def _why_not(path: Path, root: Path, suffix: str, wanted: Collection[str]) -> str:
    name = path.name.lower()
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return "a link that leads out of the folder: put the file itself here"
    if path.is_symlink() and not path.exists():
        return "a link to a file that is not there: put the file itself here"
    if name.startswith((".", "~$")):
        return _HIDDEN
    if path.parent == root and name in SETTINGS:
        return SETTINGS[name]
    if name == README:
        return "a note about the folder: rename it if it is a document"
    return "" if suffix in wanted else _by_ending(suffix)


def _by_ending(suffix: str) -> str:
    if not suffix:
        return "a name without an ending: give it one, such as .pdf or .txt"
    return _REASONS.get(suffix, f"files ending in {suffix} are not read: save it as PDF, Word or text")
