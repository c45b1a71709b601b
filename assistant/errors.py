"""Every error the assistant raises on purpose, as one tree.

    AssistantError
    ├── SettingsError            a setting or an argument is not usable
    ├── CatalogueError           an entry of corpus/catalogue.toml is wrong (entry and field named)
    ├── QuestionError            a line of a batch or a gold file cannot be used
    ├── GridError                a grid of questions is wrong (file and place named)
    ├── FetchError               an official document cannot be fetched; the others go on
    ├── UnreadableDocument       one file cannot be read; the batch goes on
    ├── LibraryError             the library on disk cannot be used
    │   ├── NoLibrary            there is none yet
    │   ├── StaleLibrary         other encoder, chunking or format: names the command that rebuilds
    │   ├── DamagedLibrary       a check failed
    │   ├── ChangedDocument      a file is no longer what the library has read
    │   ├── LibraryBusy          another process writes
    │   └── UnwritableLibrary    the disk is full or fails; the library is as the last finished document left it
    ├── EncoderError             the embedding model cannot be loaded or is not the one expected
    ├── ModelError               the language model is missing, down or talks nonsense
    └── GateError                an evaluation fell below its baseline

Only the command line and the chat turn these into words for people.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Root of the tree. `str(error)` is one sentence a person can act on."""


class SettingsError(AssistantError):
    """A setting or an argument is not usable."""


class CatalogueError(AssistantError):
    """An entry of the catalogue is wrong."""

    def __init__(self, entry: str, field: str, problem: str) -> None:
        super().__init__(f"catalogue entry {entry!r}, field {field!r}: {problem}")
        self.entry, self.field, self.problem = entry, field, problem


class QuestionError(AssistantError):
    """A line of a batch or of a gold file cannot be used."""


class GridError(AssistantError):
    """A grid of questions for the evidence matrix is wrong; `place` names the line or the field, or is ''."""

    def __init__(self, file: str, place: str, problem: str) -> None:
        super().__init__(f"grid {file}{f', {place}' if place else ''}: {problem}")
        self.file, self.place, self.problem = file, place, problem


class UnreadableDocument(AssistantError):
    """One file cannot be read. `reason` is plain words; the rest of the batch goes on."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"cannot read {file}: {reason}")
        self.file, self.reason = file, reason


class FetchError(AssistantError):
    """An official document cannot be fetched. `again` says whether another try may help, `wait` after how many seconds.

    What lay in the corpus folder before stays there.
    """

    def __init__(self, reason: str, *, again: bool = False, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.again, self.wait = reason, again, wait


class LibraryError(AssistantError):
    """The library on disk cannot be used."""


class NoLibrary(LibraryError):
    """There is no library yet."""


class StaleLibrary(LibraryError):
    """The library was made with another encoder, chunking or format."""


class DamagedLibrary(LibraryError):
    """A check of the library failed."""


class ChangedDocument(LibraryError):
    """A document's file is no longer what the library has read: its lines and boxes belong to the file before."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} has changed since the library read it; assistant index takes in the new one")
        self.file = file


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""


class UnwritableLibrary(LibraryError):
    """The disk is full, fails or refuses; the library stays as the last finished document left it."""


class EncoderError(AssistantError):
    """The embedding model cannot be loaded, or is not the one expected."""


class ModelError(AssistantError):
    """The language model is missing, down or talks nonsense."""


class GateError(AssistantError):
    """An evaluation fell below its baseline."""
