"""Looking things up by name in a library: what is not there is said in a sentence."""

from __future__ import annotations

from assistant.errors import LibraryError
from assistant.model import Document, Page, Scope
from assistant.ports import Desk


def page_of(desk: Desk, document: str, number: int) -> Page:
    """Return a page; raises LibraryError saying which document or page is not there."""
    snapshot = desk.snapshot()
    try:
        found = snapshot.document(document)
    except KeyError as problem:
        raise LibraryError(f"no document {document!r} in the library") from problem
    try:
        return snapshot.page(document, number)
    except KeyError as problem:
        raise LibraryError(f"{document} has pages 1 to {found.pages}, got {number!r}") from problem


def documents_of(desk: Desk, scope: Scope | None) -> tuple[Document, ...]:
    """Return the documents that a scope allows, by id."""
    where = scope or Scope()
    known_documents(desk, where)

    def allowed(d: Document) -> bool:
        return (
            (where.countries is None or bool(set(where.countries) & set(d.countries)))
            and (where.kinds is None or d.kind in where.kinds)
            and (where.documents is None or d.id in where.documents or d.file in where.documents)
            and (where.years is None or (d.year is not None and where.years[0] <= d.year <= where.years[1]))
            and (where.languages is None or d.language in where.languages)
        )

    return tuple(sorted(filter(allowed, desk.snapshot().documents()), key=lambda d: d.id))


def known_documents(desk: Desk, scope: Scope | None) -> None:
    """Raise LibraryError where a scope names a document, by id or file, that is not in the library."""
    if scope is None or not scope.documents:
        return
    names = {name for d in desk.snapshot().documents() for name in (d.id, d.file)}
    if strange := [name for name in scope.documents if name not in names]:
        raise LibraryError(f"no document {strange[0]!r} in the library")
