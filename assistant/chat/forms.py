"""The forms in which an answer or a matrix can be saved from the screen: names, media types, what is installed."""

from __future__ import annotations

import re
from datetime import date
from importlib.util import find_spec

from assistant.endings import fold

LONGEST_STEM = 60

NAMES = {
    "docx": "Word", "xlsx": "Excel", "csv": "CSV", "html": "web page", "md": "Markdown", "json": "JSON",
    "ris": "RIS", "bib": "BibTeX", "csl": "CSL-JSON",
}  # fmt: skip
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
NEEDS = {"docx": "docx", "xlsx": "openpyxl"}
ANSWER = ("docx", "md", "json", "ris", "bib", "csl")
BRIEF = ("docx", "html", "md", "ris", "bib", "csl")
MATRIX = ("xlsx", "docx", "csv", "html", "md", "json", "ris", "bib", "csl")


def offered(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms whose writer is installed (Word and Excel come with the extra `office`)."""
    return tuple(form for form in forms if form not in NEEDS or find_spec(NEEDS[form]) is not None)


def file_name(stem: str, form: str) -> str:
    """Return the name of a saved file; CSL-JSON is JSON to every other program."""
    return f"{stem}.{'csl.json' if form == 'csl' else form}"


def stem_of(words: str, day: date) -> str:
    """Return "who-pays-in-belgium-2026-12-01": what a file is about and when it was saved, in plain letters."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(words).lower()).strip("-")[:LONGEST_STEM].strip("-")
    return f"{slug or 'answer'}-{day.isoformat()}"


def headers(name: str) -> dict[str, str]:
    """Return the headers of a file to save; a saved file is never shown as a page of ours."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
