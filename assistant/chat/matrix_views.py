"""The routes of the matrix tab: table, cell, country profile, indicator page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from assistant.chat import forms, profiles
from assistant.chat import matrix as parts
from assistant.chat.filling import Fillings
from assistant.chat.html import part
from assistant.chat.work import Bench
from assistant.countries import name_of
from assistant.evidence import Matrix
from assistant.model import KINDS, Scope
from assistant.ports import ScreenDesk

MOMENT_SECONDS = 0.4
"""A filling may be quick: the table waits so long for it before it shows how far it is."""
PATIENCE_SECONDS = 60.0


def add_matrix(app: FastAPI, desk: ScreenDesk, bench: Bench) -> None:
    """Add the routes of the matrix tab."""
    fillings = Fillings(desk)
    _add_table(app, desk, fillings, bench)
    _add_details(app, desk, fillings)


def _add_table(app: FastAPI, desk: ScreenDesk, fillings: Fillings, bench: Bench) -> None:
    @app.get("/view/matrix")
    async def frame() -> HTMLResponse:
        documents = (await asyncio.to_thread(desk.snapshot)).documents()
        countries = sorted({code for d in documents for code in d.countries}, key=name_of)
        kinds = [kind for kind in KINDS if any(d.kind == kind for d in documents)]
        return part(parts.frame_html(countries, kinds, sorted({d.year for d in documents if d.year})))

    @app.get("/view/matrix/table")
    async def table(request: Request) -> HTMLResponse:
        shown = await _asked(desk, request)
        filling = await fillings.wait(scope_of(shown), MOMENT_SECONDS)
        if filling.problem:
            return part(f'<p class="notice">{filling.problem}</p>')
        if filling.matrix is None:
            return part(parts.filling_html(filling.done, filling.total, shown))
        return part(parts.table_html(filling.matrix, shown, saves(shown)))

    @app.get("/export/matrix/evidence-matrix.{form}")
    async def saved(request: Request, form: str) -> Response:
        if form not in forms.offered(forms.MATRIX):
            raise HTTPException(404, "no such form")
        shown = await _asked(desk, request)
        filled = await _ready(fillings, shown)
        data = await bench.run(request, lambda: desk.export_matrix(part_of(filled, shown), form, date.today()))
        return Response(
            data, media_type=forms.MEDIA[form], headers=forms.headers(forms.file_name("evidence-matrix", form))
        )


async def _asked(desk: ScreenDesk, request: Request) -> parts.Shown:
    """Return `shown_of`, away from the loop that answers everybody: a library may just be opening a new state."""
    return await asyncio.to_thread(lambda: shown_of(request, years_of(desk)))


async def _ready(fillings: Fillings, shown: parts.Shown) -> Matrix:
    found = (await fillings.wait(scope_of(shown), PATIENCE_SECONDS)).matrix
    if found is None:
        raise HTTPException(409, "this matrix is not filled yet: try again in a moment")
    return found


def _add_details(app: FastAPI, desk: ScreenDesk, fillings: Fillings) -> None:
    @app.get("/view/matrix/cell")
    async def cell(request: Request) -> HTMLResponse:
        shown = await _asked(desk, request)
        filled, indicator = await _ready(fillings, shown), request.query_params.get("indicator", "")
        cells = [c for c in filled.row(shown.country) if indicator in ("", c.indicator)]
        cells = [c for c in cells if shown.domain in ("", c.domain)]
        if not cells or not (indicator or shown.domain):
            raise HTTPException(404, "no such cell")
        titles = {i.id: i for i in filled.grid.indicators}
        domains = {d.id: d.name for d in filled.grid.domains}
        about = titles[indicator].name if indicator else domains[shown.domain]
        return part(parts.cell_html(cells, titles, f"{name_of(shown.country)}: {about}"))

    @app.get("/view/matrix/country")
    async def country(request: Request) -> HTMLResponse:
        shown = await _asked(desk, request)
        filled = await _ready(fillings, shown)
        if shown.country not in filled.countries:
            raise HTTPException(404, "no such country")
        return part(profiles.country_html(filled, shown.country, shown))

    @app.get("/view/matrix/indicator")
    async def indicator(request: Request) -> HTMLResponse:
        shown = await _asked(desk, request)
        filled, wanted = await _ready(fillings, shown), request.query_params.get("indicator", "")
        found = next((i for i in filled.grid.indicators if i.id == wanted), None)
        if found is None:
            raise HTTPException(404, "no such indicator")
        return part(profiles.indicator_html(filled, found, shown))


def part_of(matrix: Matrix, shown: parts.Shown) -> Matrix:
    """Return the part of a matrix that is shown: one country or all, one domain or all."""
    countries = tuple(c for c in matrix.countries if shown.country in ("", c))
    grid = matrix.grid.only([shown.domain]) if shown.domain else matrix.grid
    kept = {indicator.id for indicator in grid.indicators}
    cells = tuple(c for c in matrix.cells if c.country in countries and c.indicator in kept)
    return replace(matrix, grid=grid, countries=countries, cells=cells)


def saves(shown: parts.Shown) -> str:
    """Return the links that save what is shown."""
    links = " ".join(
        f'<a href="/export/matrix/evidence-matrix.{form}?{shown.query()}" download>{forms.NAMES[form]}</a>'
        for form in forms.offered(forms.MATRIX)
    )
    return f'<span class="saves">Save as {links}</span>'


def years_of(desk: ScreenDesk) -> tuple[int, ...]:
    """Return the years of the documents, which the filters offer, in order."""
    return tuple(sorted({d.year for d in desk.snapshot().documents() if d.year}))


def shown_of(request: Request, years: Sequence[int]) -> parts.Shown:
    """Return what an address asks for; what the filters do not offer (kinds, years) counts as not set."""
    asked = request.query_params

    def year(name: str) -> str:
        value = asked.get(name, "")
        return value if value in {str(offered) for offered in years} else ""

    kind = asked.get("kind", "")
    return parts.Shown(
        country=asked.get("country", "")[:2],
        domain=asked.get("domain", "")[:40],
        kind=kind if kind in KINDS else "",
        first=year("from"),
        last=year("to"),
    )


def scope_of(shown: parts.Shown) -> Scope:
    """Return what is searched. The country only chooses rows, so that all countries share one filling."""
    low, high = int(shown.first or 0), int(shown.last or 0)
    if low and high and low > high:
        low, high = high, low
    return Scope(
        kinds=(shown.kind,) if shown.kind else None, years=(low or 1900, high or 2100) if low or high else None
    )
