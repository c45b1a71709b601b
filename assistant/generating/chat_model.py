"""The one file that imports LangChain's chat models: one call, streamed, bounded in time and size, cancelled properly.

The stream runs on an event loop of its own in a background thread, so that a timeout or a reader who leaves closes
the connection at once instead of waiting for the server's next byte.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import threading
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from assistant.errors import ModelError
from assistant.generating.failures import in_words, retry_seconds
from assistant.generating.prompt import SCHEMA, Prompt, Usage
from assistant.generating.spending import reported, watching_client

EXTRAS = {"openai": "openai", "ollama": "ollama", "anthropic": "anthropic", "mistralai": "mistral"}
KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY", "mistralai": "MISTRAL_API_KEY"}
_END = object()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds, and how much text to take, in characters."""

    first: float = 30.0
    stall: float = 15.0
    total: float = 60.0
    characters: int = 20_000


class ChatModel:
    """A chat model of `langchain.chat_models.init_chat_model` that writes statements for a prompt."""

    def __init__(self, provider: str, name: str, base_url: str, local: bool, limits: Limits) -> None:
        self.limits = limits
        self._model = _open(provider, name, base_url, local, limits)
        profile: Mapping[str, Any] = getattr(self._model, "profile", None) or {}
        self._ends_said = provider == "openai"  # its stream says how it ended; silence means that it broke off
        self._structured = bool(profile.get("structured_output"))

    def write(self, prompt: Prompt, seconds: float) -> Generator[str | Usage, None, None]:
        """Yield pieces of text and, where reported, one Usage; raises ModelError within `seconds`, whatever happens.

        Closing the iterator ends the call.
        """
        until = time.monotonic() + min(seconds, self.limits.total)
        retried = False
        while True:
            begun = False
            try:
                for piece in self._once(prompt, until):
                    begun = True
                    yield piece
                return
            except ModelError as problem:
                cause = problem.__cause__
                if self._structured and not begun and getattr(cause, "status_code", None) in (400, 404, 422):
                    self._structured = False  # this server does not know schemas: lines will do
                    continue
                wait = None if begun or retried else retry_seconds(cause)
                if wait is None or time.monotonic() + wait >= until:
                    raise
                time.sleep(wait)
                retried = True

    def _once(self, prompt: Prompt, until: float) -> Generator[str | Usage, None, None]:
        channel: queue.SimpleQueue[Any] = queue.SimpleQueue()
        running = asyncio.run_coroutine_threadsafe(self._pump(prompt, until, channel), _loop())
        try:
            while True:
                try:
                    piece = channel.get(timeout=max(0.0, until - time.monotonic()) + 2.0)
                except queue.Empty as problem:  # the client itself hangs: do not wait for it
                    raise ModelError("the model did not answer in time") from problem
                if piece is _END:
                    return
                if isinstance(piece, Exception):
                    raise ModelError(in_words(piece)) from piece
                yield piece
        finally:
            running.cancel()

    async def _pump(self, prompt: Prompt, until: float, channel: queue.SimpleQueue[Any]) -> None:
        """Move the stream into the channel: pieces, then _END or the exception."""
        try:
            async with asyncio.timeout_at(asyncio.get_running_loop().time() + until - time.monotonic()):
                await self._stream(prompt, channel)
        except TimeoutError:
            channel.put(ModelError("the model took too long"))
        except Exception as problem:  # whatever a provider's client raises becomes one notice
            channel.put(problem)
        else:
            channel.put(_END)

    async def _stream(self, prompt: Prompt, channel: queue.SimpleQueue[Any]) -> None:
        stream = self._runnable().astream([("system", prompt.system), ("human", prompt.user)])
        taken, reason, wait = 0, "", self.limits.first
        costs: list[float] = []
        reported.set(costs)
        usage = Usage()
        try:
            while True:
                try:
                    async with asyncio.timeout(wait):
                        chunk = await anext(stream)
                except StopAsyncIteration:
                    break
                except TimeoutError as problem:
                    raise ModelError(
                        "the model went silent midway" if taken else "the model did not begin"
                    ) from problem
                message = chunk.get("raw") if isinstance(chunk, dict) else chunk
                text, usage = _text(message), _usage(message, usage)
                reason = str((getattr(message, "response_metadata", None) or {}).get("finish_reason") or reason)
                taken += len(text)
                if taken > self.limits.characters:
                    raise ModelError("the model wrote far too much")
                if text:
                    wait = self.limits.stall
                    channel.put(text)
        finally:
            with contextlib.suppress(Exception):
                await stream.aclose()
        if reason in ("length", "max_tokens", "content_filter") or (taken and self._ends_said and not reason):
            raise ModelError("the model was cut off")
        channel.put(replace(usage, cost=costs[-1]) if costs else usage)

    def _runnable(self) -> Any:
        if self._structured:
            return self._model.with_structured_output(SCHEMA, include_raw=True)
        return self._model


def _text(message: Any) -> str:
    """Return the text of a chunk: its content, or the arguments of the call that carries a structured answer."""
    if message is None:
        return ""
    calls = getattr(message, "tool_call_chunks", None) or []
    return str(getattr(message, "text", "") or "") + "".join(str(call.get("args") or "") for call in calls)


def _usage(message: Any, before: Usage) -> Usage:
    counted = getattr(message, "usage_metadata", None) or {}
    raw = (getattr(message, "response_metadata", None) or {}).get("token_usage") or {}
    cost = raw.get("cost", before.cost)
    return Usage(
        counted.get("input_tokens", before.input_tokens),
        counted.get("output_tokens", before.output_tokens),
        float(cost) if isinstance(cost, int | float) else None,
    )


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """Return the background event loop that every call shares, so that connections are kept."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
    return loop


def _open(provider: str, name: str, base_url: str, local: bool, limits: Limits) -> Any:
    """Return the chat model; raises ModelError with one sentence on what to install or set."""
    # Tracing would send passages elsewhere; this process never does.
    os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
    extra = EXTRAS.get(provider, provider)
    try:
        from langchain.chat_models import init_chat_model

        return init_chat_model(name, model_provider=provider, **_arguments(provider, base_url, local, limits))
    except ImportError as problem:
        raise ModelError(
            f'the package for {provider} models is missing: pip install "genomic-policy-assistant[{extra}]"'
        ) from problem
    except Exception as problem:
        key = KEYS.get(provider, "")
        if key and not os.environ.get(key):
            raise ModelError(f"{provider} models need a key: set {key} in the environment") from problem
        raise ModelError(f"the model {provider}:{name} cannot be opened: {in_words(problem)}") from problem


def _arguments(provider: str, base_url: str, local: bool, limits: Limits) -> dict[str, Any]:
    """Return what the provider's class is made with. A local server gets no proxy, no redirect and needs no key."""
    arguments: dict[str, Any] = {"temperature": 0.0}
    if base_url:
        arguments["base_url"] = base_url
    if provider == "ollama":
        arguments["client_kwargs"] = {"timeout": limits.total, "follow_redirects": False, "trust_env": not local}
        return arguments
    arguments |= {"timeout": limits.total, "max_retries": 0}
    if provider == "openai":
        arguments |= {"stream_usage": True, "stream_chunk_timeout": None}
        if base_url:
            arguments["use_responses_api"] = False
        arguments["http_async_client"] = watching_client(local)
        if local and not os.environ.get("OPENAI_API_KEY"):
            arguments["api_key"] = "none"
    return arguments
