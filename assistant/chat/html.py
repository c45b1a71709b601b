"""The one place where text becomes HTML: escaping, and the words the reader sees for kinds and verdicts.

Document text is data. It can never become markup, a template (`${…}`, `{{…}}`) or an instruction.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from fastapi.responses import HTMLResponse

from assistant.countries import name_of
from assistant.model import Document, Scope
from assistant.originals import Original, digest_words, original_words

SAMPLES = (
    "How did Estonia win public trust?",
    "Compare how the UK and Finland involve industry",
    "Which countries have a national strategy for genomic medicine?",
    "What does the policy brief recommend on training?",
    "Who gives permits for the secondary use of health data in Finland?",
    "When did Germany sign the 1+MG declaration?",
)
KIND_WORDS = {
    "policy-brief": "Policy brief",
    "visit-report": "Visit report",
    "national-strategy": "National document",
    "framework": "Framework",
    "other": "Other document",
}
KIND_PLURALS = {
    "policy-brief": "policy briefs",
    "visit-report": "visit reports",
    "national-strategy": "national documents",
    "framework": "frameworks",
    "other": "other documents",
}
LANGUAGES = {
    "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fi": "Finnish", "fr": "French", "hr": "Croatian", "hu": "Hungarian", "it": "Italian",
    "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish",
}  # fmt: skip
VERDICT_WORDS = {
    "answered": "Answered from the documents",
    "partly": "Answered in part",
    "closest": "Closest passages: they may not answer",
    "nothing-near": "Nothing near in the documents",
    "no-documents": "No document on this",
    "help": "How to ask",
}
VERDICT_SIGNS = {
    "answered": "✓",
    "partly": "◐",
    "closest": "≈",
    "nothing-near": "–",
    "no-documents": "∅",
    "help": "i",
}


def safe(text: object) -> str:
    """Return text that is only text in HTML, in attributes and in Gradio's templates."""
    escaped = html.escape(str(text), quote=True).replace("\x00", "\ufffd")
    return escaped.replace("$", "&#36;").replace("{", "&#123;").replace("}", "&#125;").replace("`", "&#96;")


def plural(count: int, one: str, many: str = "") -> str:
    """Return "1 document" or "3 documents"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def joined(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def names(codes: Sequence[str]) -> str:
    """Return the names of countries, joined."""
    return joined([name_of(code) for code in codes])


def kind_and_year(kind: str, year: int | None, *, digest: bool = False) -> str:
    """Return "Visit report, 2021"; a digest never passes for what it summarises: "Digest by this project, 2021"."""
    return ("Digest by this project" if digest else kind_word(kind)) + (f", {year}" if year else "")


def kind_word(kind: str) -> str:
    """Return what a kind of document is called, in the singular."""
    return KIND_WORDS.get(kind, KIND_WORDS["other"])


def digest_badge(originals: Sequence[Original], *, address: bool = True) -> str:
    """Return the badge of a digest; the addresses of the official publications are links that only a click opens."""
    if not originals:
        return f'<span class="digest">{safe(digest_words(()))}</span>'
    first, more = originals[0], len(originals) - 1
    named = safe(original_words(first, address=False))
    if address and first.address.startswith(("https://", "http://")):
        link = f'<a href="{safe(first.address)}" target="_blank" rel="noopener noreferrer">{safe(first.address)}</a>'
        named += f", {link}"
    rest = safe("; ".join(original_words(original, address=False) for original in originals[1:]))
    named += f' <span title="{rest}">and {more} more</span>' if more else ""
    return f'<span class="digest">Digest by this project of: {named}</span>'


def page_words(page: int, label: str) -> str:
    """Return "page 4", "slide 3", or "page iv (sheet 4)" where the printed label differs from the physical page."""
    if label.startswith(("slide ", "sheet ")):
        return label
    return f"page {page}" if label in ("", str(page)) else f"page {label} (sheet {page})"


def page_short(page: int, label: str) -> str:
    """Return "p. iv", "slide 3" or "sheet Budget!A1:F20"."""
    return label if label.startswith(("slide ", "sheet ")) else f"p. {label or page}"


def scope_words(scope: Scope | None, documents: Sequence[Document]) -> str:
    """Return the filters that were set as one line of plain text, or ''."""
    if scope is None:
        return ""
    parts = []
    if scope.countries:
        parts.append(names(scope.countries))
    if scope.kinds:
        parts.append(joined([KIND_PLURALS.get(kind, kind) for kind in scope.kinds]))
    if scope.years:
        first, last = scope.years
        parts.append(f"from {first}" if last >= 2100 else f"up to {last}" if first <= 1900 else f"{first}–{last}")
    if scope.documents:
        titles = {d.id: d.title for d in documents}
        parts.append(joined([titles.get(identifier, identifier) for identifier in scope.documents]))
    return " · ".join(parts)


def part(html_text: str) -> HTMLResponse:
    """Return a part of the screen; never cached, since the library changes under it."""
    return HTMLResponse(html_text, headers={"Cache-Control": "no-store"})
