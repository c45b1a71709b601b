"""Words inside charts and diagrams of Office files: labels without an order, in parts of their own (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MOST_LABELS = 400


def parsed(blob: bytes) -> Any:
    """Return the root of an XML part; entities are not resolved, nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    return etree.fromstring(blob, parser)


def labels_of(blob: bytes) -> list[str]:
    """Return the words of a chart or diagram part, each once, in the order of the file."""
    root = parsed(blob)
    found = dict.fromkeys(_words(root)) if root is not None else {}
    return [text for text in found if any(map(str.isalpha, text))][:MOST_LABELS]


def _words(root: Any) -> Iterator[str]:
    for node in root.iter(_A + "p", _C + "v"):
        if node.tag == _C + "v":
            yield (node.text or "").strip()
        else:
            yield "".join(text.text or "" for text in node.iter(_A + "t")).strip()
