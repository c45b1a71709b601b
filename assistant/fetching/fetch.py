"""Carries a plan out: one publication after the other, each put in its place whole and written down at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Literal, Protocol

from assistant.errors import FetchError
from assistant.fetching.landing import document_of, words_of
from assistant.fetching.lock import PARTS, Locked, alone, read_lock, write_lock
from assistant.fetching.parts import Part, Validators
from assistant.fetching.plan import Action, Step

Outcome = Literal["new", "changed", "unchanged", "kept", "no-address", "failed"]
On = Callable[[str, int, int], None]
"""(id, bytes so far, bytes in all or 0)."""
_EITHER = frozenset({"pdf", "html"})


class Gets(Protocol):
    """What is needed of a downloader; see `download.Downloader.get`."""

    def get(
        self,
        address: str,
        part: Part,
        kinds: frozenset[str],
        known: Validators | None = None,
        progress: Callable[[int, int], None] = ...,
    ) -> Got | None: ...


class Got(Protocol):
    """What is needed of a fetched file; see `download.Got`."""

    @property
    def kind(self) -> str: ...
    @property
    def final(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def validators(self) -> Validators: ...
    @property
    def links(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one publication. `before` and `sha256` are checksums; `note` says more, `reason` why it failed."""

    id: str
    outcome: Outcome
    file: str = ""
    sha256: str = ""
    before: str = ""
    size: int = 0
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    got: Got
    part: Part
    location: str
    words: str = ""
    note: str = ""


def checksum_of(corpus: Path) -> Callable[[str], str]:
    """Return the function that gives the SHA-256 of a file below the corpus folder, "" where there is none."""

    def checksum(file: str) -> str:
        try:
            with (corpus / file).open("rb") as handle:
                return hashlib.file_digest(handle, "sha256").hexdigest()
        except OSError:
            return ""

    return checksum


def fetch(
    steps: Iterable[Step],
    corpus: Path,
    folder: Path,
    downloader: Gets,
    today: Callable[[], date],
    on: On = lambda name, done, whole: None,
) -> Iterator[Result]:
    """Carry the steps out and yield what became of each; `folder` (below `corpus`) holds the lock file.

    An address that fails leaves what was there. Raises FetchError when another fetch runs or the lock file is damaged.
    """
    with alone(folder):
        for step in steps:
            if step.action in ("kept", "no-address"):
                yield Result(step.wanted.id, _idle(step.action), step.present)
                continue
            try:
                yield _carry_out(step, corpus, folder, downloader, today().isoformat(), on)
            except FetchError as problem:
                yield Result(step.wanted.id, "failed", step.present, reason=problem.reason)


def _idle(action: Action) -> Outcome:
    return "kept" if action == "kept" else "no-address"


def _carry_out(step: Step, corpus: Path, folder: Path, downloader: Gets, day: str, on: On) -> Result:
    wanted, old = step.wanted, step.locked
    found = _get(step, folder, downloader, lambda done, whole: on(wanted.id, done, whole))
    for file in step.stale:
        _remove(corpus / file)
    if old is not None and (found is None or _same(found, step, old)):
        _renew(folder, wanted.id, replace(old, sha256=step.sha256), found, day)
        return Result(wanted.id, "unchanged", step.present, step.sha256, note=found.note if found else "")
    if found is None:
        raise FetchError("the server says that nothing changed, but nothing was here")
    file = str(PurePosixPath(wanted.file).with_suffix(f".{found.got.kind}"))
    before = step.sha256
    entry = Locked(
        file=file, address=wanted.address, location=found.location, final=found.got.final, sha256=found.got.sha256,
        size=found.got.size, fetched=day, checked=day, etag=found.got.validators.etag,
        last_modified=found.got.validators.last_modified, replaced=before, words=found.words,
    )  # fmt: skip
    # Written before the file is put in its place: after a kill in between, `replaced` says whose file lies there.
    write_lock(folder, {**read_lock(folder), wanted.id: entry})
    found.part.finish(corpus / file)
    if step.present and step.present != file:
        _remove(corpus / step.present)
    return Result(
        wanted.id, "changed" if before else "new", file, entry.sha256, before, entry.size, note=_note(step, found)
    )


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _same(found: _Found, step: Step, old: Locked) -> bool:
    """Whether what came is what lies there: the same bytes, or a web page with the same words."""
    if found.got.sha256 == step.sha256:
        return True
    return bool(found.words) and step.sha256 == old.sha256 and found.words == old.words


def _note(step: Step, found: _Found) -> str:
    notes = [found.note] if found.note else []
    if step.wanted.sha256 and step.wanted.sha256.lower() != found.got.sha256:
        notes.append("it is not the version whose SHA-256 the catalogue has")
    return "; ".join(notes)


def _renew(folder: Path, name: str, old: Locked, found: _Found | None, day: str) -> None:
    """Write down that the file was looked for again and is still the newest; nothing else changes."""
    entry = replace(old, checked=day)
    if found is not None:
        seen = found.got.validators
        entry = replace(entry, etag=seen.etag, last_modified=seen.last_modified, location=found.location)
        found.part.drop()
    write_lock(folder, {**read_lock(folder), name: entry})


def _get(step: Step, folder: Path, downloader: Gets, progress: Callable[[int, int], None]) -> _Found | None:
    """Return the fetched file, None when the server says it is unchanged; a landing page gives way to its PDF."""
    wanted, old = step.wanted, step.locked
    known = Validators(old.etag, old.last_modified) if old and step.action == "renew" else None
    kinds = frozenset({"pdf"}) if wanted.file.endswith(".pdf") else _EITHER
    part = Part(folder / PARTS / f"{wanted.id}.part")
    conditional = known if old and old.location == wanted.address else None
    got = downloader.get(wanted.address, part, kinds, conditional, progress)
    if got is None:
        return None
    if got.kind == "pdf":
        return _Found(got, part, wanted.address)
    data = part.path.read_bytes()
    page = _Found(got, part, wanted.address, words_of(data))
    behind = document_of(data, got.final, got.links)
    if not behind:
        return page
    inner = Part(folder / PARTS / f"{wanted.id}.document.part")
    try:
        document = downloader.get(
            behind, inner, frozenset({"pdf"}), known if old and old.location == behind else None, progress
        )
    except FetchError as problem:
        if old and old.file.endswith(".pdf"):
            raise  # the page must not take the place of the document that is here
        return replace(page, note=f"the page is kept, since the PDF it names failed: {problem.reason}")
    part.drop()
    return None if document is None else _Found(document, inner, behind)
