"""What a call cost, as some OpenAI-compatible servers report it in the stream; the client library drops that field."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Any

reported: ContextVar[list[float] | None] = ContextVar("reported", default=None)
"""Where the running call collects the costs it sees."""

_COST = re.compile(rb'(?<!\\)"cost"\s*:\s*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*[,}]')


def watching_client(local: bool) -> Any:
    """Return an HTTP client for openai that notes reported costs; a local one takes no proxy and no redirect."""
    import openai

    return openai.DefaultAsyncHttpxClient(
        trust_env=not local, follow_redirects=not local, event_hooks={"response": [_watch]}
    )


async def _watch(response: Any) -> None:
    sink = reported.get()
    if sink is not None:
        response.stream = _watched(response.stream, sink)


def _watched(stream: Any, sink: list[float]) -> Any:
    """Return the stream as one of its own kind that looks at the bytes passing by."""

    class Watched(type(stream).__mro__[1]):  # type: ignore[misc]  # the client's abstract stream, whichever it uses
        async def __aiter__(self) -> AsyncIterator[bytes]:
            tail = b""
            async for block in stream:
                tail += block
                found = list(_COST.finditer(tail))
                sink.extend(float(match.group(1)) for match in found)
                tail = tail[found[-1].end() :] if found else tail[-64:]
                yield block

        async def aclose(self) -> None:
            await stream.aclose()

    return Watched()
