"""The screen as Gradio blocks: question and filters, the conversation, the evidence beside it, the other tabs.

Gradio carries the question box, the filters and the stream of answers. What stands beside (evidence, tables) is HTML
from this room, loaded by our own script, so that no view waits in Gradio's queue.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.chat.asking import LONGEST_QUESTION, cleared, responder, scope_of_filters
from assistant.chat.carry import filters_of
from assistant.chat.html import KIND_WORDS, safe, scope_words
from assistant.chat.shelf import Shelf
from assistant.countries import name_of
from assistant.model import KINDS
from assistant.ports import ScreenDesk

MASTHEAD = (
    '<a class="skip" href="#question">Skip to the question</a>'
    "<header><h1>Genomic policy assistant</h1>"
    "<p>A machine selects and quotes from documents on genomic medicine in Europe: read the page before you repeat it"
    "</p>"
    "</header>"
)
EVIDENCE = """<section id="evidence" aria-labelledby="evidence-title">
<header class="pane-head"><h2 id="evidence-title">Evidence</h2><span id="evidence-count"></span>
<button type="button" id="evidence-all" hidden>Show all sources</button>
<button type="button" id="evidence-close" hidden>Back to the answer</button></header>
<p class="empty" id="evidence-empty">Ask a question: the sentences quoted appear here, each with the page it stands on
and its lines marked.</p>
<div id="cards"></div>
<section id="viewer" aria-label="Page" hidden>
<h3 id="viewer-title" hidden></h3>
<div class="viewer-tools" role="group" aria-label="Page and quotation">
<span class="paging">
<button type="button" id="viewer-previous" aria-label="Previous page" title="Previous page">‹</button>
<span id="viewer-page"></span>
<button type="button" id="viewer-next" aria-label="Next page" title="Next page">›</button></span>
<button type="button" id="viewer-copy">Copy quote</button>
<button type="button" id="viewer-link">Copy link</button>
<button type="button" id="viewer-around" aria-expanded="false"
title="Two sentences before and after">Context</button>
<button type="button" id="viewer-text" aria-pressed="false" title="The page as text">Text</button>
<a id="viewer-open" target="_blank" rel="noopener">Open the file</a></div>
<p id="viewer-note" role="status" hidden></p>
<div id="viewer-context" hidden></div>
<div id="page-frame" tabindex="0" role="region" aria-label="The page">
<img id="viewer-image" alt=""><div id="page-text" hidden></div></div></section></section>
<p id="announcer" class="visually-hidden" aria-live="polite"></p>"""
TOLD = ("conversation", "history", "turns", "question", "samples")
"""What a handler of questions gives back before the filters."""
EVERYWHERE = "Where to look: the whole library"
TABS = (
    ("Brief", "brief"),
    ("Evidence matrix", "matrix"),
    ("Library", "library"),
    ("Quality", "quality"),
    ("About & limits", "about"),
)


def build_screen(desk: ScreenDesk, shelf: Shelf, samples: Sequence[str]) -> Any:
    """Return the Gradio blocks of the whole screen."""
    import gradio

    with gradio.Blocks(title="Genomic policy assistant", fill_width=True, analytics_enabled=False) as blocks:
        history, turns = gradio.State([]), gradio.State([])
        notice = desk.model_notice()
        told = f'<p class="model">{safe(notice)}</p>' if notice else ""
        gradio.HTML(MASTHEAD + told, elem_id="masthead", apply_default_css=False)
        with gradio.Row(elem_id="table"):
            with gradio.Column(scale=6, elem_id="left", min_width=320), gradio.Tabs(elem_id="tabs"):
                with gradio.Tab("Ask", id="ask"):
                    asking = _asking(desk, samples)
                for title, name in TABS:
                    with gradio.Tab(title, id=name, render_children=True):
                        gradio.HTML(loaded(name), elem_classes="view", apply_default_css=False)
            with gradio.Column(scale=5, elem_id="right", min_width=320):
                gradio.HTML(EVIDENCE, elem_id="evidence-box", apply_default_css=False)
        _connect(blocks, desk, shelf, samples, asking, [history, turns])
    return blocks


def loaded(name: str) -> str:
    """Return the place into which the script loads a part of the screen when its tab opens."""
    once = ' data-once=""' if name == "brief" else ""  # what is written there stays
    return f'<div id="view-{name}" data-get="/view/{name}"{once}><p class="empty">Loading…</p></div>'


def _asking(desk: ScreenDesk, samples: Sequence[str]) -> dict[str, Any]:
    import gradio

    made: dict[str, Any] = {}
    with gradio.Row(elem_id="ask-row"):
        made["question"] = gradio.Textbox(
            label="Your question", placeholder="Ask in plain words",
            scale=5, lines=1, max_lines=4, elem_id="question", max_length=LONGEST_QUESTION, container=True,
        )  # fmt: skip
        made["button"] = gradio.Button("Ask", variant="primary", scale=0, min_width=72, elem_id="ask-button")
        made["fresh"] = gradio.Button("New conversation", scale=0, min_width=72, elem_id="fresh")
        made["carry"] = gradio.Textbox(label="Carried along", elem_id="carry", container=False)
    with gradio.Accordion(EVERYWHERE, open=False, elem_id="filters") as made["where"]:
        made["filters"] = _filters(desk)
    with gradio.Column(elem_id="samples", visible=True) as made["samples"]:
        gradio.HTML('<h2 class="try">Questions to begin with</h2>', apply_default_css=False)
        with gradio.Row(elem_classes="chips"):
            made["chips"] = [gradio.Button(s, size="sm", elem_classes="sample") for s in samples]
    made["conversation"] = gradio.HTML("", elem_id="conversation", apply_default_css=False)
    gradio.HTML('<div id="earlier"></div>', elem_id="earlier-box", apply_default_css=False)
    return made


def choices(desk: ScreenDesk) -> list[list[tuple[str, Any]]]:
    """Return what each of the five filters offers, from the documents of the newest state of the library."""
    documents = desk.snapshot().documents()
    countries = sorted({code for d in documents for code in d.countries}, key=name_of)
    kinds = {d.kind for d in documents}
    years: list[tuple[str, Any]] = [
        ("any", 0),
        *((str(year), year) for year in sorted({d.year for d in documents if d.year})),
    ]
    return [
        [(name_of(code), code) for code in countries],
        [(KIND_WORDS[kind], kind) for kind in KINDS if kind in kinds],
        years,
        years,
        [(d.title, d.id) for d in sorted(documents, key=lambda d: d.title)],
    ]


def _filters(desk: ScreenDesk) -> list[Any]:
    """Return the five filters, in the order `scope_of_filters` takes them."""
    import gradio

    offered = choices(desk)
    with gradio.Row(elem_classes="filter-row"):
        country = gradio.Dropdown(offered[0], multiselect=True, label="Country", scale=2, min_width=180)
        kind = gradio.Dropdown(offered[1], multiselect=True, label="Kind of document", scale=2, min_width=180)
        first = gradio.Dropdown(offered[2], value=0, label="From year", scale=1, min_width=90)
        last = gradio.Dropdown(offered[3], value=0, label="To year", scale=1, min_width=90)
    with gradio.Row(elem_classes="filter-row"):
        document = gradio.Dropdown(offered[4], multiselect=True, label="Document", min_width=180)
    return [country, kind, first, last, document]


def _connect(
    blocks: Any, desk: ScreenDesk, shelf: Shelf, samples: Sequence[str], asking: dict[str, Any], states: list[Any]
) -> None:
    """Join events to handlers; every handler treats what it gets as hostile (a raw request can send anything)."""
    respond = responder(desk, shelf)
    given = [*states, asking["carry"], *asking["filters"]]
    outputs = [asking["conversation"], *states, asking["question"], asking["samples"], *asking["filters"]]
    options = {"outputs": outputs, "api_visibility": "private", "show_progress": "hidden"}
    asked = [
        trigger(respond, [asking["question"], *given], **options)
        for trigger in (asking["question"].submit, asking["button"].click)
    ]
    for chip, sample in zip(asking["chips"], samples, strict=True):
        asked.append(chip.click(_always(respond, sample), given, **options))
    asked.append(blocks.load(_linked(respond, desk), given, **options))
    # An answer that is still being made does not come into the conversation after.
    asking["fresh"].click(cleared, None, cancels=asked, **options)
    for box in asking["filters"]:
        box.change(_told(desk), asking["filters"], asking["where"], api_visibility="private", show_progress="hidden")


def _told(desk: ScreenDesk) -> Any:
    """Say in the heading of the filters what is set, so that a folded filter is never forgotten."""
    import gradio

    def tell(*values: Any) -> Any:
        words = scope_words(scope_of_filters(*values), desk.snapshot().documents())
        return gradio.update(label=f"Where to look: {words}" if words else EVERYWHERE)

    return tell


def _always(respond: Any, sample: str) -> Any:
    def ask(*given: Any) -> Any:
        yield from respond(sample, *given)

    return ask


def _linked(respond: Any, desk: ScreenDesk) -> Any:
    """Answer the question of a link `?q=…` with its filters when the page opens, and offer what the library holds now.

    Documents may have come since the screen was built.
    """
    import gradio

    def load(request: gradio.Request, history: Any, turns: Any, carry: Any, *_: Any) -> Any:
        text = str(request.query_params.get("q", ""))[:LONGEST_QUESTION]
        offered = choices(desk)
        filters = filters_of(request.query_params, offered)
        updates = [gradio.update(choices=c, value=v) for c, v in zip(offered, filters, strict=True)]
        if not text.strip():
            yield [*[gradio.skip()] * (len(TOLD)), *updates]
            return
        for out in respond(text, history, turns, carry, *filters):
            yield [*out[: len(TOLD)], *updates]
            updates = [gradio.skip()] * len(updates)

    load.__annotations__["request"] = gradio.Request
    return load
