"""Which official publications to ask for, and how. Pure: what the catalogue, the lock and the folder say goes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from assistant.errors import SettingsError
from assistant.fetching.lock import Locked

Action = Literal["fetch", "renew", "kept", "no-address"]
"""Fetch it · ask whether it changed · a file of somebody else lies there, leave it · nobody knows where it is."""
FORMS = (".pdf", ".html")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An official publication as the catalogue has it; `file` is its path below the corpus folder."""

    id: str
    title: str
    file: str
    address: str
    kind: str = "other"
    countries: tuple[str, ...] = ()
    licence: str = ""
    verified: bool = False
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do about one publication.

    `present` is the path below the corpus folder of the file that lies there, `sha256` its checksum; `stale` are files
    of the version before, which a kill left beside it.
    """

    wanted: Wanted
    action: Action
    present: str = ""
    locked: Locked | None = None
    sha256: str = ""
    stale: tuple[str, ...] = ()


def choose(
    all_of_them: Sequence[Wanted], countries: Sequence[str] = (), kinds: Sequence[str] = (), ids: Sequence[str] = ()
) -> list[Wanted]:
    """Return the publications that every given filter allows; raises SettingsError naming an id that is not there."""
    known = {item.id for item in all_of_them}
    for name in ids:
        if name not in known:
            raise SettingsError(f"--id: the catalogue has no official publication {name!r}")
    return [
        item
        for item in all_of_them
        if (not ids or item.id in ids)
        and (not kinds or item.kind in kinds)
        and (not countries or set(countries) & set(item.countries))
    ]


def forms_of(file: str) -> tuple[str, ...]:
    """Return the paths a publication may have: the catalogue's, then the same name with the other suffix."""
    path = PurePosixPath(file)
    return (file, *(str(path.with_suffix(form)) for form in FORMS if path.suffix != form))


def make_steps(
    chosen: Sequence[Wanted], lock: Mapping[str, Locked], checksum: Callable[[str], str]
) -> tuple[Step, ...]:
    """Return a step for each publication; `checksum(file)` is the SHA-256 of a file of the corpus, "" for none.

    A file that was not fetched, or was changed by hand since, is never replaced.
    """
    return tuple(_step(item, lock.get(item.id), checksum) for item in chosen)


def _step(item: Wanted, locked: Locked | None, checksum: Callable[[str], str]) -> Step:
    found = [(file, sha256) for file in forms_of(item.file) if (sha256 := checksum(file))]
    stale: tuple[str, ...] = ()
    if locked is not None and len(found) > 1:
        newest = [pair for pair in found if pair[1] == locked.sha256]
        others = [pair for pair in found if pair[1] != locked.sha256]
        if len(newest) == 1 and all(sha256 == locked.replaced for _, sha256 in others):
            found, stale = newest, tuple(file for file, _ in others)
    file, sha256 = found[0] if found else ("", "")
    if not item.address:
        return Step(item, "no-address", file)
    if not found:
        return Step(item, "fetch")
    if locked is None or len(found) > 1 or sha256 not in (locked.sha256, locked.replaced):
        return Step(item, "kept", file)
    same = sha256 == locked.sha256 and item.address == locked.address
    return Step(item, "renew" if same else "fetch", file, locked, sha256, stale)
