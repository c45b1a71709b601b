"""The figures of the latest evaluation as they are recorded beside the corpus."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def recorded(folder: Path) -> Mapping[str, Any] | None:
    """Return `other_hands` (figures by set) and `sets` (our own questions); None where nothing is recorded."""
    others = _read(folder / "other-hands.json").get("figures")
    found = {"other_hands": others, "sets": _read(folder / "baseline.json")}
    kept = {name: value for name, value in found.items() if isinstance(value, dict) and value}
    return kept or None


def _read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
