"""Who speaks in a digest: the publications of others that it stands for, and the words that say so.

A digest is written by this project from public facts. It must never pass for what it summarises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PROJECT = "Genomic Policy Assistant project"


@dataclass(frozen=True, slots=True)
class Original:
    """A publication that a digest stands for; `year` is None and `address` '' where the catalogue does not say."""

    title: str
    year: int | None = None
    address: str = ""


def original_words(original: Original, *, address: bool = True) -> str:
    """Return "Title (2021), https://…"; without the address where there is none or it is not wanted."""
    named = f"{original.title} ({original.year})" if original.year else original.title
    return f"{named}, {original.address}" if address and original.address else named


def digest_words(originals: Sequence[Original], *, by: str = "this project", address: bool = True) -> str:
    """Return "Digest by this project of: Title (2021), https://… and 2 more"; of public facts where none is named."""
    if not originals:
        return f"Digest by {by}, written from public facts"
    more = f" and {len(originals) - 1} more" if len(originals) > 1 else ""
    return f"Digest by {by} of: {original_words(originals[0], address=address)}{more}"
