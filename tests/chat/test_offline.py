"""The screen on a machine without any network: it starts, is fetched whole, and answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import fcntl, re, socket, struct
import httpx
from assistant.chat.app import create_app
from tests.chat.conftest import served
from tests.desk import MemoryDesk

with socket.socket() as wire:  # the loopback of an empty network is down: flags IFF_UP and IFF_RUNNING bring it up
    fcntl.ioctl(wire, 0x8914, struct.pack("16sH14s", b"lo", 0x41, b""))
with socket.socket() as probe:
    probe.settimeout(2)
    assert probe.connect_ex(("192.0.2.1", 80)) != 0
with served(create_app(MemoryDesk())) as base:
    front = httpx.get(base).text
    parts = set(re.findall(r'(?:src|href)="(\\./[^"]+[.](?:js|css))"', front))
    assert parts and all(httpx.get(f"{base}/{part}").status_code == 200 for part in parts)
    print(httpx.post(f"{base}/api/v1/ask", json={"question": "How did Estonia win public trust?"}).json()["verdict"])
"""


def test_everything_works_without_a_network() -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        pytest.skip("this machine cannot make an empty network (unshare -rn)")
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip().splitlines()[-1:] == ["answered"], done.stderr[-2000:]
