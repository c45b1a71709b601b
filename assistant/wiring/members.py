"""Documents inside archives as files: the page image and the download need a real one, made when first asked for."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cached_property
from pathlib import Path

from assistant.archives import unpack
from assistant.errors import ChangedDocument


class Members:
    """Keeps what was taken out of archives in one temporary folder, gone with the process."""

    @cached_property
    def _folder(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="assistant-members-")

    def file_of(self, path: Path, sha256: str) -> Path:
        """Return a file with the bytes of a path such as reports.zip/a.pdf; raises UnreadableDocument.

        `sha256` is of the content the library knows; raises ChangedDocument where the archive holds another.
        """
        target = Path(self._folder.name) / f"{sha256[:32]}{path.suffix.lower()}"
        if not target.is_file():
            part = target.with_suffix(f".{os.getpid()}.part")
            data = unpack(path)
            if hashlib.sha256(data).hexdigest() != sha256:
                raise ChangedDocument(f"{path.parent.name}/{path.name}")
            part.write_bytes(data)
            part.replace(target)
        return target
