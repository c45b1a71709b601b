"""Building and refreshing the library: which reader, cutter, catalogue and encoder stand behind it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from assistant.countries import about
from assistant.errors import AssistantError, UnwritableLibrary
from assistant.model import Document, Page, Passage, Reading
from assistant.ports import Encoder, PassageReader, Reader
from assistant.settings import DEFAULT_READER, Settings
from assistant.wiring.watched import watched_questions

if TYPE_CHECKING:
    from assistant.indexing.changes import ChangeReport as ChangeReport
    from assistant.indexing.plan import FileState
    from assistant.indexing.plan import Plan as Plan
    from assistant.indexing.refresh import Event as Event
    from assistant.indexing.refresh import Workers

_log = logging.getLogger(__name__)
Model = TypeVar("Model")
_kept: list[TemporaryDirectory[str]] = []
"""Models that could not be kept beside the library; gone with the process."""


def load_encoder(settings: Settings) -> Encoder:
    """Return the encoder the settings name; the exported default one lives in the library's `encoder/` folder."""
    from assistant.indexing.encoder import load_encoder as load

    return _beside(settings, "encoder", lambda folder: load(settings, folder))


def load_reader(settings: Settings) -> Reader | None:
    """Return the reader the settings name, exported into the library's `reader/` folder; None where there is none.

    Raises EncoderError where the one set is not on this machine.
    """
    from assistant.indexing.reader import load_reader as load

    return _beside(settings, "reader", lambda folder: load(settings, folder))


def load_trained_reader(settings: Settings) -> PassageReader | None:
    """Return our own reader of all languages, exported into the library's `reader-languages/` folder, or None.

    It stands beside the default reader only: where another is set, or none, that one reads alone. Raises EncoderError.
    """
    from assistant.indexing.trained_reader import load_trained_reader as load

    return _beside(settings, "reader-languages", load) if settings.reader == DEFAULT_READER else None


def _beside(settings: Settings, name: str, load: Callable[[Path], Model]) -> Model:
    """Load a model from its folder beside the library, or from a temporary one where none can be written there."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        return load(settings.index / name)
    except UnwritableLibrary:
        if os.access(settings.index, os.W_OK) or not settings.index.is_dir():
            raise
        _log.warning("%s cannot be written: the %s is not kept there, and made again each time", settings.index, name)
        _kept.append(TemporaryDirectory(prefix="assistant-model-"))
        return load(Path(_kept[-1].name) / name)


def model_names(settings: Settings) -> tuple[str, str]:
    """Return the encoder and the reader that stand behind the settings, "none" for no reader; nothing is loaded."""
    from assistant.indexing.encoder import name_of
    from assistant.indexing.reader import reader_name

    return name_of(settings), reader_name(settings)


def is_cover(page: Page) -> bool:
    """Return whether a page is a title page: a title and few other words. It names the document and answers nothing."""
    return any(block.kind == "title" for block in page.blocks) and len(page.text.split()) <= 110 and page.number == 1


def cutter(settings: Settings, encoder: Encoder) -> Callable[[Document, Reading], tuple[Passage, ...]]:
    """Return the function that cuts a reading into passages and says what each is about."""
    from assistant.reading.passages import cut_passages

    def cut(document: Document, reading: Reading) -> tuple[Passage, ...]:
        passages = cut_passages(
            document.id,
            reading.pages,
            encoder.count_tokens,
            passage_tokens=settings.passage_tokens,
            overlap_sentences=settings.overlap_sentences,
            outline=reading.outline,
            language=document.language,
        )
        covers = {page.number for page in reading.pages[:2] if is_cover(page)}
        passages = tuple(p for p in passages if p.page not in covers) or passages
        return tuple(
            replace(p, countries=about(document.countries, p.headings, p.text, document.language)) for p in passages
        )

    return cut


def reader(settings: Settings) -> Callable[[Sequence[Path]], Iterator[tuple[Path, Reading | AssistantError]]]:
    """Return the function that reads files in parallel worker processes."""
    from assistant.reading.guard import read_many

    def read(paths: Sequence[Path]) -> Iterator[tuple[Path, Reading | AssistantError]]:
        workers = settings.workers or os.cpu_count() or 1
        yield from read_many(paths, workers=workers, seconds=settings.read_seconds, memory_mib=settings.read_memory)

    return read


def workers_of(settings: Settings, encoder: Encoder, progress: Callable[[Event], None]) -> Workers:
    """Return the functions a refresh works with; raises CatalogueError."""
    from assistant.indexing.refresh import Workers
    from assistant.reading.catalogue import describe, load_catalogue
    from assistant.reading.reader import SUFFIXES
    from assistant.reading.version import READING_VERSION

    catalogue = load_catalogue(settings.corpus / "catalogue.toml")

    def described(file: str, sha256: str, reading: Reading, taken: Sequence[str]) -> Document:
        return describe(file, sha256, reading, catalogue, taken=taken)

    def redescribed(document: Document, state: FileState) -> Document:
        if not catalogue.entry_of(state.file, state.sha256, lambda name: name == document.id):
            return replace(document, file=state.file)
        fresh = described(state.file, state.sha256, Reading(()), ())
        names: tuple[str, ...] = (
            "id",
            "file",
            "title",
            "publisher",
            "author",
            "countries",
            "kind",
            "year",
            "language",
            "licence",
        )
        names += ("address", "original_title", "official", "digest_of", "digest", "originals")
        return replace(document, **{name: getattr(fresh, name) for name in names if name not in fresh.guessed})

    return Workers(
        read=reader(settings),
        describe=described,
        redescribe=redescribed,
        cut=cutter(settings, encoder),
        encoder=encoder,
        suffixes=SUFFIXES,
        chunking=settings.chunking(),
        progress=progress,
        questions=lambda: watched_questions(settings),
        reading=READING_VERSION,
    )


def refresh_library(
    settings: Settings, *, rebuild: bool = False, progress: Callable[[Event], None] = lambda event: None
) -> ChangeReport:
    """Bring the library up to date with the corpus folder; raises LibraryError, CatalogueError or EncoderError."""
    from assistant.indexing.rebuild import rebuild as build_anew
    from assistant.indexing.refresh import refresh

    workers = workers_of(settings, late_encoder(settings), progress)
    return (build_anew if rebuild else refresh)(settings.corpus, settings.index, workers)


def late_encoder(settings: Settings) -> Encoder:
    """Return the encoder, loaded when it is first asked for a vector: a refresh that finds nothing new needs none."""
    from assistant.indexing.late_encoder import LateEncoder

    encoder: Encoder = LateEncoder(settings, lambda: load_encoder(settings))
    return encoder
