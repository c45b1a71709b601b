"""The measured figures as HTML: first the questions by other hands, with what they mean for a reader (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.chat.html import safe

OTHERS = (
    ("n", "Questions that the documents answer", "number"),
    ("page", "A right page is among those shown", "share"),
    ("anchor", "The words that answer are among those quoted", "share"),
    ("facts", "Every fact that a full answer needs is quoted", "share"),
    ("claimed", "The screen says “answered” or “answered in part”", "share"),
    ("trust", "Where it says so, the words that answer are shown", "share"),
    ("empty", "Nothing is shown at all", "share"),
    ("no", "Questions that the documents do not answer", "number"),
    ("false", "The screen says “answered” all the same", "share"),
    ("verbatim", "Quotations found on the page cited, by another program", "share"),
    ("words", "Words quoted for a question, on average", "number"),
)
"""Of the questions by other hands: name in the file, words for the reader, form."""
COLUMNS = {
    "all": "all",
    "dev-en": "in English",
    "dev-xx, own language": "in the language of the document",
    "dev-xx, English question": "in English, on a document in another language",
}
OWN = (
    ("quote validity", "Quotations that stand word for word on the page named", "share"),
    ("citation page precision", "Cited pages that are a right page for the question", "share"),
    ("recall@5", "Questions whose right page is among the first five found", "share"),
    ("recall@1", "Questions whose right page is found first", "share"),
    ("answered when answerable", "Answerable questions under which it says “answered” or “in part”", "share"),
    ("fact coverage", "Facts a full answer needs that are quoted", "share"),
    ("decline recall", "Unanswerable questions under which it does not say “answered”", "share"),
    ("words", "Words in an answer, on average", "number"),
)
SETS = {"starter": "on the digests shipped with the program", "official": "on official publications"}
PARTS = {"development": "used while building", "test": "kept apart"}
NOTHING = '<p class="empty">No evaluation is recorded beside this library.</p>'


def quality_html(data: Mapping[str, Any] | None) -> str:
    """Return the recorded figures: `other_hands` and `sets`, as the desk gives them; None where nothing is recorded."""
    others, sets = (data or {}).get("other_hands"), (data or {}).get("sets")
    parts = [_others(others)] if isinstance(others, Mapping) and others.get("all") else []
    parts += [_own(sets)] if isinstance(sets, Mapping) and sets else []
    return "".join(parts) or NOTHING


def _others(figures: Mapping[str, Any]) -> str:
    columns = {words: figures[name] for name, words in COLUMNS.items() if isinstance(figures.get(name), Mapping)}
    return (
        '<div class="prose"><h2>Questions by other hands</h2><p>These questions were written by people who did not '
        "build the assistant, on documents that it does not ship. They say most about your own questions.</p>"
        f"<p>{meaning(figures['all'])}</p></div>{_table('Questions by other hands', columns, OTHERS)}"
    )


def meaning(all_: Mapping[str, Any]) -> str:
    """Return what the figures mean for whoever reads an answer; only what was measured is said."""
    said = []
    if _is_figure(all_.get("page")):
        said.append(f"For {_of_ten(all_['page'])} questions of ten that the documents answer, a right page is shown.")
    if _is_figure(all_.get("trust")):
        said.append(
            f"Where the screen says “answered” or “in part”, the words that answer are there {_of_ten(all_['trust'])} "
            "times of ten: read the sentence before you repeat it."
        )
    if _is_figure(all_.get("claimed")):
        said.append(
            f"It says so rarely, for {_of_ten(all_['claimed'])} of ten; under “closest passages” the answer is often "
            "there too."
        )
    if _is_figure(all_.get("false")):
        said.append(
            f"Of a hundred questions that the documents do not answer, it calls {100 * all_['false']:.0f} answered."
        )
    return " ".join(said)


def _of_ten(share: float) -> str:
    return f"{10 * share:.0f}"


def _own(sets: Mapping[str, Any]) -> str:
    columns = {
        f"{SETS.get(name, name)}, {words}": one[part]
        for name, one in sorted(sets.items(), key=lambda item: item[0] not in SETS)
        if isinstance(one, Mapping)
        for part, words in PARTS.items()
        if isinstance(one.get(part), Mapping)
    }
    if not columns:
        return ""
    return (
        '<div class="prose"><h2>Our own questions</h2><p>They are put to the assistant after every change, and the '
        "result is compared with the one before. We know them, so the figures flatter; those kept apart were not used "
        f"to build it.</p></div>{_table('Our own questions', columns, (('questions', 'Questions', 'number'), *OWN))}"
    )


def _table(name: str, columns: Mapping[str, Mapping[str, Any]], rows: tuple[tuple[str, str, str], ...]) -> str:
    heads = "".join(f'<th scope="col">{safe(words)}</th>' for words in columns)
    lines = "".join(
        f'<tr><th scope="row">{safe(words)}</th>'
        + "".join(f"<td>{figure(part.get(key), form)}</td>" for part in columns.values())
        + "</tr>"
        for key, words, form in rows
        if any(_is_figure(part.get(key)) for part in columns.values())
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{safe(name)}"><table class="grid figures">'
        f'<thead><tr><th scope="col">Measured</th>{heads}</tr></thead><tbody>{lines}</tbody></table></div>'
    )


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def figure(value: Any, form: str) -> str:
    """Return a share as a percentage, a number rounded, anything else as a dash."""
    if not _is_figure(value):
        return "–"
    return f"{100 * value:.0f} %" if form == "share" else f"{value:,.0f}"
