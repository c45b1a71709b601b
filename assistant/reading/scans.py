"""Scanned pages: text recognised by Debian's tesseract where a page is a picture without text.

tesseract is a program of its own and optional; without it such pages are named as unread. Only its words and their
boxes are taken: columns, paragraphs and headings come from our own layout, as for every other page.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from assistant.reading.shapes import Glyph, Sheet

DOTS_PER_INCH = 300
LEAST_CONFIDENCE = 40.0
"""Of 100: words below are left out; a page whose words are below on average counts as not readable."""
SHARE_OF_TIME = 0.6
"""Share of a file's time that recognition may use, so that what was read is not lost with the rest."""
MISSING = "install tesseract-ocr to have them recognised"
_CODES = {
    "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "pt": "por", "nl": "nld", "sv": "swe", "da": "dan",
    "nb": "nor", "no": "nor", "fi": "fin", "et": "est", "lv": "lav", "lt": "lit", "pl": "pol", "cs": "ces", "sk": "slk",
    "sl": "slv", "hr": "hrv", "hu": "hun", "ro": "ron", "bg": "bul", "el": "ell", "mt": "mlt", "ga": "gle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: tuple[str, str, str]
    confidence: float


def read_scans(path: Path, sheets: Sequence[Sheet], language: str, seconds: float) -> tuple[list[Sheet], str]:
    """Return the sheets with recognised characters where a page is a scan, and why any was not read ('' if none).

    `language` is the document's own two-letter code or ''; `seconds` is what the whole file may take.
    """
    out = list(sheets)
    scans = [index for index, sheet in enumerate(sheets) if sheet.scan]
    if not scans:
        return out, ""
    if shutil.which("tesseract") is None:
        return out, MISSING
    from assistant.reading.paint import open_file, page_picture

    until, reason = time.monotonic() + SHARE_OF_TIME * seconds, ""
    tongues = _languages(language)
    document = open_file(path)
    try:
        for index in scans:
            left = until - time.monotonic()
            if left < 1:
                return out, "recognising all of them takes too long; raise read_seconds"
            picture = page_picture(document, sheets[index].number, DOTS_PER_INCH / 72)
            words = _recognise(picture, tongues, left)
            glyphs = _glyphs(words)
            if glyphs:
                out[index] = replace(sheets[index], glyphs=tuple(glyphs), areas=(), rules=(), ocr=True)
            else:
                reason = "nothing on them could be recognised"
    finally:
        document.close()
    return out, reason


def _languages(language: str) -> str:
    """Return tesseract's languages to use: the document's if it is installed, else up to three that are."""
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    there = [line.strip() for line in done.stdout.splitlines()[1:]]
    wanted = _CODES.get(language[:2].lower(), "")
    if wanted in there:
        return wanted
    usual = [code for code in ("eng", "deu", "fra", "spa", "ita") if code in there]
    return "+".join(usual[:3] or there[:1] or ["eng"])


def _recognise(picture: bytes, languages: str, seconds: float) -> list[_Word]:
    """Return the words of a page picture with their boxes in points; [] where tesseract fails or takes too long."""
    command = ["tesseract", "stdin", "stdout", "-l", languages, "--dpi", str(DOTS_PER_INCH), "--psm", "3", "tsv"]
    limits = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=picture, capture_output=True, check=False, timeout=seconds, env=limits)
    except (subprocess.TimeoutExpired, OSError):
        return []
    if done.returncode:
        return []
    words: list[_Word] = []
    scale = 72 / DOTS_PER_INCH
    table = csv.DictReader(done.stdout.decode("utf-8", "replace").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in table:
        text = (row.get("text") or "").strip()
        if row["level"] != "5" or not text:
            continue
        left, top, width, height = (float(row[name]) * scale for name in ("left", "top", "width", "height"))
        line = (row["block_num"], row["par_num"], row["line_num"])
        words.append(_Word(text, left, top, left + width, top + height, line, float(row["conf"])))
    if not words or sum(word.confidence for word in words) / len(words) < LEAST_CONFIDENCE:
        return []
    return [word for word in words if word.confidence >= LEAST_CONFIDENCE]


def _glyphs(words: Sequence[_Word]) -> list[Glyph]:
    """Return a character for each of the words' letters; a word's width is shared evenly among its letters.

    The words of a line get one baseline and size, and lines of nearly the usual size the usual one.
    """
    lines: dict[tuple[str, str, str], list[_Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    sizes = {key: _size(line) for key, line in lines.items()}
    usual = median(sizes.values()) if sizes else 0.0
    glyphs: list[Glyph] = []
    for key, line in lines.items():
        size = usual if 0.87 * usual < sizes[key] < 1.15 * usual else sizes[key]
        base = median([w.bottom for w in line if not set(w.text) & set("gjpqyQ,;()")] or [w.bottom for w in line])
        for word in line:
            step = (word.right - word.left) / len(word.text)
            for place, char in enumerate(word.text):
                left = word.left + place * step
                box = (left, left + step, base, base - 0.8 * size, base + 0.22 * size)
                glyphs.append(Glyph(char, *box, size, "recognised", len(glyphs), place == 0))
    return glyphs


def _size(line: Sequence[_Word]) -> float:
    """Return the letter size of a line: a word's height depends on its having tall or hanging letters."""
    sizes: list[float] = []
    for word in line:
        tall = any(char.isupper() or char.isdigit() or char in "bdfhklßäöüéè()" for char in word.text)
        above = 0.71 if tall else 0.62 if set(word.text) & set("tij") else 0.47
        below = 0.22 if set(word.text) & set("gjpqyQ,;()") else 0.0
        sizes.append((word.bottom - word.top) / (above + below))
    return float(median(sizes))
