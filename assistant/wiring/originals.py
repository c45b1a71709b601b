"""The files behind the documents: given out only while they are what the library has read, byte for byte."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from pathlib import Path

from assistant.archives import archive_of
from assistant.errors import ChangedDocument, LibraryError
from assistant.model import Document
from assistant.wiring.members import Members

KEPT = 4096


class Originals:
    """Looks after the files of one corpus folder. A file is hashed once as long as its stamp stays the same."""

    def __init__(self, corpus: Path) -> None:
        self._corpus, self._members = corpus, Members()
        self._sums: OrderedDict[tuple[Path, str], str] = OrderedDict()

    def file_of(self, document: Document) -> Path:
        """Return where the document's file lies, or what was taken out of its archive.

        Raises LibraryError where it is gone or leads out of the folder, ChangedDocument where it is another file now.
        """
        file = self._corpus / document.file
        place = archive_of(file)
        real = place[0] if place else file
        if not real.is_file():
            raise LibraryError(f"{file} is in the library but no longer in the corpus folder")
        if not real.resolve().is_relative_to(self._corpus.resolve()):
            raise LibraryError(f"{file} leads out of the corpus folder")
        if place:
            return self._members.file_of(file, document.sha256)
        if self._sum_of(file) != document.sha256:
            raise ChangedDocument(document.file)
        return file

    def _sum_of(self, file: Path) -> str:
        from assistant.indexing.plan import stamp_of

        try:
            stamp = stamp_of(file.stat(), time.time_ns())
            known = self._sums.get((file, stamp)) if stamp else None
            if known is None:
                with file.open("rb") as handle:
                    known = hashlib.file_digest(handle, "sha256").hexdigest()
        except OSError as problem:
            raise LibraryError(f"{file} cannot be opened ({problem.strerror or problem})") from problem
        if stamp:
            self._sums[file, stamp] = known
            while len(self._sums) > KEPT:
                self._sums.popitem(last=False)
        return known
