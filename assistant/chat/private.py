"""Gradio's own temporary folder: nobody else may look into it, and nothing stays in it. The screen never fills it."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path


def private_folder() -> Path:
    """Return the folder of this user, emptied, for this user only; a new one where the name is taken by others."""
    owner = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    place = Path(tempfile.gettempdir()) / f"assistant-chat-{owner}"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        known = place.lstat()
        if not stat.S_ISDIR(known.st_mode) or (hasattr(os, "getuid") and known.st_uid != os.getuid()):
            raise FileExistsError(place)
        place.chmod(0o700)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="assistant-chat-"))
    empty(place)
    return place


def empty(place: Path) -> None:
    """Take out what lies in a folder; what cannot be taken out stays."""
    for item in place.iterdir() if place.is_dir() else ():
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item, ignore_errors=True)
        else:
            item.unlink(missing_ok=True)
