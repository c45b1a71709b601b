"""`assistant index` as people see it: the plan, a progress bar with the time left, and what changed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.cli.show import console, plain
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.wiring import ChangeReport, Event, Plan


def run_index(settings: Settings, rebuild: bool) -> int:
    """Refresh the library and return the exit code: the worst of what was met.

    0: all was read; 1: a file could not be read; 3: a page could not; 4: a page was read simply, without its layout.
    """
    from assistant.wiring import model_names, passed_over, refresh_library

    if not (settings.index / "library.sqlite3").exists():
        print("encoder {}, reader {}".format(*model_names(settings)))
    report = refresh_library(settings, rebuild=rebuild, progress=_bar())
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    show_report(report)
    if passed := passed_over(settings):
        print(f"passed over: {len(passed)} of the folder's files (assistant status says why, and what to do)")
    if report.unread:
        return 1
    if any(trouble.unreadable for trouble in report.pages):
        return 3
    return 4 if report.pages else 0


def run_plan(settings: Settings) -> int:
    """Show what a refresh would do; return 0."""
    from assistant.wiring import planned

    show_plan(planned(settings))
    return 0


def run_watch(settings: Settings) -> int:
    """Refresh at once and whenever the folder changes, until interrupted; return 0."""
    from assistant.wiring import watch_library

    stop = threading.Event()
    print(f"Watching {settings.corpus}; stop with Ctrl-C", flush=True)
    try:
        for report in watch_library(settings, stop, _bar()):
            show_report(report)
            sys.stdout.flush()
    except KeyboardInterrupt:
        stop.set()
    return 0


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
    words = {"new": "new", "changed": "changed", "renamed": "renamed", "metadata": "metadata", "retry": "tried again"}
    for name, word in words.items():
        for item in getattr(plan, name):
            state = item[0] if isinstance(item, tuple) else item
            due = state.file in plan.due
            said = f"due, the reading code is newer: {state.file}" if due else f"{word}: {state.file}"
            out.print(plain(said), markup=False)
    for name in (*plan.removed, *plan.forgotten):
        out.print(plain(f"removed: {name}"), markup=False)
    out.print(f"{len(plan.unchanged)} unchanged")


def show_report(report: ChangeReport) -> None:
    """Print what a refresh did."""
    from assistant.wiring import report_lines

    out = console()
    for line in report_lines(report):
        out.print(plain(line), markup=False)
