"""The web application: the screen mounted in FastAPI behind one door. `create_app` builds it, `serve` runs it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI

from assistant.chat.api import add_api
from assistant.chat.briefs import add_briefs
from assistant.chat.door import LOOPBACK as LOOPBACK
from assistant.chat.door import Door
from assistant.chat.events import events_of
from assistant.chat.feedback import add_feedback
from assistant.chat.html import SAMPLES
from assistant.chat.openai_form import add_openai_form
from assistant.chat.openapi import add_openapi
from assistant.chat.private import empty, private_folder
from assistant.chat.routes import add_routes
from assistant.chat.screen import build_screen
from assistant.chat.shelf import Shelf
from assistant.chat.views import add_views
from assistant.chat.work import benches
from assistant.logs import write_names_only
from assistant.ports import ScreenDesk

STATIC = Path(__file__).parent / "static"
STYLES = ("base.css", "ask.css", "evidence.css", "tables.css")
SCRIPTS = ("conversation.js", "evidence.js", "brief.js", "screen.js")
MOST_SESSIONS = 256
"""So many conversations are kept in memory; the one asked last in longest ago goes first."""


def create_app(
    desk: ScreenDesk, *, samples: Sequence[str] = SAMPLES, hosts: frozenset[str] | None = LOOPBACK
) -> FastAPI:
    """Return the whole web application; nothing is served yet. `hosts` are the names it answers to, None means any."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)  # no table of all events after each event
    os.environ["GRADIO_TEMP_DIR"] = str(private_folder())
    import gradio

    with gradio.utils.MatplotlibBackendMananger():
        pass  # where it is installed it is imported now: at the first question that would hold up everybody

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    shelf, places = Shelf(), benches()
    add_routes(app, desk, shelf, places)
    add_api(app, desk, places)
    add_openai_form(app, desk, places)
    add_openapi(app)
    add_views(app, desk, places, feedback=hosts is not None)
    add_briefs(app, desk, shelf, places)
    if hosts is not None:
        add_feedback(app, desk, shelf, places)
    blocks = build_screen(desk, shelf, samples)
    blocks.queue(max_size=64, default_concurrency_limit=8, api_open=False)
    blocks.state_session_capacity = MOST_SESSIONS
    fonts = gradio.themes.utils.fonts
    mounted: FastAPI = gradio.mount_gradio_app(
        app,
        blocks,
        path="/",
        allowed_paths=[],
        show_error=False,
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        footer_links=[],
        theme=gradio.themes.Default(
            primary_hue="blue",
            font=[fonts.LocalFont("Source Sans Pro", weights=(400, 700)), fonts.Font("system-ui")],
            font_mono=[fonts.Font("ui-monospace"), fonts.Font("monospace")],
        ),
        head=_head(feedback=hosts is not None),
    )
    mounted.add_middleware(Door, events=events_of(blocks), hosts=hosts)
    return mounted


def _head(*, feedback: bool) -> str:
    """Return our styles and scripts as they stand; Gradio's own `css` would rewrite the selectors."""
    styles = "" if feedback else "<style>.judge { display: none !important; }</style>"
    styles += "".join(f"<style>{(STATIC / name).read_text(encoding='utf-8')}</style>" for name in STYLES)
    return styles + "".join(f"<script>{(STATIC / name).read_text(encoding='utf-8')}</script>" for name in SCRIPTS)


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve until stopped. This process writes no question to its log, and leaves nothing behind."""
    from assistant.chat.wire import server_of

    write_names_only()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the server raises again what it was stopped by
    try:
        server_of(app, host, port).run()
    except KeyboardInterrupt:
        pass
    finally:
        empty(Path(os.environ["GRADIO_TEMP_DIR"]))
