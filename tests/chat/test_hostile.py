"""Text from outside stays text: in titles, names, headings, quotations, questions and addresses, in every view."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from assistant.chat.answer import failed_html, turn_html, waiting_html, writing_html
from assistant.chat.app import create_app
from assistant.chat.changes import changes_html
from assistant.chat.pages import library_html
from assistant.evidence import Domain, Grid, Indicator, Matrix, Progress
from assistant.model import Answer, Document, Scope, Unread
from tests.chat.conftest import ask, served, shown, visit, watched
from tests.chat.payloads import PAYLOADS
from tests.desk import GRID, MemoryDesk, small_matrix
from tests.fakes import small_library

ROOT = Path(__file__).parents[2] / "assistant" / "chat"


def poisoned(answer: Answer, text: str) -> Answer:
    """Return an answer in which every text that a document or a person can choose is hostile."""
    cited = tuple(
        replace(c, title=text, quote=text, section=text, label=text, file=text, author=text)
        for c in answer.citations * 2
    )
    return replace(
        answer, question=text, understood=text + " understood", citations=cited, notices=(text,),
        remarks=(text,), statements=tuple(replace(s, text=text) for s in answer.statements)
        + tuple(replace(s, text=text, supported=False) for s in answer.statements),
    )  # fmt: skip


class HostileDesk(MemoryDesk):
    """A library in which everything that can be chosen from outside is hostile."""

    def __init__(self) -> None:
        library = small_library()
        everything = " ".join(PAYLOADS)
        library.documents_ = [
            replace(
                d, title=f"{d.title} {everything}", publisher=everything, address=everything, warnings=(everything,)
            )
            for d in library.documents_
        ]
        key = ("ee", 1)
        library.pages[key] = replace(library.pages[key], text=library.pages[key].text + "\n\n" + everything)
        super().__init__(library)

    def ask_stream(
        self, question: str, history: Sequence[str] = (), scope: Scope | None = None
    ) -> Iterator[str | Answer]:
        yield " ".join(PAYLOADS)
        answer = self.ask("How did Estonia win public trust?")
        parts = [poisoned(answer, payload) for payload in PAYLOADS]
        yield replace(
            answer, question=question, understood=question + "!", notices=PAYLOADS, remarks=PAYLOADS,
            citations=tuple(replace(p.citations[0], number=n) for n, p in enumerate(parts, 1)),
            statements=tuple(replace(p.statements[0], citations=(n,)) for n, p in enumerate(parts, 1)),
        )  # fmt: skip

    def matrix(self, scope: Scope | None = None, progress: Progress = lambda done, total: None) -> Matrix:
        everything = " ".join(PAYLOADS)
        matrix = small_matrix(scope or Scope())
        grid = Grid(
            everything,
            tuple(Domain(d.id, d.name + everything) for d in GRID.domains),
            tuple(Indicator(i.id, i.domain, i.name + everything, i.question + everything) for i in GRID.indicators),
        )
        return replace(matrix, grid=grid)

    def change_reports(self, limit: int = 20) -> list[tuple[int, str]]:
        return [(7, "\n".join(f"- {payload}\n# {payload}\n{payload}" for payload in PAYLOADS))]

    def model_notice(self) -> str:
        return " ".join(PAYLOADS)


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.ui
def test_no_view_lets_a_payload_become_markup(browser: Any, address: str) -> None:
    answer = MemoryDesk().ask("How did Estonia win public trust?")
    with watched(browser, address) as page:
        visit(page, address)
        for payload in PAYLOADS:
            bad = poisoned(answer, payload)
            document = Document("a", payload, "x", payload, payload, payload, warnings=(payload,), guessed=(payload,),
                                address=payload, language=payload, kind="other")  # fmt: skip
            views = [
                turn_html(bad, 1, scope=payload, exports={payload: payload}),
                waiting_html(payload, 1), writing_html(payload, payload), failed_html(payload, payload),
                library_html([document], [Unread(payload, payload)], 1), changes_html([(1, payload)]),
            ]  # fmt: skip
            found = page.evaluate(
                """views => { const box = document.createElement('div'); document.body.append(box);
                const found = [];
                const banned = /^(SCRIPT|IMG|I?FRAME|OBJECT|EMBED|FORM|SVG|STYLE|LINK|META|BASE|VIDEO|AUDIO|MATH)$/i;
                for (const html of views) {
                  box.innerHTML = html;
                  for (const t of box.querySelectorAll('template')) box.append(t.content.cloneNode(true));
                  for (const e of box.querySelectorAll('*')) {
                    if (banned.test(e.tagName)) found.push(e.outerHTML);
                    for (const a of e.attributes) if (/^on/i.test(a.name)) found.push(e.outerHTML);
                  }
                }
                box.remove(); return found; }""",
                views,
            )
            assert found == [], payload


@pytest.mark.ui
def test_the_live_screen_over_a_hostile_library(browser: Any) -> None:
    with served(create_app(HostileDesk())) as base, watched(browser, base) as page:
        visit(page, base)
        ask(page, "How did Estonia win public trust? <img src=x onerror=window.PWN=1>${window.PWN=1}")
        page.click("#conversation .cite[data-number='1']")
        shown(page)
        page.wait_for_function("document.getElementById('viewer-page').textContent.includes(' of ')")
        page.click("#viewer-text")
        page.click("#evidence-all")
        for name in ("Evidence matrix", "Library", "Quality", "About & limits"):
            page.get_by_role("tab", name=name).click()
            page.wait_for_timeout(300)
        page.get_by_role("tab", name="Evidence matrix").click()
        page.locator("table.matrix tbody button.square").first.click()
        page.wait_for_selector("#cards .card")
        page.locator("table.matrix tbody th button").first.click()
        page.wait_for_selector(".profile")
        assert page.locator("form").count() == 0
        for payload in PAYLOADS[::9]:
            page.goto(f"{base}/?q={quote(payload)}&doc={quote(payload)}&p={quote(payload)}&c={quote(payload)}")
            page.wait_for_selector("body.ready")
        page.wait_for_timeout(200)
        assert page.locator("form").count() == 0


def test_our_own_code_uses_none_of_the_doors_that_run_text() -> None:
    for file in ROOT.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for door in ("sanitize_html=False", "{{{", 'datatype="html"', "html_template=", "js_on_load="):
            assert door not in text, file
    for file in ROOT.rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert text.count("innerHTML") <= 1, file  # the one that takes a part made by the server
        assert not re.search(r"outerHTML\s*=", text), file  # reading what is on the screen runs nothing
        for door in ("eval(", "new Function", "document.write", "insertAdjacentHTML", "http:", "https:"):
            assert door not in text, file
    for file in ROOT.rglob("*.css"):
        assert "http" not in file.read_text(encoding="utf-8"), file
