"""The process that reads: files from outside never meet pypdf or pdfium inside the chat or the command line.

It takes jobs on standard input and answers on standard output, each message a length, a JSON head and raw bytes
(no pickle). It limits its own memory and processor time where the system can, has no network, and ends when its
parent is gone.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from assistant.errors import UnreadableDocument
from assistant.model import Block, Page, Reading
from assistant.reading.faults import fault_of
from assistant.reading.limits import seconds_for
from assistant.report import Fault, report_from

_HEAD = struct.Struct(">I")
LARGEST_HEAD = 1 << 30
LARGEST_FILE = 1 << 30
"""Bytes of any file a reader may write: only members taken out of an archive are written at all."""


def send(pipe: BinaryIO, head: dict[str, Any], blobs: list[bytes]) -> None:
    """Write one message; the head gains "sizes", the length of each blob."""
    data = json.dumps({**head, "sizes": [len(blob) for blob in blobs]}).encode()
    pipe.write(_HEAD.pack(len(data)) + data + b"".join(blobs))
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Read one message; raises EOFError when the other side is gone."""
    (length,) = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    if length > LARGEST_HEAD:
        raise EOFError("not a message")
    head = json.loads(_exactly(pipe, length))
    return head, [_exactly(pipe, size) for size in head["sizes"]]


def _exactly(pipe: BinaryIO, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = pipe.read(size - len(data))
        if not part:
            raise EOFError("the other side is gone")
        data += part
    return bytes(data)


def to_message(reading: Reading) -> tuple[dict[str, Any], list[bytes]]:
    """Return a reading as a JSON head and the geometry of each page."""
    head = asdict(reading)
    blobs = [page.pop("geometry") for page in head["pages"]]
    return head, blobs


def from_message(head: dict[str, Any], blobs: list[bytes]) -> Reading:
    """Return the reading that `to_message` wrote."""
    pages = []
    for page, geometry in zip(head["pages"], blobs, strict=True):
        found = ({**block, "lead": tuple(block["lead"]) if block["lead"] else None} for block in page["blocks"])
        blocks = tuple(Block(**block) for block in found)
        pages.append(Page(**{**page, "blocks": blocks, "geometry": geometry}))
    outline = tuple((int(level), str(title), int(number)) for level, title, number in head["outline"])
    warnings, report = tuple(head["warnings"]), report_from(head["report"])
    faults = tuple(Fault(fault["page"], fault["error"], tuple(fault["where"])) for fault in head["faults"])
    return Reading(
        tuple(pages), head["title"], head["author"], head["created"], head["language"], outline, warnings, report,
        faults,
    )  # fmt: skip


def main() -> None:
    """Answer jobs until standard input ends. Argument: the memory limit in MiB."""
    out = os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # whatever a library prints must not reach the answers
    _limit_memory(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    _leave_network()
    while True:
        try:
            job, _ = receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            _limit_time(float(job["seconds"]))
            head, blobs = _do(job, partial(_started, out, float(job["seconds"])))
        except UnreadableDocument as problem:
            head, blobs = {"error": problem.reason}, []
        except MemoryError:
            head, blobs = {"error": "it needs more memory than allowed", "full": True}, []
        except Exception as problem:  # one file must not end the batch
            fault = fault_of(problem)
            reason = f"the reader failed on it, which is our fault ({fault.error} in {fault.where[-1]})"
            head, blobs = {"error": reason, "failed": True}, []
        send(out, head, blobs)


def _started(out: BinaryIO, seconds: float, pages: int) -> None:
    """Tell the other side of a document of many pages, and allow the time for it."""
    more = seconds_for(pages, seconds)
    if more > seconds:
        _limit_time(more)
        send(out, {"started": pages}, [])


def _do(job: dict[str, Any], started: Callable[[int], None]) -> tuple[dict[str, Any], list[bytes]]:
    path = Path(job["path"])
    if job["do"] == "render":
        from assistant.reading.paint import render_page

        boxes = [(float(a), float(b), float(c), float(d)) for a, b, c, d in job["boxes"]]
        return {}, [render_page(path, int(job["number"]), boxes, float(job["scale"]))]
    from assistant.reading.reader import read_document, read_simply

    if job["do"] == "simply":
        return to_message(read_simply(path, str(job["why"])))
    return to_message(read_document(path, float(job["seconds"]), started))


def _leave_network() -> None:
    """Cut this process and its children off the network where Linux lets it, and Python's sockets everywhere."""
    import socket

    def refuse(*arguments: Any, **named: Any) -> Any:
        raise OSError("a reader has no network")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.create_connection = refuse
    socket.getaddrinfo = refuse
    if sys.platform == "linux":
        import ctypes

        library = ctypes.CDLL(None, use_errno=True)
        new_network, new_user = 0x40000000, 0x10000000
        if library.unshare(new_network) != 0:
            library.unshare(new_user | new_network)


def _limit_memory(mebibytes: int) -> None:
    if mebibytes > 0 and os.name == "posix":
        import resource

        if sys.platform != "darwin":  # macOS refuses or ignores it
            resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def _limit_time(seconds: float) -> None:
    """Allow this many seconds of processor time from now; the system ends the process after them."""
    if os.name == "posix":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + seconds + 2)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (limit if most < 0 else min(limit, most), most))


if __name__ == "__main__":
    main()
