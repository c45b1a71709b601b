"""Matrices kept beside the library: what was made at each revision, so that only changed cells are made again.

One JSON file for each revision of the library, written whole or not at all. A cell is taken from the newest file that
has its key; the key depends on everything the cell was made from, so an old cell can never stand for a new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from assistant.evidence import Cell, Quote
from assistant.model import Citation, Original, Place

KEPT = 40
"""So many revisions are kept; the oldest go first."""
LOOKED_AT = 3
"""Cells are taken from so many newest files: one may hold a few countries only."""


class Store:
    """The matrices of one grid and scope, in one folder; a damaged file counts as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def revisions(self) -> list[int]:
        """Return the revisions of which a matrix is kept, ascending."""
        return sorted(int(f.stem) for f in self._folder.glob("*.json") if f.stem.isdigit())

    def load(self, revision: int) -> list[Cell]:
        """Return the cells kept for a revision; none when there is no such file."""
        try:
            return [cell_from(entry) for entry in self._read(revision).get("cells", ())]
        except (KeyError, TypeError, ValueError, AttributeError):
            return []

    def _read(self, revision: int) -> dict[str, Any]:
        try:
            data = json.loads((self._folder / f"{revision}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def known(self) -> dict[str, Cell]:
        """Return the cells of the `LOOKED_AT` newest revisions by key, newest first."""
        found: dict[str, Cell] = {}
        for revision in reversed(self.revisions()[-LOOKED_AT:]):
            for cell in self.load(revision):
                found.setdefault(cell.key, cell)
        return found

    def save(self, revision: int, library: str, cells: Iterable[Cell]) -> None:
        """Keep the cells of a revision; a folder that cannot be written is left as it is.

        They join those already kept for it when `library` (a fingerprint of its documents) is the same: a library
        built anew may come to a number that was used before.
        """
        kept = self.load(revision) if self._read(revision).get("library") == library else []
        joined = {(c.country, c.indicator): c for c in (*kept, *cells)}
        data = {"library": library, "cells": [cell_data(joined[place]) for place in sorted(joined)]}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            target = self._folder / f"{revision}.json"
            draft = target.with_suffix(f".{os.getpid()}.part")
            draft.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            draft.replace(target)
            for old in self.revisions()[:-KEPT]:
                (self._folder / f"{old}.json").unlink(missing_ok=True)
        except OSError:
            return


def cell_data(cell: Cell) -> dict[str, Any]:
    """Return a cell as plain data."""
    return asdict(cell)


def cell_from(data: dict[str, Any]) -> Cell:
    """Return the cell that `cell_data` wrote; raises KeyError or TypeError for other data."""
    quotes = tuple(Quote(_citation(entry["citation"]), entry["strength"]) for entry in data["quotes"])
    values = {f.name: data[f.name] for f in fields(Cell) if f.name not in ("quotes", "differing")}
    return Cell(**values, quotes=quotes, differing=tuple((int(a), int(b)) for a, b in data["differing"]))


def _citation(data: dict[str, Any]) -> Citation:
    values = dict(data)
    values["boxes"] = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in data["boxes"])
    values["countries"] = tuple(data["countries"])
    values["also"] = tuple(Place(**place) for place in data.get("also", ()))
    values["originals"] = tuple(Original(**original) for original in data["originals"])
    return Citation(**values)
