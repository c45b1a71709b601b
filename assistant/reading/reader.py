"""One door for every format: which reader reads a file is decided by its content first, its name second."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model import Reading

SUFFIXES: frozenset[str] = frozenset({".pdf", ".txt", ".md", ".markdown"})
"""Lower-case suffixes of the files that are read."""


def read_document(path: Path, seconds: float = 60.0) -> Reading:
    """Return what is in a file; raises UnreadableDocument with a reason in plain words.

    `seconds` is the time there is; only the recognition of scans looks at it.
    Runs in this process: use `guard.read_guarded` for files that come from outside.
    """
    try:
        with path.open("rb") as file:
            start = file.read(2048)
    except OSError as problem:
        raise UnreadableDocument(path.name, f"the file cannot be opened ({problem.strerror or problem})") from problem
    if not start.strip(b"\x00 \r\n\t"):
        raise UnreadableDocument(path.name, "the file is empty")
    suffix = path.suffix.lower()
    if b"%PDF-" in start[:1100]:
        from assistant.reading.pdf import read_pdf

        return read_pdf(path, seconds)
    if suffix == ".pdf":
        raise UnreadableDocument(path.name, "it is not a PDF, although its name says so")
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableDocument(path.name, "office files are not read yet; save it as PDF")
    if suffix not in SUFFIXES:
        raise UnreadableDocument(path.name, f"files of the kind {suffix or 'without a suffix'} are not read")
    from assistant.reading.plain import read_plain

    return read_plain(path)
