"""Joins the catalogue with the room that fetches: what is official in it, where it goes, and who downloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.fetching.fetch import On as On
    from assistant.fetching.fetch import Result as Result
    from assistant.fetching.plan import Step as Step

FOLDER = "official"
AGENT = "genomic-policy-assistant/{} (assistant fetch; one reader's copy)"


def fetch_steps(
    settings: Settings, countries: Sequence[str] = (), kinds: Sequence[str] = (), ids: Sequence[str] = ()
) -> tuple[Step, ...]:
    """Return what a fetch would do, asking nobody; raises CatalogueError, SettingsError or FetchError."""
    from assistant.fetching.fetch import checksum_of
    from assistant.fetching.lock import read_lock
    from assistant.fetching.plan import Wanted, choose, make_steps
    from assistant.reading.catalogue import address_of, load_catalogue

    wanted = [
        Wanted(
            id=entry["id"],
            title=entry["title"],
            file=entry["file"],
            address=address_of(entry),
            kind=entry["kind"],
            countries=tuple(entry.get("countries", ())),
            licence=entry.get("licence", ""),
            verified=entry.get("verified", False),
            sha256=entry.get("sha256", ""),
        )
        for entry in load_catalogue(settings.corpus / "catalogue.toml").entries
        if entry.get("official") and entry.get("file")
    ]
    lock = read_lock(settings.corpus / FOLDER)
    return make_steps(choose(wanted, countries, kinds, ids), lock, checksum_of(settings.corpus))


def fetch_documents(settings: Settings, steps: Sequence[Step], on: On, version: str) -> Iterator[Result]:
    """Carry the steps out and yield what became of each; raises FetchError when another fetch runs."""
    from assistant.fetching.download import MIB, Downloader, Limits
    from assistant.fetching.fetch import fetch
    from assistant.reading.sniff import sniff

    with Downloader(AGENT.format(version), sniff, Limits(size=settings.largest_file * MIB)) as downloader:
        yield from fetch(
            steps, settings.corpus, settings.corpus / FOLDER, downloader, lambda: datetime.now(UTC).date(), on
        )
