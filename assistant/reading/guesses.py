"""What a document is called, of which kind, from when and in which language, where the catalogue does not tell (pure).

Rules of classes, not of files: a title that the file's name repeats, headings that name a part and no document, a year
beside a month, a stamp in a file's name.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from assistant.model import Kind, Reading

YEARS = range(1990, 2031)

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|powerpoint[- ]presentation|untitled.*|document\d*|presentation\d*|"
    r"slide \d+|layout \d+|title|print|\d{6,8}[-_ ].*|"
    r".*\.(?:docx?|pptx?|indd|qxd|tex|pdf|xlsx?|rtf|odt)|[\W\d_]*|[0-9a-f_-]{12,})$",
    re.IGNORECASE,
)
_KIND_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("policy-brief", re.compile(r"policy[\s_-]*brief", re.IGNORECASE)),
    ("visit-report", re.compile(r"(?:country[\s_-]*(?:exchange[\s_-]*)?|study[\s_-]*|exchange[\s_-]*)visit|visit[\s_-]*(?:report|digest)", re.IGNORECASE)),  # noqa: E501
    ("framework", re.compile(r"framework|maturity[\s_-]*(?:level[\s_-]*)?model|concept[\s_-]*paper|guideline", re.I)),
    ("national-strategy", re.compile(r"strateg|roadmap|(?:action|national|implementation)[\s_-]*plan|\bplan\b|programm?e|στρατηγικ|стратег|strateji|ohjelma|suunnitelma|arengukava|tegevuskava|handlingsplan|\bpiano\b|\bplano\b|\bplán\b|eylem planı", re.IGNORECASE)),  # noqa: E501
)  # fmt: skip
_MONTH = r"(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|des)[a-zä]*\.?,?\s+"
_DATED = re.compile(_MONTH + r"((?:19|20)\d\d)", re.IGNORECASE)
_BORNE = re.compile(
    rf"(?:^|[,·|–—(])[^\S\n]*(?:\d{{1,2}}\.?\s)?{_MONTH}((?:19|20)\d\d)\)?$", re.IGNORECASE | re.MULTILINE
)
"""The date that a document bears: it ends a line, and a place, a sign or nothing stands before it."""
_TEXT_FILES = frozenset((".md", ".markdown", ".txt", ".rst"))
_STAMP = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)(?:0\d|1[0-2])[0-3]\d|[0-3]\d(?:0\d|1[0-2])((?:19|20)\d\d))(?!\d)")
"""A date in a file's name: 20230620 or 20062023."""
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.\s")
_RANGE = re.compile(r"(?:19|20)\d\d(?:\s*[–-]\s*|\s)(?:19|20)\d\d")


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    """Return what the heading of a part looks like (contents, 1. Preface, chapter 1, § 1): it names no document."""
    data = tomllib.loads((files("assistant") / "data" / "parts.toml").read_text(encoding="utf-8"))
    whole = "|".join(re.escape(words).replace(r"\*", r"\w*") for words in data["whole"])
    numbered = "|".join(map(re.escape, data["numbered"]))
    return re.compile(rf"(?:[\d.]+\s*)?(?:{whole})$|§|(?:{numbered})\s+[\dIVX]+", re.IGNORECASE)


def spoken(file: str) -> str:
    """Return a file's name as composed words: "ee_genome-plan.pdf" → "ee genome plan"."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", Path(file).stem)).strip()


def guess_title(reading: Reading, file: str) -> str:
    """Return the largest text of the first pages, else the title of the file's own data, else the file's name.

    The file's own title comes first where the file's name says the same, and in text files, which state it in words.
    The heading of a part ("Contents", "§ 1", "Chapter 2") is no title.
    """
    own = " ".join(reading.title.split())
    stated = "" if _NO_TITLE.match(own or "-") or _part().match(own) else own
    if stated and (Path(file).suffix.lower() in _TEXT_FILES or _says_the_same(stated, file)):
        return stated
    for page in reading.pages[:2]:
        for kind in ("title", "heading"):
            for block in page.blocks:
                text = " ".join(page.text[block.start : block.end].split())
                near = bool(page.geometry) or block.start < 200  # in plain text only what stands at the top
                near = near and not (page.geometry and _NUMBERED.match(text))
                fits = 4 <= len(text) <= 250 and near and (kind == "title" or block.level == 1)
                if block.kind == kind and fits and not _part().match(text):
                    return text
        if stated:
            return stated
    words = spoken(file)
    return words[:1].upper() + words[1:]


def _says_the_same(title: str, file: str) -> bool:
    """Return whether a title of three words or more stands in the file's name."""
    words = re.findall(r"\w+", spoken(title + ".x").lower())
    return len(words) >= 3 and set(words) <= set(spoken(file).lower().split())


def guess_kind(text: str, named: str, *, national: bool = True) -> Kind:
    """Return the kind that title and file name say, else the first lines of the text.

    A strategy or roadmap of no country is a framework of the initiative.
    """
    for words in (named, text):
        for kind, pattern in _KIND_WORDS:
            if pattern.search(words):
                return "framework" if kind == "national-strategy" and not national else kind
    return "other"


def guess_year(title: str, file: str, head: str, created: str) -> int | None:
    """Return a plausible year (1990 to 2030): of the title, the file name, the first pages, the creation date.

    In the first pages a year beside a month or at a line's end is a date; the latest of them counts. A file made
    from an older template may say that it is older than the date that its first lines bear.
    """
    for words in (title, spoken(file)):
        years = _years(words)
        if years:
            return years[0] if _RANGE.search(words) else years[-1]
    stamp = _STAMP.search(spoken(file))
    if stamp:
        return int(stamp[1] or stamp[2])
    borne = [int(year) for year in _BORNE.findall(head[:1500]) if int(year) in YEARS]
    dated = [int(year) for year in _DATED.findall(head[:3000]) if int(year) in YEARS]
    made = _years(created[:4])
    if borne and made and made[0] < borne[0]:
        return borne[0]
    if made and (not dated or max(dated) > made[0]):
        return made[0]
    return max(dated) if dated else next(iter(_years(head[:1500])), None)


def _years(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text) if int(found) in YEARS]


def guess_language(reading: Reading) -> str:
    """Return the two-letter code of the language most of the text is in."""
    if reading.report.languages:  # told by the process that read the file
        return reading.report.languages[0][0]
    text = " ".join(page.text for page in reading.pages[:8])[:8000]
    if len(text) < 40:
        return reading.language[:2].lower() or "en"
    from py3langid.langid import classify

    return str(classify(text)[0])
