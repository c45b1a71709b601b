"""Cited answers from the documents of genomic-medicine policy.

    from assistant import open_library

    library = open_library("corpus")
    answer = library.ask("How did Estonia win public trust?")
    print(answer.text)

Nothing is imported before it is asked for: `import assistant` loads this file alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.doors.filters import Filters
    from assistant.doors.library import Library, open_library
    from assistant.errors import AssistantError
    from assistant.evidence import Matrix
    from assistant.model import Answer, Citation, Document, Hit, Page, Passage, Statement

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "AssistantError",
    "Citation",
    "Document",
    "Filters",
    "Hit",
    "Library",
    "Matrix",
    "Page",
    "Passage",
    "Statement",
    "__version__",
    "open_library",
]
_PLACES = {
    "AssistantError": "errors",
    "Filters": "doors.filters",
    "Library": "doors.library",
    "Matrix": "evidence",
    "open_library": "doors.library",
}
"""Where each name is, below this package; what is not listed is in `model`."""


def __getattr__(name: str) -> Any:
    """Return a public name, its module imported now; raises AttributeError for any other."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'model')}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
