"""Crash reports: what our reader failed on, in a file beside the library that can be sent to those who mend it.

A report names the file by its checksum, the page, the sort of exception, the places in the code and the versions of
the libraries. It holds no word of the document.
"""

from __future__ import annotations

import json
import platform
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.report import Fault

FOLDER = "crash-reports"
LIBRARIES = ("genomic-policy-assistant", "pypdf", "pypdfium2")


def note(index: Path, sha256: str, faults: Sequence[Fault]) -> None:
    """Write the crash report of a file that was read with faults, or take away the one of a file read without."""
    file = index / FOLDER / f"{sha256[:16]}.json"
    if not faults:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(exist_ok=True)
    said = {"file": sha256, "versions": _versions(), "faults": [asdict(fault) for fault in faults]}
    file.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def take_over(beside: Path, index: Path) -> None:
    """Put the crash reports of a library made beside in the place of the old ones."""
    shutil.rmtree(index / FOLDER, ignore_errors=True)
    if (beside / FOLDER).is_dir():
        (beside / FOLDER).rename(index / FOLDER)


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "system": platform.platform()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found
