"""The measuring of large libraries, joined to the rooms it measures."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.ports import Snapshot
from assistant.settings import Settings
from assistant.wiring import OpenDesk, known_of, open_desk

if TYPE_CHECKING:
    from assistant.evaluation.scale import Tools


def run_scale(
    settings: Settings, gold: Path, sizes: Sequence[int], folder: Path | None, reports: Path, say: Callable[[str], None]
) -> str:
    """Grow invented libraries like the one in `settings.index`, measure each size, write the report and return it.

    In a folder that is given the library is kept and grown further; otherwise it is deleted at the end.
    """
    from assistant.evaluation.scale import Measured, machine, run
    from assistant.evaluation.scale_report import keep, kept, write_report

    def done(measured: Measured) -> None:
        say(f"{measured.passages} passages: " + ", ".join(f"{n} {v:.4g}" for n, v in measured.figures.items()))
        keep(measured, reports / "scale")

    with tempfile.TemporaryDirectory() as work:
        run(folder or Path(work) / "index", sizes, tools_of(settings, gold), done)
    return write_report(kept(reports / "scale"), reports / "scale.md", machine())


def tools_of(settings: Settings, gold: Path) -> Tools:
    """Return what the measuring needs of the other rooms."""
    from assistant.evaluation.gold import load_gold
    from assistant.evaluation.scale import Tools
    from assistant.indexing import invent, lexical
    from assistant.understanding.question import understand

    desk = open_desk(settings)
    known = known_of(desk.snapshot())
    asked = [q.question for q in load_gold(gold)[0] if not q.history and '"' not in q.question]
    understood = [(text, understand(text, (), known)) for text in asked]

    def grow(index: Path, passages: int) -> int:
        if not index.exists():
            shutil.copytree(settings.index / "encoder", index / "encoder")
        return invent.grow(index, settings.index, passages)

    return Tools(
        grow=grow,
        replace_one=lambda index, number: invent.replace_one(index, settings.index, number),
        open_desk=lambda index: OpenDesk(replace(settings, index=index)),
        open_snapshot=_open_snapshot,
        vectors=_vectors,
        encode=desk.encoder.encode_query,
        own_words=lambda texts: lexical.build(("en", text) for text in texts).frequency,
        plain=[text for text, u in understood if u.countries is None and not u.all_countries and not u.help],
        everywhere=[text for text, u in understood if u.all_countries],
        corpus=settings.corpus,
    )


def _open_snapshot(index: Path) -> Snapshot:
    from assistant.indexing.snapshot import LibrarySnapshot

    found: Snapshot = LibrarySnapshot(index)
    return found


def _vectors(index: Path) -> Any:
    from assistant.indexing.segments import all_vectors

    return all_vectors(index)
