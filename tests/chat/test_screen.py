"""The screen in a real browser: ask, open the page, keys, deep links, silence, and no request to another host."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.chat.app import create_app
from assistant.contract import answer_to_json, hits_to_json
from tests.desk import MemoryDesk
from tests.fakes import small_library

pytestmark = pytest.mark.ui
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-quic", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    import uvicorn

    library = small_library()
    hostile = '<img src=x onerror="window.PWN=1"><script>window.PWN=1</script>${window.PWN=1}'
    library.documents_ = [replace(d, title=f"{d.title} {hostile}") if d.id == "fi" else d for d in library.documents_]
    app = create_app(MemoryDesk(library), answer_to_json=answer_to_json, hits_to_json=hits_to_json)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            httpx.get(f"{base}/healthz", timeout=2)
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    yield base
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
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


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1366, "height": 768})
    opened.outside = []
    opened.on(
        "request", lambda r: opened.outside.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None
    )
    yield opened
    assert opened.outside == []
    assert opened.evaluate("window.PWN") is None
    opened.close()


def ask(page: Any, text: str) -> None:
    page.fill("#question textarea", text)
    page.keyboard.press("Enter")
    page.wait_for_function("t => document.querySelector('#conversation .turn .asked')?.textContent === t", arg=text)
    page.wait_for_selector("#conversation .turn .verdict")


def shown(page: Any) -> None:
    page.wait_for_function("document.getElementById('viewer-image')?.naturalWidth > 0")


def test_ask_open_the_page_and_come_back(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#question textarea")
    ask(page, "How did Estonia win public trust?")
    page.click("#conversation .cite[data-number='1']")
    shown(page)
    assert "boxes=50,100,390,112" in page.get_attribute("#viewer-image", "src")
    assert page.evaluate("document.activeElement.id") == "card-1-1"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.number") == "1"
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.id") == "card-1-1"
    assert page.inner_text("#announcer").startswith("Page 1 of Visit to Estonia")
    folder = os.environ.get("ASSISTANT_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / "answer.png"))


def test_a_follow_up_and_a_silence(page: Any, address: str) -> None:
    page.goto(f"{address}/?q=Who%20has%20a%20law%20in%20Estonia%3F")
    page.wait_for_selector("#conversation .turn .verdict")
    ask(page, "And in Latvia?")
    assert page.inner_text("#conversation .turn .understood") == "Understood as: Who has a law in Latvia?"
    assert "holds no document about Latvia" in page.inner_text("#conversation .turn .remark")


def test_a_link_to_a_page_opens_it_with_its_marks(page: Any, address: str) -> None:
    page.goto(f"{address}/?doc=ee&p=1&c=50,100,390,112")
    shown(page)
    assert page.get_attribute("#viewer-image", "src") == "/page/ee/1.png?boxes=50,100,390,112"


def test_hostile_text_is_text(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#question textarea")
    ask(page, "What law did Finland draft on the genome centre? <img src=x onerror=window.PWN=1>")
    page.click("#conversation .cite")
    shown(page)
    assert "<img src=x" in page.inner_text("#viewer-title")


def test_routes_and_headers(address: str) -> None:
    front = httpx.get(address)
    assert "frame-ancestors 'none'" in front.headers["content-security-policy"]
    assert front.headers["x-content-type-options"] == "nosniff"
    assert httpx.get(f"{address}/healthz").json() == {"status": "ok", "revision": 7, "documents": 3}
    for path in (
        "/files/nothing",
        "/files/..%2f..%2fetc%2fpasswd",
        "/page/ee/99.png",
        "/page/none/1.png",
        "/docs",
        "/openapi.json",
    ):
        assert httpx.get(f"{address}{path}").status_code == 404, path
    assert httpx.post(f"{address}/gradio_api/upload", files={"files": b"x"}).status_code == 404
    answer = httpx.post(f"{address}/api/v1/ask", json={"question": "How did Estonia win public trust?"}).json()
    assert answer["citations"][0]["document"] == "ee"
    assert httpx.post(f"{address}/api/v1/ask", content=b"[]").status_code == 422
    assert httpx.post(f"{address}/api/v1/ask", content=b"x" * 70000).status_code == 413
