"""The chat in a process of its own, with a witness: every file it opens and every connection it makes is looked at.

    python -m tests.hostile.process PORT NOTES

`NOTES` gets a line for whatever lies outside what the chat may use; it stays empty.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
READ = (str(ROOT), sys.prefix, sys.base_prefix, "/dev/urandom", "/dev/null", "/usr/share/zoneinfo", "/usr/lib", "/lib")
CALLS = frozenset({"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.fork"})


def is_allowed(path: str, flags: int) -> bool:
    """Return whether the chat may open a path so: programs and the repository for reading, nothing for writing."""
    if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and path != "/dev/null":
        return path.endswith(".pyc") or "__pycache__" in path
    real = os.path.realpath(path)
    return any(real == place or real.startswith(place.rstrip("/") + "/") for place in READ)


def watch(notes: str) -> None:
    """Write what is not allowed to `notes` from now on, without opening anything for it."""
    out = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def seen(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = given
            if isinstance(path, str | bytes) and not is_allowed(os.fsdecode(path), int(flags or 0)):
                os.write(out, f"open {path!r} {flags}\n".encode())
        elif event in CALLS:
            os.write(out, f"{event} {given!r}\n"[:400].encode())

    sys.addaudithook(seen)


def main(port: int, notes: str) -> None:
    """Serve a small library until stopped; what loads at the start is loaded before the witness comes."""
    from assistant.chat.app import create_app, serve
    from tests.desk import MemoryDesk

    desk = MemoryDesk()
    desk.ask("How did Estonia win public trust?")
    app = create_app(desk)
    watch(notes)
    serve(app, "127.0.0.1", port)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
