"""Page images kept for a while: drawing a page takes a worker process, showing it again must not."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from assistant.geometry import Box
from assistant.ports import ScreenDesk

LARGEST_BYTES = 64 << 20


class PageImages:
    """The newest page images up to 64 MiB. Keyed by the file's content, so a changed document is drawn anew."""

    def __init__(self, desk: ScreenDesk, largest: int = LARGEST_BYTES) -> None:
        self._desk, self._largest, self._size = desk, largest, 0
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, document: str, page: int, boxes: tuple[Box, ...]) -> bytes:
        """Return the page as PNG; raises KeyError (no such page) or UnreadableDocument."""
        snapshot = self._desk.snapshot()
        snapshot.page(document, page)
        return self._keep(
            (snapshot.document(document).sha256, document, page, boxes),
            lambda: self._desk.page_image(document, page, boxes),
        )

    def _keep(self, key: tuple[object, ...], draw: Callable[[], bytes]) -> bytes:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        image = draw()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = image
                self._size += len(image)
            while self._size > self._largest and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])
        return image
