"""Work in a thread for a task that waits: it ends when the task does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from assistant.asker import asked_by

T = TypeVar("T")


async def in_thread(work: Callable[[], T], *, leave: bool = True) -> T:
    """Do the work in a thread; where the task is cancelled the work ends at its next step (`asker.go_on`).

    With `leave` False the task waits for the work even then: it writes.
    """
    from anyio import to_thread

    left = threading.Event()

    def run() -> T:
        with asked_by(lambda: not left.is_set()):
            return work()

    try:
        return await to_thread.run_sync(run, abandon_on_cancel=leave)
    finally:
        left.set()
