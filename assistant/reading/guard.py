"""Reading with limits: a file that hangs, eats memory or crashes the reader costs one worker process, not the batch.

What a worker fails on is tried once more for its bare text, which needs little of either; else it is unread.

Importing this module is light: pypdf and pdfium are only ever loaded in the worker.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.archives import archive_of
from assistant.errors import UnreadableDocument
from assistant.geometry import Box
from assistant.model import Reading
from assistant.reading.limits import seconds_for
from assistant.reading.worker import from_message, receive, send

LARGEST_MIB = 200
RECYCLE_AFTER = 40
PATIENCE = 2.0 if os.name == "posix" else 1.0
"""How many times its seconds a job may take by the clock. Where the system counts a worker's own processor time and
ends it after the seconds, a busy machine is no fault of the file; the clock is only for what waits without working."""
SIMPLE_SECONDS = 20.0
"""Most seconds for the bare text of a file whose reading failed or took too long."""
_START_SECONDS = 15.0


class _Stopped(UnreadableDocument):
    """The reader itself failed, ended or was ended: the file may still be read in a simpler way."""


class _Alarm:
    """Kills a process after so many seconds unless it is stopped; can be set anew."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process, self.rang = process, False
        self.set(seconds)

    def set(self, seconds: float) -> None:
        self.stop()
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        if hasattr(self, "_timer"):
            self._timer.cancel()

    def _ring(self) -> None:
        self.rang = True
        self._process.kill()


class _Worker:
    """One worker process, started when first needed and again after it was ended. One job at a time."""

    def __init__(self, memory_mib: int) -> None:
        self._memory = memory_mib
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs = 0
        self._lock = threading.Lock()

    def ask(self, job: dict[str, Any], seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        """Return the answer to a job; raises UnreadableDocument if there is none in time."""
        name = Path(job["path"]).name
        with self._lock:
            process = self._start()
            # A worker's first job pays for its start, which on a busy machine is no fault of the file.
            alarm = _Alarm(process, PATIENCE * seconds + (_START_SECONDS if self._jobs == 0 else 0.0))
            try:
                assert process.stdin is not None and process.stdout is not None
                send(process.stdin, {**job, "seconds": seconds}, [])  # type: ignore[arg-type]
                head, blobs = receive(process.stdout)  # type: ignore[arg-type]
                if "started" in head:  # told once, before the answer, by a document of many pages
                    seconds = seconds_for(int(head["started"]), seconds)
                    alarm.set(PATIENCE * seconds)
                    head, blobs = receive(process.stdout)  # type: ignore[arg-type]
            except (EOFError, OSError, ValueError) as problem:
                self._stop()
                raise _Stopped(name, _why(process, alarm.rang, seconds)) from problem
            except BaseException:
                self._stop()  # an interrupted wait must not leave an answer for the next job
                raise
            finally:
                alarm.stop()
            self._jobs += 1
            if head.get("full") or self._jobs >= RECYCLE_AFTER:
                self._stop()
        if "error" in head:
            own = head.get("full") or head.get("failed")
            raise (_Stopped if own else UnreadableDocument)(name, head["error"])
        return head, blobs

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            root = str(Path(__file__).resolve().parents[2])
            paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "assistant.reading.worker", str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"},
                start_new_session=os.name == "posix",
            )
            self._jobs = 0
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


def _why(process: subprocess.Popen[bytes], expired: bool, seconds: float) -> str:
    process.kill()
    code = process.wait()
    if expired or code == -24:  # SIGXCPU
        return f"it takes longer than {seconds:g} seconds to read"
    return "the reader stopped on it (damaged or hostile file)"


def read_guarded(
    path: Path, *, seconds: float = 60.0, memory_mib: int = 2048, largest_mib: int = LARGEST_MIB
) -> Reading:
    """Return the reading of a file, read in a process of its own with limits; raises UnreadableDocument."""
    worker = _Worker(memory_mib)
    try:
        return _read(worker, path, seconds, largest_mib)
    finally:
        worker.close()


def read_many(
    paths: Iterable[Path],
    *,
    workers: int = 0,
    seconds: float = 60.0,
    memory_mib: int = 2048,
    largest_mib: int = LARGEST_MIB,
) -> Iterator[tuple[Path, Reading | UnreadableDocument]]:
    """Yield (path, reading or why not) in the order in which files are done; `workers` 0 means one per core."""
    files = list(paths)
    count = max(1, min(workers or os.cpu_count() or 1, len(files)))
    pool = [_Worker(memory_mib) for _ in range(count)]
    idle = list(pool)

    def read(path: Path) -> Reading | UnreadableDocument:
        worker = idle.pop()
        try:
            return _read(worker, path, seconds, largest_mib)
        except UnreadableDocument as problem:
            return problem
        finally:
            idle.append(worker)

    threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
    try:
        # Only a few readings wait for the taker: embedding is slower than reading, and a corpus may be large.
        jobs: dict[Future[Reading | UnreadableDocument], Path] = {}
        ahead = iter(files)
        while True:
            for path in islice(ahead, 2 * count - len(jobs)):
                jobs[threads.submit(read, path)] = path
            if not jobs:
                return
            for job in wait(jobs, return_when=FIRST_COMPLETED).done:
                yield jobs.pop(job), job.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in pool:
            process = worker._process
            if process is not None:
                process.kill()  # frees a thread that still waits for it
            worker.close()


def _read(worker: _Worker, path: Path, seconds: float, largest_mib: int) -> Reading:
    place = archive_of(path)
    try:
        size = (place[0] if place else path).stat().st_size
    except OSError as problem:
        raise UnreadableDocument(path.name, f"the file cannot be opened ({problem.strerror or problem})") from problem
    if size == 0 and path.is_file():
        raise UnreadableDocument(path.name, "the file is empty")
    if size > largest_mib << 20:
        raise UnreadableDocument(path.name, f"it is too large ({size / 2**20:.0f} MiB, at most {largest_mib})")
    file = str(path.resolve())
    try:
        return from_message(*worker.ask({"do": "read", "path": file}, seconds))
    except _Stopped as problem:
        try:
            job = {"do": "simply", "path": file, "why": problem.reason}
            return from_message(*worker.ask(job, min(seconds, SIMPLE_SECONDS)))
        except UnreadableDocument:
            raise UnreadableDocument(path.name, problem.reason) from problem


_renderer = _Worker(2048)
atexit.register(_renderer.close)


def render_guarded(
    path: Path, number: int, boxes: Iterable[Box] = (), scale: float = 1.5, *, seconds: float = 10.0
) -> bytes:
    """Return page `number` (from 1) as PNG bytes with the boxes marked, drawn by one warm worker process.

    Raises UnreadableDocument; a drawing that hangs ends the worker, and the next call starts a new one.
    """
    marks = [list(box) for box in boxes]
    job = {"do": "render", "path": str(path.resolve()), "number": number, "boxes": marks, "scale": scale}
    return _renderer.ask(job, seconds)[1][0]
