"""The one file that imports gradio: the screen a delegate sees. `create_app` builds it, `serve` runs it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from assistant.chat import render
from assistant.chat.export import to_markdown
from assistant.chat.routes import HitsToJson, ToJson, add_routes
from assistant.countries import name_of
from assistant.errors import AssistantError
from assistant.model import KINDS, Scope
from assistant.ports import Desk

STATIC = Path(__file__).parent / "static"
LONGEST_QUESTION = 2000
SAMPLES = (
    "How did Estonia win public trust?",
    "Compare how the UK and Finland involve industry",
    "Which countries have a national genome centre?",
    "What does the policy brief recommend on training?",
    "Who gives permits for the secondary use of health data in Finland?",
    "When did Germany sign the 1+MG declaration?",
)
ABOUT = """
<h3>What this is</h3>
<p>This assistant answers questions on genomic medicine in European health care with sentences quoted word for word from
the documents in its library. Click a number such as [1] to see the page with the lines marked.</p>
<h3>What it cannot do</h3>
<ul><li>It only knows the documents listed under Library. It says so when they are silent.</li>
<li>It does not judge or rank countries.</li>
<li>Telling “nearly an answer” from “an answer” is hard. Where it says “Not sure”, read the passages yourself.</li>
<li>The digests were written for this project from public facts; the official publication of each is named on its title
page and counts.</li></ul>
<h3>Privacy</h3>
<p>Everything runs on this machine. No question and no document leaves it.</p>
"""
MASTHEAD = (
    "<h1>Genomic policy assistant</h1>"
    "<p>Quoted answers from policy briefs, visit reports and national documents on genomic medicine in Europe</p>"
)
NO_CARDS = '<p class="empty">The quoted passages appear here.</p>'
WELCOME = '<p class="welcome">Ask in plain words. Every answer is quoted, with document, page and year.</p>'
VIEWER = """<section id="viewer" aria-label="Page viewer" hidden>
<header><h3 id="viewer-title" tabindex="-1"></h3><p id="viewer-section"></p></header>
<div class="viewer-tools"><button type="button" id="viewer-previous">‹ Previous page</button>
<button type="button" id="viewer-next">Next page ›</button>
<button type="button" id="viewer-copy">Copy quote with reference</button>
<button type="button" id="viewer-link">Copy link</button>
<a id="viewer-open" target="_blank" rel="noopener">Open the document</a></div>
<img id="viewer-image" alt=""><p id="viewer-note" hidden></p></section>
<p id="announcer" class="visually-hidden" aria-live="polite"></p>"""


def create_app(
    desk: Desk,
    *,
    samples: Sequence[str] = SAMPLES,
    answer_to_json: ToJson | None = None,
    hits_to_json: HitsToJson | None = None,
) -> FastAPI:
    """Return the whole web application; nothing is served yet."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import gradio

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_routes(app, desk, answer_to_json, hits_to_json)
    blocks = _screen(desk, samples)
    blocks.queue(max_size=64, default_concurrency_limit=8, api_open=False)
    script = (STATIC / "script.js").read_text(encoding="utf-8")
    mounted: FastAPI = gradio.mount_gradio_app(
        app,
        blocks,
        path="/",
        allowed_paths=[],
        show_error=False,
        run_history=False,
        footer_links=[],
        theme=gradio.themes.Default(
            primary_hue="blue",
            font=[gradio.themes.utils.fonts.Font("system-ui"), gradio.themes.utils.fonts.Font("sans-serif")],
            font_mono=[gradio.themes.utils.fonts.Font("ui-monospace"), gradio.themes.utils.fonts.Font("monospace")],
        ),
        css=(STATIC / "style.css").read_text(encoding="utf-8"),
        head=f"<script>{script}</script>",
    )
    return mounted


def _screen(desk: Desk, samples: Sequence[str]) -> Any:
    import gradio

    snapshot = desk.snapshot()
    with gradio.Blocks(title="Genomic policy assistant", fill_width=True, analytics_enabled=False) as blocks:
        history, turns = gradio.State([]), gradio.State([])
        filters = _filters(desk)
        gradio.HTML(MASTHEAD, elem_classes="masthead")
        with gradio.Tab("Ask"), gradio.Row(elem_classes="columns"):
            with gradio.Column(scale=5, elem_classes="asking"):
                asking = _asking_column(samples)
            with gradio.Column(scale=4, elem_classes="evidence"):
                gradio.HTML("<h2>Evidence</h2>")
                cards = gradio.HTML(NO_CARDS, elem_id="cards")
                gradio.HTML(VIEWER, elem_id="viewer-box")
        with gradio.Tab("Library"):
            listing = gradio.HTML(render.library_html(snapshot.documents(), snapshot.unread(), snapshot.revision))
        with gradio.Tab("About & limits"):
            gradio.HTML(ABOUT)
        after = [asking[name] for name in ("question", "rewording", "again", "save")]
        outputs = [asking["conversation"], cards, history, turns, *after]
        _connect(blocks, desk, samples, asking, [history, turns, *filters], outputs)
        blocks.load(lambda: _listing(desk), None, listing, api_visibility="private", show_progress="hidden")
    return blocks


def _filters(desk: Desk) -> list[Any]:
    """Return the five filters, in the order `scope_of_filters` takes them."""
    import gradio

    documents = desk.snapshot().documents()
    codes = sorted({code for d in documents for code in d.countries}, key=name_of)
    years = [("any", 0), *((str(year), year) for year in sorted({d.year for d in documents if d.year}))]
    with gradio.Sidebar(label="Filters", open=False):
        gradio.Markdown("### Where to look")
        return [
            gradio.Dropdown([(name_of(c), c) for c in codes], multiselect=True, label="Country"),
            gradio.Dropdown([(render.KIND_WORDS[k], k) for k in KINDS], multiselect=True, label="Kind of document"),
            gradio.Dropdown(years, value=0, label="From year"),
            gradio.Dropdown(years, value=0, label="To year"),
            gradio.Dropdown([(d.title, d.id) for d in documents], multiselect=True, label="Document"),
        ]


def _asking_column(samples: Sequence[str]) -> dict[str, Any]:
    import gradio

    made: dict[str, Any] = {}
    with gradio.Row(elem_classes="ask-row"):
        made["question"] = gradio.Textbox(
            label="Your question", placeholder="How did Estonia win public trust?", scale=5, lines=1, max_lines=4,
            elem_id="question", max_length=LONGEST_QUESTION,
        )  # fmt: skip
        made["button"] = gradio.Button("Ask", variant="primary", scale=1, elem_id="ask-button")
    with gradio.Row(elem_classes="samples"):
        made["chips"] = [gradio.Button(sample, size="sm", elem_classes="sample") for sample in samples]
    made["conversation"] = gradio.HTML(WELCOME, elem_id="conversation")
    with gradio.Row(elem_classes="after"):
        made["rewording"] = gradio.Textbox(label="Question as understood (edit and ask again)", visible=False, scale=5)
        made["again"] = gradio.Button("Ask this instead", visible=False, scale=1)
    with gradio.Row(elem_classes="after"):
        made["save"] = gradio.DownloadButton("Download answer with references", visible=False, size="sm")
        made["fresh"] = gradio.Button("New conversation", size="sm")
    return made


def _connect(
    blocks: Any, desk: Desk, samples: Sequence[str], asking: dict[str, Any], given: list[Any], outputs: list[Any]
) -> None:
    """Join events to handlers; every handler treats what it gets as hostile (a raw request can send anything)."""
    respond = _responder(desk)
    options = {"outputs": outputs, "api_visibility": "private", "show_progress": "hidden"}
    for trigger in (asking["question"].submit, asking["button"].click):
        trigger(respond, [asking["question"], *given], **options)
    asking["again"].click(respond, [asking["rewording"], *given], **options)
    for chip, sample in zip(asking["chips"], samples, strict=True):
        chip.click(_asking(respond, sample), given, **options)
    asking["fresh"].click(_cleared, None, outputs, api_visibility="private")
    blocks.load(_linked(respond), given, **options)


def _listing(desk: Desk) -> str:
    snapshot = desk.snapshot()
    return render.library_html(snapshot.documents(), snapshot.unread(), snapshot.revision)


def _asking(respond: Any, sample: str) -> Any:
    def ask(*given: Any) -> Iterator[Any]:
        yield from respond(sample, *given)

    return ask


def _linked(respond: Any) -> Any:
    """Answer the question of a deep link `?q=…` when the page opens."""
    import gradio

    def load(request: gradio.Request, *given: Any) -> Iterator[Any]:
        text = str(request.query_params.get("q", ""))[:LONGEST_QUESTION]
        if text.strip():
            yield from respond(text, *given)
        else:
            yield [gradio.skip()] * 8

    load.__annotations__["request"] = gradio.Request
    return load


def _cleared() -> list[Any]:
    import gradio

    hidden = gradio.update(visible=False)
    return [WELCOME, NO_CARDS, [], [], "", hidden, hidden, hidden]


def scope_of_filters(countries: Any, kinds: Any, first: Any, last: Any, documents: Any) -> Scope | None:
    """Return the filters as a scope; values of the wrong type (a raw request can send anything) count as not set."""

    def texts(value: Any) -> tuple[str, ...] | None:
        return tuple(str(item) for item in value) if isinstance(value, list) and value else None

    low, high = (int(v) if isinstance(v, int | float) and v else 0 for v in (first, last))
    years = (low or 1900, high or 2100) if low or high else None
    scope = Scope(countries=texts(countries), kinds=texts(kinds), documents=texts(documents), years=years)
    return None if scope == Scope() else scope


def _responder(desk: Desk) -> Any:
    import gradio

    def respond(text: Any, history: Any, turns: Any, *filters: Any) -> Iterator[list[Any]]:
        text = str(text or "")[:LONGEST_QUESTION]
        history = [str(item) for item in history] if isinstance(history, list) else []
        turns = [str(item) for item in turns] if isinstance(turns, list) else []
        skip = gradio.skip()
        waiting = (
            f'<article class="turn"><h3 class="asked">{render.safe(text)}</h3><p role="status">Searching…</p></article>'
        )
        yield [waiting + "".join(turns), skip, skip, skip, skip, skip, skip, skip]
        try:
            answer = desk.ask(text, tuple(history[-6:]), scope_of_filters(*filters))
        except AssistantError as problem:
            failed = f'<article class="turn"><p class="notice" role="alert">{render.safe(problem)}</p></article>'
            yield [failed + "".join(turns), skip, skip, skip, skip, skip, skip, skip]
            return
        number = len(turns) + 1
        shown = [render.turn_html(answer, number), *turns]
        asked = history if answer.verdict == "help" else [*history, text]
        file = _saved(to_markdown(answer, date.today()))
        yield [
            "".join(shown), render.cards_html(answer, number), asked, shown, "",
            gradio.update(value=answer.understood, visible=True), gradio.update(visible=True),
            gradio.update(value=file, visible=bool(answer.citations)),
        ]  # fmt: skip

    return respond


def _saved(markdown: str) -> str:
    """Write the export where Gradio may serve it from; cleaned up by Gradio's cache."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="answer-"))
    file = folder / "answer.md"
    file.write_text(markdown, encoding="utf-8")
    return str(file)


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve until stopped."""
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)
