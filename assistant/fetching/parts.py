"""Unfinished files: the bytes that came so far, and what must still hold at the server for the rest to fit to them."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import FetchError


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one version of a file from another, as HTTP gives it."""

    etag: str = ""
    last_modified: str = ""

    @property
    def for_range(self) -> str:
        """What If-Range may carry (RFC 9110, 13.1.5): a strong ETag, else the date, else nothing."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


@dataclass(frozen=True, slots=True)
class Part:
    """A file that is being fetched; a note beside it says from where, so that a later run may go on."""

    path: Path

    @property
    def _note(self) -> Path:
        return self.path.with_suffix(".json")

    def held(self, address: str) -> tuple[int, Validators]:
        """Return (bytes here, validators) where the rest may be asked for, else (0, none)."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            validators = Validators(str(note["etag"]), str(note["last_modified"]))
            size = self.path.stat().st_size
        except (OSError, ValueError, KeyError, TypeError):
            return 0, Validators()
        fits = note.get("address") == address and bool(validators.for_range)
        return (size if fits else 0), validators

    def begin(self, address: str, validators: Validators) -> None:
        """Start anew with an empty file."""
        self.drop()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._note.write_text(json.dumps({"address": address, **asdict(validators)}), encoding="utf-8")
        self.path.touch()

    def drop(self) -> None:
        """Forget what came so far."""
        for path in (self.path, self._note):
            with suppress(FileNotFoundError):
                path.unlink()

    def finish(self, target: Path) -> None:
        """Put the whole file in its place in one step; raises FetchError where the disk refuses."""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self.path.replace(target)
        except OSError as problem:
            raise FetchError(f"{target} cannot be written: {problem.strerror or problem}") from problem
        self.drop()
