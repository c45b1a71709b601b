"""Pictures of the screen for the README, of the real library: `make screens` sets ASSISTANT_SCREENS to a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.chat.conftest import served, shown, visit, watched

pytestmark = pytest.mark.ui
FOLDER = os.environ.get("ASSISTANT_SCREENS", "")
LARGEST = 200_000
"""A picture has at most so many bytes."""


@pytest.fixture(scope="module")
def library() -> Iterator[str]:
    if not FOLDER:
        pytest.skip("pictures are taken by `make screens` only")
    from assistant.chat.app import create_app
    from assistant.settings import load_settings
    from assistant.wiring import open_desk

    with served(create_app(open_desk(load_settings()))) as base:
        yield base


def keep(page: Any, name: str) -> None:
    """Save what is seen as a PNG with as many colours as stay below the limit."""
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    for colours in (0, 256, 128, 64):
        out = BytesIO()
        small = image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE) if colours else image
        small.save(out, "PNG", optimize=True)
        if len(out.getvalue()) < LARGEST:
            break
    assert len(out.getvalue()) < LARGEST
    (Path(FOLDER) / f"{name}.png").write_bytes(out.getvalue())


def answered(page: Any, base: str, question: str) -> None:
    visit(page, base)
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#conversation .turn:not(.waiting) .verdict", timeout=60_000)


def answer(page: Any, base: str) -> None:
    answered(page, base, "How did Estonia win public trust?")
    shown(page)


def evidence(page: Any, base: str) -> None:
    answered(page, base, "Compare how the UK and Finland involve industry")
    page.click("#conversation .cite[data-number='2']")
    shown(page)
    page.click("#viewer-around")


def silence(page: Any, base: str) -> None:
    answered(page, base, "How does Japan organise newborn sequencing?")


def matrix(page: Any, base: str) -> None:
    visit(page, base)
    page.get_by_role("tab", name="Evidence matrix").click()
    page.wait_for_selector("table.matrix", timeout=120_000)


def cell(page: Any, base: str) -> None:
    matrix(page, base)
    page.click("[aria-label^='Finland, Public awareness']")
    shown(page)


@pytest.mark.parametrize("scene", [answer, evidence, silence, matrix, cell], ids=lambda scene: scene.__name__)
def test_picture(browser: Any, library: str, scene: Callable[[Any, str], None]) -> None:
    with watched(browser, library) as page:
        scene(page, library)
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        keep(page, scene.__name__)
