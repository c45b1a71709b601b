"""What readers said of answers, kept beside the library, one JSON object a line. It names pages and quotes nothing."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FILE = "feedback.jsonl"
LARGEST_BYTES = 8 << 20
_lock = threading.Lock()


def keep(index: Path, said: Mapping[str, Any]) -> bool:
    """Add what was said; False where the file has grown so large that nobody reads it any more."""
    line = (json.dumps(said, ensure_ascii=False) + "\n").encode()
    with _lock:
        opened = os.open(index / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(opened).st_size + len(line) > LARGEST_BYTES:
                return False
            os.write(opened, line)
        finally:
            os.close(opened)
    return True


def kept(index: Path) -> Sequence[Mapping[str, Any]]:
    """Return what was said, oldest first; lines that are none are left out."""
    try:
        lines = (index / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            data = json.loads(line)
        except ValueError:
            continue
        if isinstance(data, dict):
            found.append(data)
    return found
