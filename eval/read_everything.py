"""Read every PDF below a folder and say how it went: `make read-everything FOLDER=~/papers`.

Each file is read as `assistant index` reads it, in a worker with limits, and held against a second reader (poppler's
pdftotext where it is installed, else pypdf). One line a file that was not simply fine: read simply (and why), refused
(and why, and whether the second reader gets words out of it). At the end pages a second and the share of the second
reader's words that are in our text. Exit 1 where anything was raised on a page, where the reader failed on a file, or
where a file was refused that the second reader reads.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.guard import read_many
from assistant.reading.kept import lost_words

PATIENCE = 120.0
"""Seconds the second reader may take for a file."""


def second_pages(path: Path, seconds: float = PATIENCE) -> list[str]:
    """Return the text of each page as a second reader has it, [] where it cannot open the file."""
    if shutil.which("pdftotext"):
        try:
            done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            return []
        return done.stdout.decode("utf-8", "replace").split("\f")[:-1]
    import pypdf

    texts: list[str] = []
    until = time.monotonic() + seconds
    try:
        for page in pypdf.PdfReader(path).pages:
            texts.append(page.extract_text() if time.monotonic() < until else "")
    except Exception:  # what pypdf raises on a damaged file is of many kinds
        return texts
    return texts


def _words(reading: Reading, pages: Sequence[str]) -> tuple[int, int]:
    """Return (words that we lack, words of the second reader)."""
    both = [lost_words(ours.text, other) for ours, other in zip(reading.pages, pages, strict=False)]
    return sum(lost for lost, _ in both), sum(words for _, words in both)


def main() -> int:
    """Read, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=0, help="reading processes; 0 means one per core")
    parser.add_argument("--seconds", type=float, default=60.0, help="time for one file")
    parser.add_argument("--losses", type=int, default=10, help="how many of the files that lose most are named")
    asked = parser.parse_args()
    files = sorted(path for path in asked.folder.expanduser().rglob("*") if path.suffix.lower() == ".pdf")
    if not files:
        parser.error(f"no PDF below {asked.folder}")
    counts = Counter[str]()
    losses: list[tuple[float, str]] = []
    started = time.perf_counter()
    for path, reading in read_many(files, workers=asked.workers, seconds=asked.seconds):
        name = path.relative_to(asked.folder.expanduser()).as_posix()
        pages = second_pages(path)
        if isinstance(reading, UnreadableDocument):
            _refused(name, reading.reason, pages, counts)
        else:
            _read(name, reading, counts)
            lost, words = _words(reading, pages)
            counts.update(lost=lost, words=words)
            losses.append((lost / words if words else 0.0, name))
    return _sum_up(counts, sorted(losses, reverse=True)[: asked.losses], time.perf_counter() - started)


def _refused(name: str, reason: str, pages: Sequence[str], counts: Counter[str]) -> None:
    words = sum(len(page.split()) for page in pages)
    counts["refused"] += 1
    counts["refused though another reads it"] += words > 0
    counts["exceptions"] += "our fault" in reason
    print(f"refused: {name}: {reason} (the second reader finds {words:,} words)", flush=True)


def _read(name: str, reading: Reading, counts: Counter[str]) -> None:
    counts["pages"] += len(reading.pages)
    counts["simple pages"] += len(reading.report.simply)
    counts["unreadable pages"] += len(reading.report.unreadable)
    counts["exceptions"] += len(reading.faults)
    simple = bool(reading.report.simply or reading.report.unreadable or reading.faults)
    counts["read simply" if simple else "read"] += 1
    if simple:
        print(f"read simply: {name}: {'; '.join(reading.warnings)}", flush=True)
    for fault in reading.faults:
        print(f"  page {fault.page}: {fault.error}: {' > '.join(fault.where[-3:])}", flush=True)


def _sum_up(counts: Counter[str], losses: Sequence[tuple[float, str]], seconds: float) -> int:
    for share, name in losses:
        if share > 0.01:
            print(f"loses {share:.1%} of the second reader's words: {name}")
    print(f"{counts['read']} read, {counts['read simply']} read simply, {counts['refused']} refused", end="; ")
    print(f"{counts['simple pages']} pages read simply, {counts['unreadable pages']} unreadable")
    kept = 1 - counts["lost"] / max(1, counts["words"])
    pace = counts["pages"] / max(seconds, 1e-3)
    print(f"{counts['pages']:,} pages, {pace:.1f} a second with the second reader; {kept:.2%} of its words are kept")
    print(f"{counts['exceptions']} exceptions, {counts['refused though another reads it']} refused that another reads")
    return int(bool(counts["exceptions"] or counts["refused though another reads it"]))


if __name__ == "__main__":
    sys.exit(main())
