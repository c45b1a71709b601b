"""Clients that are slow, silent or deaf are closed, and keep nobody else waiting."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator

import pytest

from tests.hostile.wires import Chat, asked_throughout, limit, request, running

CLIENTS = 200
SECONDS = float(os.environ.get("ASSISTANT_SLOW_SECONDS", "15"))
"""How long the clients stay; a request may take 10 s to say what it wants."""


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    with running(tmp_path_factory.mktemp("slow")) as running_chat:
        yield running_chat


def beginning(number: int) -> bytes:
    """Return what a slow client says before it goes slow: nothing, half a head, a head without its body, a request."""
    whole = request("POST", "/api/v1/ask", b'{"question": "How did Estonia win public trust?"}')
    return (b"", whole[:30], whole[:-20], request("GET", "/config").replace(b"close", b"keep-alive"))[number % 4]


def is_open(wire: socket.socket) -> bool:
    try:
        wire.sendall(b"x")
        return True
    except OSError:
        return False


def test_two_hundred_slow_clients_keep_nobody_waiting(chat: Chat) -> None:
    wires = []
    with asked_throughout(chat):
        for number in range(CLIENTS):
            wire = socket.create_connection(("127.0.0.1", chat.port), timeout=5)
            wire.sendall(beginning(number))
            wires.append(wire)
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            time.sleep(1.0)
            for number, wire in enumerate(wires):
                if number % 4 in (1, 2):
                    is_open(wire)
    assert (chat.unanswered, chat.slowest < limit()) == ([], True), chat.slowest
    silent = [wire for number, wire in enumerate(wires) if number % 4 in (0, 1)]
    assert sum(is_open(wire) and is_open(wire) for wire in silent) == 0
    for wire in wires:
        wire.close()
