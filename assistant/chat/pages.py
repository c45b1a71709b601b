"""The tabs beside the chat as HTML: the library, about and limits. Pure, everything escaped."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.chat.html import LANGUAGES, digest_badge, kind_and_year, kind_word, names, plural, safe
from assistant.model import Document, Unread

FIELD_WORDS = {"title": "title", "countries": "country", "kind": "kind", "year": "year", "author": "author"}
ABOUT = """
<div class="prose">
<h2>What this is</h2>
<p>You are using a machine. It answers questions on genomic medicine in European health care with sentences quoted
word for word from the documents in its library; it selects and quotes, and a person checks. Each sentence carries a
number; the number opens the page it stands on, with its lines marked. Nothing is shown as a quotation unless those
characters stand on that page.</p>
<h2>What to expect</h2>
<ul>
<li>It knows only the documents listed under <em>Library</em>. Where they are silent it says so, in one of three ways:
there is <strong>no document</strong> on the country; there are documents but <strong>they do not say</strong>; or there
are passages nearby but it is <strong>not sure</strong> that they answer: it shows them and says so.</li>
<li>A question about Finland is answered from passages about Finland, never from those of a neighbour.</li>
<li>It quotes; it does not judge, rank or rate countries.</li>
</ul>
<h2>Where it is weak</h2>
<ul>
<li>“Nearly an answer” is hard to tell from “an answer”. Read the sentence before you repeat it; its page is beside
it.</li>
<li>Silence is about these documents, not about the country. A policy may exist that no document here describes.</li>
<li>The year shown is the year of the document. Things may have changed since.</li>
<li>Documents marked <em>Digest by this project</em> were written by the project from public facts. The official
publication is named beside each, and it is the one that counts.</li>
</ul>
<h2>Privacy</h2>
<p>Everything runs on this machine, unless a language model elsewhere was set: then the line under the title names the
model that is given the questions and the passages found. Nothing is counted, and no account exists. Questions
are held in memory only, and are gone when the assistant is stopped. The browser keeps the conversation for this tab
alone, so that a reload brings it back; it is gone when the tab is closed.</p>
<fieldset class="settings"><legend>In this browser</legend>
<label><input type="checkbox" data-setting="keep" checked> Keep the conversation of this tab over a reload</label>
<label><input type="checkbox" data-setting="keys" checked> Single keys (<kbd>1</kbd> … <kbd>9</kbd>, <kbd>/</kbd>)
</label>
<button type="button" class="tool" data-forget>Empty the conversation now</button></fieldset>
<h2>Keys</h2>
<table class="keys"><tbody>
<tr><th scope="row"><kbd>1</kbd> … <kbd>9</kbd></th><td>open that source of the latest answer</td></tr>
<tr><th scope="row"><kbd>Esc</kbd></th><td>back from the page to the answer</td></tr>
<tr><th scope="row"><kbd>←</kbd> <kbd>→</kbd></th><td>previous and next page, when the page has the focus</td></tr>
<tr><th scope="row"><kbd>/</kbd></th><td>to the question box</td></tr>
</tbody></table>
</div>
"""


def library_html(
    documents: Sequence[Document],
    unread: Sequence[Unread],
    revision: int,
    changes: str = "",
    passed: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the library as a searchable table, with what was guessed, what could not be read and what changed.

    `passed` are files of the folder that are no documents, each with the reason.
    """
    rows = "".join(_row(d) for d in sorted(documents, key=lambda d: (d.kind, d.title)))
    heads = "".join(f'<th scope="col">{h}</th>' for h in ("Document", "About", "Kind", "Year", "Pages", "Language"))
    problems = ""
    if unread:
        items = "".join(f"<li><strong>{safe(u.file)}</strong>: {safe(u.reason)}</li>" for u in unread)
        problems = (
            f'<details class="unread" open><summary>{plural(len(unread), "file")} could not be read</summary>'
            f"<ul>{items}</ul></details>"
        )
    if passed:
        lines = "".join(f"<li><strong>{safe(file)}</strong>: {safe(reason)}</li>" for file, reason in passed)
        problems += (
            f'<details class="unread"><summary>{plural(len(passed), "other file")} in the folder '
            f"{'is' if len(passed) == 1 else 'are'} passed over</summary><ul>{lines}</ul></details>"
        )
    return (
        f'<p class="count">{plural(len(documents), "document")}, version {revision} of the library.</p>'
        '<label class="find">Find a document <input type="search" data-filter="library-table" '
        'placeholder="country, title, publisher, year"></label>'
        '<p class="empty" id="library-none" hidden>No document matches these words.</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="Documents of the library">'
        f'<table class="grid" id="library-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{problems}{changes}"
    )


def _row(d: Document) -> str:
    view = {
        "document": d.id, "page": 1, "label": "1", "title": d.title, "boxes": [], "quote": "",
        "about": kind_and_year(d.kind, d.year, digest=d.digest),
        "file": d.file.rsplit(".", 1)[-1].lower(),
    }  # fmt: skip
    guessed = ", ".join(FIELD_WORDS.get(name, name) for name in d.guessed)
    remarks = [f'<span class="guessed">guessed: {safe(guessed)}</span>'] if guessed else []
    remarks += [f'<span class="guessed">{safe(text)}</span>' for text in (*d.warnings, *_reading(d))]
    publisher = f"<small>{safe(d.publisher)}</small>" if d.publisher else ""
    official = f"<small>Official publication: {safe(d.address)}</small>" if d.address else ""
    official += f"<small>{digest_badge(d.originals)}</small>" if d.digest else ""
    about, kind = names(d.countries) or "the initiative", "Digest" if d.digest else kind_word(d.kind)
    cells = (about, kind, d.year or "–", d.pages, LANGUAGES.get(d.language, d.language))
    return (
        f'<tr><th scope="row"><button type="button" class="document" data-view="{safe(json.dumps(view))}">'
        f"{safe(d.title)}</button>{publisher}{official}{''.join(remarks)}</th>"
        + "".join(f"<td>{safe(cell)}</td>" for cell in cells)
        + "</tr>"
    )


def _reading(d: Document) -> list[str]:
    """Return what a reader should know of how the file was read: pages left out, pages read by text recognition."""
    said = []
    if d.report.without_text:
        said.append(f"no text on {pages_words(d.report.without_text)}")
    if d.report.recognised:
        said.append(f"text recognition on {pages_words(d.report.recognised)}")
    if d.report.simply:
        said.append(f"read without its layout: {pages_words(d.report.simply)}")
    if d.report.unreadable:
        said.append(f"not readable: {pages_words(d.report.unreadable)}")
    return said


def pages_words(pages: Sequence[int]) -> str:
    """Return "page 3" or "pages 1, 2, 5 and 7 more": at most six numbers."""
    shown = ", ".join(str(page) for page in pages[:6])
    more = f" and {len(pages) - 6} more" if len(pages) > 6 else ""
    return f"page{'' if len(pages) == 1 else 's'} {shown}{more}"
