"""Does a second reader find our quotations on their pages? `python eval/second_look.py ../shared/library …`.

Every sentence that could be quoted from every PDF below the folders is looked for on its page as poppler's pdftotext
(where it is installed) or else pypdf has it, letters and digits alone. A row of a table is found cell by cell. Prints
the share found, by sort of sentence, and those that are not; exit 1 below 99.5 %.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pypdf

from assistant.errors import UnreadableDocument
from assistant.evaluation.second_reader import letters
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences

WANTED = 0.995


def poppler_pages(path: Path, *how: str) -> list[str]:
    """Return the letters of each page as pdftotext has them, [] where it is not installed."""
    if shutil.which("pdftotext") is None:
        return []
    done = subprocess.run(["pdftotext", *how, str(path), "-"], capture_output=True, timeout=120, check=False)
    return [letters(page) for page in done.stdout.decode("utf-8", "replace").split("\f")]


def pypdf_page(path: Path, number: int) -> str:
    """Return the letters of a page as pypdf has them, '' where it fails."""
    try:
        return letters(pypdf.PdfReader(path).pages[number - 1].extract_text())
    except Exception:  # what pypdf raises is of many kinds
        return ""


def found_in(quote: str, page: str) -> bool:
    """Return whether a quotation stands on a page, in one piece or cell by cell."""
    return letters(quote) in page or all(letters(cell) in page for cell in re.split(r"\s·\s", quote))


def main() -> int:
    """Look, print, and return the exit code."""
    counts = Counter[tuple[str, bool]]()
    for path in sorted(p for folder in sys.argv[1:] for p in Path(folder).rglob("*.pdf")):
        try:
            reading = read_document(path)
        except UnreadableDocument as problem:
            print(f"refused: {path.name}: {problem.reason}")
            continue
        looks = [poppler_pages(path), poppler_pages(path, "-raw")]
        for page in reading.pages:
            for sentence in split_sentences(page, "en"):
                quote = page.text[sentence.start : sentence.end]
                seen = any(len(look) >= page.number and found_in(quote, look[page.number - 1]) for look in looks)
                seen = seen or page.ocr or found_in(quote, pypdf_page(path, page.number))
                counts[sentence.kind, seen] += 1
                if not seen:
                    print(f"not found: {path.name}, page {page.number}, {sentence.kind}: {quote[:400]!r}")
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind}: {counts[kind, True]:,} of {counts[kind, True] + counts[kind, False]:,} found")
    found, every = sum(n for (_, seen), n in counts.items() if seen), counts.total()
    print(f"{found:,} of {every:,} found: {found / max(1, every):.3%}")
    return int(found < WANTED * every)


if __name__ == "__main__":
    sys.exit(main())
