"""Kill −9 at every write point and at random moments; `make torture` does it a thousand times."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_two_hundred_kills_leave_the_library_whole() -> None:
    command = [sys.executable, "-m", "tests.durability.torture", "--kills", "200"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    assert result["at write points"] == sum(result["write points"].values()) >= 150
    assert result["at random moments"] >= 50
    assert min(result["write points"].values()) >= 20
