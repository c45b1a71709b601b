"""Promise 1: a quotation is a slice of the page it cites, or it is not shown."""

from __future__ import annotations

import re
import unicodedata

_FOLDS = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00ad": None})


def fold(text: str) -> str:
    """Return the one stated normalisation: white space, line-end hyphens, ligatures and quotation marks."""
    text = unicodedata.normalize("NFKC", text).translate(_FOLDS)
    text = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text)
    return re.sub(r"\s+", " ", text).strip()


def is_verbatim(quote: str, page_text: str, start: int, end: int) -> bool:
    """Return whether the quote stands at that place of the page, after the one normalisation."""
    return 0 <= start < end <= len(page_text) and bool(quote.strip()) and fold(page_text[start:end]) == fold(quote)


def locate(quote: str, page_text: str) -> tuple[int, int] | None:
    """Return where a quote stands on a page by its letters and digits alone, or None unless there is exactly one place.

    A model's quotation is found this way and then replaced by the stored slice.
    """
    letters, places = _letters(page_text)
    wanted, _ = _letters(quote)
    first = letters.find(wanted) if wanted else -1
    if first < 0 or letters.find(wanted, first + 1) >= 0:
        return None
    return places[first], places[first + len(wanted) - 1] + 1


def _letters(text: str) -> tuple[str, list[int]]:
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).lower():
            if letter.isalnum():
                out.append(letter)
                places.append(place)
    return "".join(out), places
