"""The routes of the matrix tab: table, cell, country profile, indicator page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from assistant.chat import forms, profiles
from assistant.chat import matrix as parts
from assistant.chat.filling import Fillings
from assistant.chat.html import part
from assistant.countries import name_of
from assistant.evidence import Matrix
from assistant.model import KINDS, Scope
from assistant.ports import ScreenDesk


def add_matrix(app: FastAPI, desk: ScreenDesk) -> None:
    """Add the routes of the matrix tab."""
    fillings = Fillings(desk)
    _add_table(app, desk, fillings)
    _add_details(app, fillings)


def _add_table(app: FastAPI, desk: ScreenDesk, fillings: Fillings) -> None:
    @app.get("/view/matrix")
    def frame() -> HTMLResponse:
        documents = desk.snapshot().documents()
        countries = sorted({code for d in documents for code in d.countries}, key=name_of)
        kinds = [kind for kind in KINDS if any(d.kind == kind for d in documents)]
        return part(parts.frame_html(countries, kinds, sorted({d.year for d in documents if d.year})))

    @app.get("/view/matrix/table")
    def table(request: Request) -> HTMLResponse:
        shown = shown_of(request)
        filling = fillings.get(scope_of(shown))
        if filling.problem:
            return part(f'<p class="notice">{filling.problem}</p>')
        if filling.matrix is None:
            return part(parts.filling_html(filling.done, filling.total, shown))
        return part(parts.table_html(filling.matrix, shown, saves(shown)))

    @app.get("/export/matrix/evidence-matrix.{form}")
    def saved(request: Request, form: str) -> Response:
        shown = shown_of(request)
        filled = fillings.get(scope_of(shown), wait_seconds=60.0).matrix
        if form not in forms.offered(forms.MATRIX) or filled is None:
            raise HTTPException(404, "no such form")
        data = desk.export_matrix(part_of(filled, shown), form, date.today())
        return Response(data, media_type=forms.MEDIA[form], headers=forms.headers(f"evidence-matrix.{form}"))


def _add_details(app: FastAPI, fillings: Fillings) -> None:
    def ready(shown: parts.Shown) -> Matrix:
        found = fillings.get(scope_of(shown), wait_seconds=60.0).matrix
        if found is None:
            raise HTTPException(503, "not ready")
        return found

    @app.get("/view/matrix/cell")
    def cell(request: Request) -> HTMLResponse:
        shown = shown_of(request)
        filled, indicator = ready(shown), request.query_params.get("indicator", "")
        cells = [c for c in filled.row(shown.country) if indicator in ("", c.indicator)]
        cells = [c for c in cells if shown.domain in ("", c.domain)]
        if not cells or not (indicator or shown.domain):
            raise HTTPException(404, "no such cell")
        titles = {i.id: i for i in filled.grid.indicators}
        domains = {d.id: d.name for d in filled.grid.domains}
        about = titles[indicator].name if indicator else domains[shown.domain]
        return part(parts.cell_html(cells, titles, f"{name_of(shown.country)}: {about}"))

    @app.get("/view/matrix/country")
    def country(request: Request) -> HTMLResponse:
        shown = shown_of(request)
        filled = ready(shown)
        if shown.country not in filled.countries:
            raise HTTPException(404, "no such country")
        return part(profiles.country_html(filled, shown.country, shown))

    @app.get("/view/matrix/indicator")
    def indicator(request: Request) -> HTMLResponse:
        shown = shown_of(request)
        filled, wanted = ready(shown), request.query_params.get("indicator", "")
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


def shown_of(request: Request) -> parts.Shown:
    """Return what an address asks for; unknown kinds and years that are none count as not set."""
    asked = request.query_params

    def year(name: str) -> str:
        value = asked.get(name, "")
        return value if value.isascii() and value.isdigit() and len(value) == 4 else ""

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
