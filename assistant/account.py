"""What an answer accounts for beside its words: what was searched, what it depends on, what a model did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for one country ('' for the whole library): documents looked at, passages found relevant."""

    country: str
    documents: int
    found: int


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an answer depends on: settings, encoder, library revision."""

    settings: str
    encoder: str
    revision: int


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a language model had to do with an answer; `place` is "this machine" or the host that saw the passages.

    `written` counts the statements it wrote: `supported` passed every check, `withheld` are not shown at all, the rest
    is shown as unsupported. Tokens and cost are the server's own figures, None where it reports none. `fallback` says
    why the extractive answer is shown instead, '' when it is not.
    """

    name: str
    place: str
    written: int = 0
    supported: int = 0
    withheld: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    fallback: str = ""
