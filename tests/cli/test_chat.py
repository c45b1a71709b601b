"""The chat has no login, so it listens to other machines only when that is said aloud."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2"])
def test_an_address_others_reach_needs_to_be_meant(host: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "chat", "--host", host], capture_output=True, text=True, timeout=120
    )
    assert done.returncode != 0
    assert "add --open" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
