"""A desk over a library in memory: the real understanding, search and chain, with the small encoder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from assistant.answering.chain import Brief, answer
from assistant.errors import LibraryError
from assistant.geometry import Box
from assistant.model import Answer, Fingerprint, Hit, Scope
from assistant.retrieval.question import Known, understand
from assistant.retrieval.search import Weights, find, idf, prepare, scope_of
from tests.fakes import MemorySnapshot, small_library


class MemoryDesk:
    """Asks like the real desk; page images are plain white pages."""

    def __init__(self, snapshot: MemorySnapshot | None = None) -> None:
        self.library = snapshot or small_library()

    def snapshot(self) -> MemorySnapshot:
        return self.library

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer:
        snapshot = self.library
        understood = understand(question, history, Known())
        query = prepare(understood, snapshot.encoder, snapshot)
        brief = Brief(
            snapshot,
            scope_of(understood, scope),
            lambda where, limit: find(query, snapshot, where, limit, Weights()),
            lambda word: idf(snapshot, word),
            query.bound,
            Fingerprint("settings", "words-1", snapshot.revision),
        )
        return answer(understood, brief)

    def search(
        self, question: str, limit: int = 10, history: Sequence[str] = (), scope: Scope | None = None
    ) -> list[Hit]:
        understood = understand(question, history, Known())
        query = prepare(understood, self.library.encoder, self.library)
        return find(query, self.library, scope_of(understood, scope), limit, Weights())

    def page_image(self, document: str, page: int, boxes: Iterable[Box] = (), scale: float = 1.5) -> bytes:
        from PIL import Image, ImageDraw

        found = self.library.page(document, page)
        image = Image.new("RGB", (int(found.width * scale), int(found.height * scale)), "white")
        draw = ImageDraw.Draw(image)
        for left, top, right, bottom in boxes:
            draw.rectangle((left * scale, top * scale, right * scale, bottom * scale), fill=(255, 240, 120))
        out = BytesIO()
        image.save(out, "PNG")
        return out.getvalue()

    def file_of(self, document: str) -> Path:
        raise LibraryError(f"no document {document!r} in the library")
