# ruff: noqa: E501  (long patterns read better on one line)
"""A turn of the conversation in whole words, and what a later turn takes from it: place, topic, thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.countries import mentions, name_of, surface_forms
from assistant.understanding.asked import asked
from assistant.understanding.groups import groups_in
from assistant.understanding.rewording import as_written, core_of, joined, the_name


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in whole words: `text` is shown, `search` is searched with, `core` says what kind of answer."""

    text: str
    search: str
    entity: str = ""
    """The one thing it is about ("the Danish National Genome Center"), also when an earlier turn named it."""
    taken: bool = False
    """Whether the turns before lent it words."""
    bare: bool = False
    """A question word alone: the next turn goes back to the turn before it."""

    @property
    def core(self) -> str:
        """The question without the words in brackets."""
        return core_of(self.text)


def place_of(before: Turn, text: str) -> str:
    """Return " in Estonia" for the countries of the turn before, unless the text names a country already."""
    if mentions(text, True) or groups_in(text):
        return ""
    found = asked(before.text)
    if groups_in(before.text):
        return f" in {group_label(before.text)}"
    if found.everywhere:
        return " in each country"
    kinds = re.search(
        r"\b(?:in|according to) the (?:\d{4} )?(?:policy brief|visit reports?)(?: of \d{4})?\b",
        before.core,
        re.IGNORECASE,
    )
    place = f" in {joined(_written(before.text, found.countries))}" if found.countries else ""
    return f"{place} {kinds.group().lower()}" if kinds and "brief" not in text else place


def _written(text: str, countries: Sequence[str]) -> list[str]:
    """Return the countries as the text names them ("Puglia", "Scotland"), an adjective or institution by its country."""
    names: dict[str, str] = {}
    for mention in mentions(text, True):
        if mention.strength == "name" and surface_forms().get(mention.surface, ("", ""))[1] == "name":
            names.setdefault(mention.code, mention.surface)
    return [as_written(names[c]) if names.get(c) not in (None, name_of(c)) else the_name(c) for c in countries]


def topics_of(before: Turn) -> tuple[str, ...]:
    """Return the countries that a turn names only as its topic."""
    return asked(before.text).topics


def keeping(text: str, before: Turn) -> Turn:
    """Return the turn with the words in brackets of the turn before, which carry its topic."""
    match = re.search(r"\(([^)]*)\)\s*$", before.text)
    if not match:
        return Turn(text, text)
    return Turn(f"{text} ({match.group(1)})", f"{text} {match.group(1)}")


def group_label(text: str) -> str:
    """Return the name of the first group of countries that a text names ("the Nordic countries"), '' for none."""
    labels = {
        "nordic": "the Nordic countries", "scandinavian": "the Scandinavian countries", "baltic": "the Baltic countries",
        "benelux": "the Benelux countries", "hosts": "the host countries", "signatories": "the signatory countries",
        "non-signatories": "the non-signatories", "iberian": "the Iberian countries",
        "visegrad": "the Visegrad countries", "german-speaking": "the German-speaking countries",
        "mediterranean-islands": "the Mediterranean islands",
    }  # fmt: skip
    return next((labels[name] for name in groups_in(text)), "")
