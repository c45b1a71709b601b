"""`assistant index` as people see it: the plan, a progress bar with the time left, and what changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.cli.show import console, plain
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.wiring import ChangeReport, Event, Plan


def run_index(settings: Settings, rebuild: bool, dry_run: bool, if_stale: bool) -> int:
    """Refresh the library; return 0, or 1 when a file could not be read."""
    from assistant.wiring import planned, refresh_library

    if dry_run:
        show_plan(planned(settings))
        return 0
    report = refresh_library(settings, rebuild=rebuild, progress=_bar())
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    show_report(report)
    return 0 if if_stale else int(bool(report.unread))


def _bar() -> Callable[[Event], None]:
    """Return a progress function: a redrawn line in a terminal, a line for each file elsewhere."""

    def show(event: Event) -> None:
        left = event.seconds / max(1, event.documents_done) * (event.documents - event.documents_done)
        rate = event.passages / max(event.seconds, 1e-3)
        text = (
            f"{event.documents_done}/{event.documents} documents · {event.passages} passages · {rate:.0f} passages/s · "
            f"{left:.0f} s left · {plain(event.file)}"
        )
        sys.stderr.write(f"\r\x1b[2K{text[:110]}" if sys.stderr.isatty() else f"{text}\n")
        sys.stderr.flush()

    return show


def show_plan(plan: Plan) -> None:
    """Print what a refresh would do."""
    out = console()
    for name in ("new", "changed", "renamed", "retry"):
        for item in getattr(plan, name):
            state = item[0] if isinstance(item, tuple) else item
            out.print(plain(f"{name}: {state.file}"), markup=False)
    for name in (*plan.removed, *plan.forgotten):
        out.print(plain(f"removed: {name}"), markup=False)
    out.print(f"{len(plan.unchanged)} unchanged")


def show_report(report: ChangeReport) -> None:
    """Print what a refresh did."""
    out = console()
    for change in report.changes:
        counts = f"+{change.added} −{change.gone} ={change.kept} passages"
        out.print(plain(f"{change.change}: {change.file} ({counts})"), markup=False)
    for file, reason in report.unread:
        out.print(plain(f"unread: {file}: {reason}"), markup=False)
    out.print(
        f"Library revision {report.after}: {len(report.changes)} documents changed, {len(report.unread)} unread, "
        f"{report.embeddings} passages embedded in {report.seconds:.1f} s"
    )
