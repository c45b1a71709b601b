"""What is embedded of a passage, the key it is known by, and the stored form of its vectors."""

from __future__ import annotations

from assistant.indexing.library import vector_bytes
from assistant.model import Document, Passage, content_key
from assistant.ports import Encoder


def prefix_of(document: Document, passage: Passage) -> str:
    """Return what is embedded before a passage's own text: title and headings."""
    return " · ".join((document.title, *passage.headings)) + ": "


def content_of(document: Document, passage: Passage) -> str:
    """Return the key of what is embedded; the same key means the same vectors."""
    spans = [f"{s.start - passage.start}-{s.end - passage.start}" for s in passage.sentences]
    return content_key(prefix_of(document, passage), passage.text, *spans)


def encode(encoder: Encoder, wanted: dict[str, tuple[Document, Passage]]) -> dict[str, tuple[bytes, bytes]]:
    """Return the stored form of the vectors of these contents."""
    if not wanted:
        return {}
    encoded = encoder.encode_passages(
        [prefix_of(d, p) for d, p in wanted.values()],
        [p.text for _, p in wanted.values()],
        [[(s.start - p.start, s.end - p.start) for s in p.sentences] for _, p in wanted.values()],
    )
    return {key: vector_bytes(item) for key, item in zip(wanted, encoded, strict=True)}
