"""A running screen over a small library, and a browser that notes every request to another host."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from assistant.chat.app import create_app
from tests.desk import MemoryDesk

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port and yield its address."""
    from assistant.chat.wire import server_of

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = server_of(app, "127.0.0.1", port)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{base}/healthz", timeout=2)
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield base
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_app(MemoryDesk())) as base:
        yield base


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine, and CI must run the browser tests")
        pytest.skip("no Chromium on this machine: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@contextmanager
def watched(browser: Any, base: str, **options: Any) -> Iterator[Any]:
    """Open a page; at its end no request went to another host and no hostile text ran as a script."""
    options.setdefault("viewport", {"width": 1366, "height": 768})
    context = browser.new_context(**options)
    opened, outside = context.new_page(), []
    opened.on("request", lambda r: outside.append(r.url) if not r.url.startswith((base, "data:", "blob:")) else None)
    yield opened
    assert outside == []
    assert opened.evaluate("window.PWN") is None
    context.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    with watched(browser, address) as opened:
        yield opened


def visit(page: Any, address: str, query: str = "") -> None:
    """Open the screen and wait until it is ready."""
    page.goto(f"{address}/{query}")
    page.wait_for_selector("body.ready")


def ask(page: Any, text: str) -> None:
    """Ask and wait for the answer."""
    page.fill("#question textarea", text)
    page.keyboard.press("Enter")
    page.wait_for_function("t => document.querySelector('#conversation .turn .asked')?.textContent === t", arg=text)
    page.wait_for_selector("#conversation .turn .verdict")


def shown(page: Any) -> None:
    """Wait until the page image is drawn."""
    page.wait_for_function(
        "() => { const i = document.getElementById('viewer-image');"
        " return i && !i.hidden && i.complete && i.naturalWidth > 0 }"
    )
