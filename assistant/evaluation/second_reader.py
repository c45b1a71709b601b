"""A second opinion on quotations: does another PDF reader find the same words on that page of the file?

The first check compares a quotation with our own page text; were that text wrong, the check would not notice. Here
pypdf reads the page of the file itself, and letters and digits alone are compared.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any


def letters(text: str) -> str:
    """Return the letters and digits of a text, compatibility forms and accents resolved, in lower case."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).lower() if c.isalnum())


@lru_cache(maxsize=1024)
def page_letters(file: Path, page: int) -> str:
    """Return the letters of a page (counted from 1) as pypdf reads them; raises OSError or pypdf's errors."""
    return letters(_reader(file).pages[page - 1].extract_text())


@lru_cache(maxsize=64)
def _reader(file: Path) -> Any:
    from pypdf import PdfReader

    return PdfReader(file)


def confirms(file: Path, page: int, quote: str) -> bool | None:
    """Return whether pypdf finds the quotation on the page, in one piece or cell by cell; None for what is no PDF.

    The cells of a table row are quoted with " · " between them, which the page does not print.
    """
    if file.suffix.lower() != ".pdf":
        return None
    text = page_letters(file, page)
    return letters(quote) in text or all(letters(cell) in text for cell in re.split(r"\s·\s", quote))
