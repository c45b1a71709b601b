"""The evidence matrix joined to the library: one search per country and indicator, kept and made again only in part.

`OpenDesk.matrix(scope, progress)` is the door for the chat; the command line adds grids, domains and `changes_since`.
Values and pure helpers are in `assistant.evidence`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.countries import SIGNATORIES, name_of
from assistant.errors import SettingsError
from assistant.evidence import Cell, Grid, Indicator, Matrix, Progress
from assistant.model import Fingerprint, Scope, Understood, content_key
from assistant.ports import Encoder, Snapshot
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.indexing.scoped import ScopedSnapshot
    from assistant.matrix.store import Store
    from assistant.wiring.desk import OpenDesk

BUILT_IN = "indicators.toml"
PASSAGES = 48
"""The matrix looks at so many passages for a cell: its terms keep what does not belong out."""


def load_grid(file: Path) -> Grid:
    """Return a reader's own grid; raises GridError naming line and field."""
    from assistant.matrix.grid import load_grid as load

    return load(file)


def built_in_grid(settings: Settings) -> Grid:
    """Return the grid of the Maturity Level Model from the corpus folder, else the one beside the package."""
    beside = Path(__file__).parents[2] / "corpus" / BUILT_IN
    return load_grid(next((f for f in (settings.corpus / BUILT_IN, beside) if f.is_file()), beside))


def countries_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the countries of a whole matrix by name: the signatories, and every other one that a document is about."""
    codes = {*SIGNATORIES, *(code for d in snapshot.documents() for code in d.countries)}
    return tuple(sorted(codes, key=name_of))


def make_matrix(
    desk: OpenDesk,
    scope: Scope | None = None,
    progress: Progress = lambda done, total: None,
    *,
    grid: Grid | None = None,
    domains: Iterable[str] | None = None,
) -> Matrix:
    """Return the filled matrix for the countries of the scope (None: all); cells are reused where nothing changed.

    Kinds, documents and years of the scope narrow what is searched. Raises LibraryError, GridError, SettingsError.
    """
    scope, snapshot = scope or Scope(), desk.snapshot()
    whole = grid or built_in_grid(desk.settings)
    chosen = _with_domains(whole, domains)
    countries = scope.countries if scope.countries is not None else countries_of(snapshot)
    store = _store(desk.settings, whole, scope)
    maker = _Maker(desk, chosen, scope, snapshot, store.known())
    cells: list[Cell] = []
    for country in countries:
        cells.extend(maker.row(country))
        progress(len(cells), len(countries) * len(chosen.indicators))
    library = content_key(*(f"{d.id} {d.sha256}" for d in sorted(snapshot.documents(), key=lambda d: d.id)))
    store.save(snapshot.revision, library, cells)
    names = Fingerprint(desk.settings.fingerprint(), snapshot.encoder_fingerprint, snapshot.revision)
    return Matrix(chosen, tuple(countries), tuple(cells), scope, names, maker.reused)


def make_cell(desk: OpenDesk, country: str, indicator: Indicator, grid: Grid) -> Cell:
    """Return one cell of a grid, from what is kept where nothing changed; nothing is written."""
    maker = _Maker(desk, replace(grid, indicators=(indicator,)), Scope(), desk.snapshot(), _kept(desk, grid))
    return maker.row(country)[0]


def _kept(desk: OpenDesk, grid: Grid) -> dict[str, Cell]:
    return _store(desk.settings, grid, Scope()).known()


def matrix_at(desk: OpenDesk, now: Matrix, revision: int, grid: Grid | None = None) -> Matrix:
    """Return the same cells as they were made at an earlier revision; raises SettingsError when none are kept."""
    store = _store(desk.settings, grid or built_in_grid(desk.settings), now.scope)
    kept = store.revisions()
    if revision not in kept:
        seen = ", ".join(map(str, kept)) or "none"
        raise SettingsError(f"--since {revision}: no matrix was made at that revision; kept are {seen}")
    places = {(cell.country, cell.indicator) for cell in now.cells}
    cells = tuple(c for c in store.load(revision) if (c.country, c.indicator) in places)
    return replace(now, cells=cells, fingerprint=replace(now.fingerprint, revision=revision))


def _with_domains(grid: Grid, domains: Iterable[str] | None) -> Grid:
    if domains is None:
        return grid
    by_name = {word.lower(): d.id for d in grid.domains for word in (d.id, d.name)}
    numbers = {str(place): d.id for place, d in enumerate(grid.domains, start=1)}
    wanted = []
    for text in domains:
        found = by_name.get(text.strip().lower()) or numbers.get(text.strip())
        if found is None:
            known = ", ".join(f"{d.id} ({d.name})" for d in grid.domains)
            raise SettingsError(f"--domain: wanted one of {known}, got {text!r}")
        wanted.append(found)
    return grid.only(wanted)


def _store(settings: Settings, grid: Grid, scope: Scope) -> Store:
    from assistant.matrix.store import Store

    name = content_key(grid.fingerprint(), repr(replace(scope, countries=None)))
    return Store(settings.index / "matrix" / name)


class _Maker:
    """Makes the cells of one matrix; a question is understood and encoded once for all countries."""

    def __init__(self, desk: OpenDesk, grid: Grid, scope: Scope, snapshot: Snapshot, known: dict[str, Cell]) -> None:
        self._desk, self._grid, self._scope, self._snapshot, self._known = desk, grid, scope, snapshot, known
        self._questions: dict[str, tuple[Understood, Any]] = {}
        self.reused = 0
        shared = (code_fingerprint(), desk.settings.fingerprint(), snapshot.encoder_fingerprint)
        self._shared = content_key(*shared, repr(replace(scope, countries=None)))

    def row(self, country: str) -> list[Cell]:
        """Return the cells of one country, in the order of the grid."""
        import numpy

        from assistant.indexing.scoped import ScopedSnapshot

        any_vector = numpy.zeros(self._desk.encoder.dimension, dtype=numpy.float32)
        scoped = ScopedSnapshot(self._snapshot, replace(self._scope, countries=(country,)), any_vector)
        rests_on = scoped.dependency()
        return [self._cell(country, indicator, scoped, rests_on) for indicator in self._grid.indicators]

    def _cell(self, country: str, indicator: Indicator, scoped: ScopedSnapshot, rests_on: str) -> Cell:
        key = content_key(
            self._shared, rests_on, country, indicator.id, indicator.domain, indicator.question, *indicator.terms
        )
        if key in self._known:
            self.reused += 1
            return self._known[key]
        from assistant.judging.coverage import words_of
        from assistant.matrix.fill import Search, fill

        understood, vector = self._asked(indicator)
        scope = replace(self._scope, countries=(country,))
        brief = self._desk.brief_for(scoped, scope, understood, Encoded(self._desk.encoder, vector))
        search = Search(
            country,
            brief.find(scope, PASSAGES),
            scoped.count(scope)[0],
            words_of(understood.search_text, brief.idf),
            self._desk.score_for(understood),
        )
        return fill(indicator, search, scoped, key)

    def _asked(self, indicator: Indicator) -> tuple[Understood, Any]:
        if indicator.id not in self._questions:
            from assistant.understanding.question import understand

            understood = understand(indicator.question)
            vector = self._desk.encoder.encode_query(understood.search_text)
            self._questions[indicator.id] = (understood, vector)
        return self._questions[indicator.id]


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """Return 16 hexadecimal digits over the code and data that decide a cell; a new version makes every cell again."""
    root = files("assistant")
    names = ["words.py", "countries.py", "model.py"]
    parts = [root / name for name in names]
    for room in ("understanding", "searching", "judging", "composing", "matrix", "data"):
        parts += sorted((f for f in (root / room).iterdir() if f.name.endswith((".py", ".toml"))), key=lambda f: f.name)
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.name.encode() + b"\0" + part.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


class Encoded:
    """The encoder of the desk, for one question that was encoded before."""

    def __init__(self, encoder: Encoder, vector: Any) -> None:
        self._encoder, self._vector = encoder, vector

    @property
    def dimension(self) -> int:
        """The length of the vectors."""
        return self._encoder.dimension

    @property
    def fingerprint(self) -> str:
        """The encoder's own."""
        return self._encoder.fingerprint

    @property
    def token_limit(self) -> int:
        """The encoder's own."""
        return self._encoder.token_limit

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return what the encoder counts."""
        return self._encoder.count_tokens(texts)

    def encode_query(self, text: str) -> Any:
        """Return the vector that was made before."""
        return self._vector

    def encode_passages(self, *given: Any) -> Any:
        """Return what the encoder returns."""
        return self._encoder.encode_passages(*given)
