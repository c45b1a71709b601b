"""The chat has no login, so it listens to other machines only when that is said aloud."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.cli.show import where_it_will_be


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2"])
def test_an_address_others_reach_needs_to_be_meant(host: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "chat", "--host", host], capture_output=True, text=True, timeout=120
    )
    assert done.returncode != 0
    assert "add --open" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_addresses_said_can_be_visited_and_who_else_can_is_said() -> None:
    assert where_it_will_be("127.0.0.1", 7860, False) == [
        "Opening the library … the chat will be at http://127.0.0.1:7860"
    ]
    for host in ("0.0.0.0", "::"):
        said = "\n".join(where_it_will_be(host, 7860, True))
        assert "http://127.0.0.1:7860" in said
        assert f"http://{host}" not in said
        assert "Warning: the chat has no login" in said
    assert where_it_will_be("fd00::1", 7860, True)[0].endswith("http://[fd00::1]:7860")
