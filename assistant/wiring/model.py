"""Joins a language model to the desk: which one, where it runs, whether it may see the passages, who checks it."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import ModelError, SettingsError
from assistant.model import Answer, Hit, Scope, Understood
from assistant.ports import Encoder, Snapshot
from assistant.settings import Settings

if TYPE_CHECKING:
    import numpy

    from assistant.generating.check import Judge
    from assistant.generating.generate import Writes

PROVIDERS = {"openai": "openai", "ollama": "ollama", "anthropic": "anthropic", "mistral": "mistralai"}
"""What stands before the colon → LangChain's name of the provider."""
_ADDRESSES = {
    "openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "ollama": ("OLLAMA_HOST",),
    "anthropic": ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL"),
    "mistralai": ("MISTRAL_BASE_URL",),
}
_HOSTS = {"openai": "api.openai.com", "anthropic": "api.anthropic.com", "mistralai": "api.mistral.ai"}
HERE = "this machine"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A chat model the settings name: provider as LangChain calls it, name, address ('' is its default), its place."""

    provider: str
    name: str
    base_url: str
    place: str

    @property
    def local(self) -> bool:
        """Whether the passages stay on this machine."""
        return self.place == HERE


def choose_model(settings: Settings) -> ModelChoice | None:
    """Return the model the settings name, or None; raises SettingsError for a wrong name or a host not agreed to."""
    if not settings.model:
        return None
    before, colon, name = settings.model.partition(":")
    if not colon or not name or before not in PROVIDERS:
        raise SettingsError(
            f"setting 'model': wanted PROVIDER:NAME with one of {', '.join(PROVIDERS)}, got {settings.model!r}"
        )
    provider = PROVIDERS[before]
    base_url = settings.model_base_url or _address(provider)
    place = _place(provider, base_url)
    if place != HERE and not settings.allow_hosted_model:
        raise SettingsError(
            f"{settings.model} runs at {place}, outside this machine, and would be given the passages found; "
            "say --allow-hosted (or allow_hosted_model = true) when that is meant"
        )
    return ModelChoice(provider, name, base_url, place)


def _address(provider: str) -> str:
    found = next((os.environ[n] for n in _ADDRESSES.get(provider, ()) if os.environ.get(n)), "")
    return f"http://{found}" if found and "://" not in found else found


def _place(provider: str, base_url: str) -> str:
    if not base_url:
        return _HOSTS.get(provider, HERE if provider == "ollama" else provider)
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"setting 'model_base_url': wanted http://HOST:PORT/…, got {base_url!r}")
    return HERE if _loopback(parts.hostname) else parts.hostname


def _loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified


def says_who_sees(settings: Settings) -> str:
    """Return the sentence that names the model and its place, '' without a model; raises SettingsError."""
    choice = choose_model(settings)
    if choice is None:
        return ""
    from assistant.generating.tell import sees

    return sees(settings.model, choice.place)


class Wording:
    """Puts extractive answers into a model's words, checked; opened on first need."""

    def __init__(self, settings: Settings, encoder: Encoder, choice: ModelChoice) -> None:
        self.settings, self.encoder, self.choice = settings, encoder, choice

    @cached_property
    def model(self) -> Writes:
        """The chat model; raises ModelError with one sentence on what to install or set."""
        from assistant.generating.chat_model import ChatModel, Limits

        total = self.settings.model_timeout_seconds
        limits = Limits(first=total / 2, stall=total / 4, total=total)
        choice = self.choice
        return ChatModel(choice.provider, choice.name, choice.base_url, choice.local, limits)

    def word(
        self,
        understood: Understood,
        extractive: Answer,
        found: Sequence[tuple[Scope, Sequence[Hit]]],
        snapshot: Snapshot,
    ) -> Iterator[str | Answer]:
        """Yield checked statements as they come, then the answer; `found` are the searches behind the quoted one."""
        from assistant.generating.generate import Task, word

        if extractive.verdict not in ("answered", "partly") or not extractive.statements:
            yield extractive
            return
        yield from word(
            Task(
                question=understood.text,
                extractive=extractive,
                groups=groups_of(extractive, found),
                model=self.model,
                judge=judge_for(self.encoder, snapshot),
                snapshot=snapshot,
                name=self.settings.model,
                place=self.choice.place,
                seconds=self.settings.model_timeout_seconds,
                compare=understood.compare,
            )
        )


def judge_for(encoder: Encoder, snapshot: Snapshot) -> Judge:
    """Return who checks statements against this library."""
    from assistant.generating.check import Judge, default_threshold
    from assistant.searching.search import idf

    return Judge(encode_with(encoder), lambda word: idf(snapshot, word), default_threshold())


def encode_with(encoder: Encoder) -> Any:
    """Return the encoder as a function from texts to unit vectors, shape (texts, dimension)."""

    def encode(texts: Sequence[str]) -> numpy.ndarray[Any, numpy.dtype[numpy.float32]]:
        import numpy

        return numpy.stack([one.vector for one in encoder.encode_passages([""] * len(texts), texts, [()] * len(texts))])

    return encode


def groups_of(extractive: Answer, found: Sequence[tuple[Scope, Sequence[Hit]]]) -> tuple[Any, ...]:
    """Return the passages of each country that the extractive answer speaks of, those it cites first."""
    from assistant.generating.generate import Group

    groups = []
    for country in dict.fromkeys(code for s in extractive.statements for code in (s.country, *s.others)):
        hits = [hit for scope, some in found if not country or scope.countries == (country,) for hit in some]
        hits = list({hit.passage.key: hit for hit in hits}.values())
        numbers = {n for s in extractive.statements if country in (s.country, *s.others) for n in s.citations}
        cited = [c for c in extractive.citations if c.number in numbers]

        def holds(hit: Hit, cited: Sequence[Any] = tuple(cited)) -> bool:
            p = hit.passage
            return any((c.document, c.page) == (p.document, p.page) and p.start <= c.start < p.end for c in cited)

        groups.append(Group(country, tuple(sorted(hits, key=lambda hit: not holds(hit)))))
    return tuple(group for group in groups if group.hits)


def open_wording(settings: Settings, encoder: Encoder) -> Wording | None:
    """Return the wording of these settings, or None without a model; raises SettingsError and ModelError at once."""
    choice = choose_model(settings)
    if choice is None:
        return None
    wording = Wording(settings, encoder, choice)
    if wording.model is None:  # opened here, so that a missing package or key is said before a question is asked
        raise ModelError(f"{settings.model} cannot be opened")
    return wording
