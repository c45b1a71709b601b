"""A question as understood: what understanding gives to search and answer (standard library only)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Expects = Literal["date", "number", "list", "definition", "why", "how", "who", "yes-no", "overview", "open"]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as understood. `countries` says where to look: None when no country was named."""

    original: str
    text: str
    search_text: str
    countries: tuple[str, ...] | None = None
    group: str = ""
    all_countries: bool = False
    compare: bool = False
    topic_countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] | None = None
    years: tuple[int, int] | None = None
    documents: tuple[str, ...] | None = None
    own: bool = False
    expects: Expects = "open"
    must: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    help: bool = False
    notices: tuple[str, ...] = ()
