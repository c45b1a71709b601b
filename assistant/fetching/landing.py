"""Web pages that stand before a document: which PDF they name as their own, and whether their words changed (pure)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urljoin

_LINK_HEADER = re.compile(r"<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg"})


class _Page(HTMLParser):
    """Collects the visible words, and the PDFs that the head of the page names."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.named: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag == "meta" and facts.get("name", "").lower() == "citation_pdf_url":
            self.named.append(facts.get("content", ""))
        if tag == "link" and _is_item(facts):
            self.named.append(facts.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words += data.split()


def _is_item(facts: Mapping[str, str]) -> bool:
    return "item" in facts.get("rel", "").lower().split() and facts.get("type", "").lower() == "application/pdf"


def _read(data: bytes) -> _Page:
    page = _Page()
    page.feed(data.decode("utf-8", "replace"))
    page.close()
    return page


def words_of(data: bytes) -> str:
    """Return a SHA-256 of a page's visible words: tokens and counters in its code do not make it another page."""
    return hashlib.sha256(" ".join(_read(data).words).encode()).hexdigest()


def document_of(data: bytes, base: str, link_header: str = "") -> str:
    """Return the address of the PDF that a landing page names as its document, or ''.

    Looked at: `citation_pdf_url` (the tag that search engines for papers read), and links of type application/pdf
    with the relation "item" (signposting.org), in the page and in the Link header. Several different ones are none:
    nobody can say which is meant.
    """
    named = [*_read(data).named, *_items(link_header)]
    found = {urljoin(base, address.strip()) for address in named if address.strip()} - {base}
    return found.pop() if len(found) == 1 else ""


def _items(header: str) -> Iterator[str]:
    for match in _LINK_HEADER.finditer(header):
        pairs = re.findall(r";\s*([\w*-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", match[2])
        if _is_item({name.lower(): quoted or bare for name, quoted, bare in pairs}):
            yield match[1]
