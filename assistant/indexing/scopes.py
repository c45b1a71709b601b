"""Which passages a scope allows, as flags that go into the search; kept for the scopes asked last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy

from assistant.indexing.parts import Parts
from assistant.model import Document, Scope
from assistant.words import composed

Mask = numpy.ndarray[Any, numpy.dtype[numpy.bool_]]
ROOM = 64 << 20
"""Bytes that kept flags may take together."""
COUNTS = 4096


class Scopes:
    """Flags and counts by scope, over the places of a library's parts."""

    def __init__(self, documents: Sequence[Document], parts: Parts) -> None:
        self._documents, self._parts = documents, parts
        self._masks: dict[Scope, Mask] = {}
        self._counts: dict[Scope, tuple[int, int]] = {}

    @cached_property
    def _owner(self) -> Any:
        return self._parts.owners({document.id: place for place, document in enumerate(self._documents)})

    def mask(self, scope: Scope) -> Mask | None:
        """Return one flag per place, living ones only; None when everything is allowed and alive."""
        if scope == Scope():
            return self._parts.alive
        found = self._masks.get(scope)
        if found is None:
            found = self._allowed(scope)
            if len(self._masks) >= max(8, ROOM // max(1, len(found))):
                self._masks = {}
            self._masks[scope] = found
        return found

    def count(self, scope: Scope) -> tuple[int, int]:
        """Return (documents, passages) that the scope allows."""
        found = self._counts.get(scope)
        if found is None:
            mask = self.mask(scope)
            owners = self._owner if mask is None else self._owner[mask]
            found = (int(numpy.count_nonzero(numpy.bincount(owners[owners >= 0]))), len(owners))
            if len(self._counts) >= COUNTS:
                self._counts = {}
            self._counts[scope] = found
        return found

    def _allowed(self, scope: Scope) -> Mask:
        mask: Mask = numpy.ones(len(self._owner), dtype=bool)
        if scope.countries is not None:
            mask = self._parts.about(scope.countries)
            if scope.unplaced:
                mask = mask | numpy.asarray([*(d.unplaced for d in self._documents), False], dtype=bool)[self._owner]
        if any(value is not None for value in (scope.kinds, scope.documents, scope.years, scope.languages, scope.own)):
            fits = numpy.asarray([*(_fits(document, scope) for document in self._documents), False], dtype=bool)
            mask &= fits[self._owner]
        if self._parts.alive is not None:
            mask &= self._parts.alive
        return mask


def _fits(document: Document, scope: Scope) -> bool:
    year = document.year
    file = composed(document.file)
    names = {document.id, file, file.rsplit("/", 1)[-1]}
    return (
        (scope.kinds is None or document.kind in scope.kinds)
        and (scope.documents is None or not names.isdisjoint(map(composed, scope.documents)))
        and (scope.years is None or (year is not None and scope.years[0] <= year <= scope.years[1]))
        and (scope.languages is None or document.language in scope.languages)
        and (scope.own is None or document.author in scope.own)
    )
