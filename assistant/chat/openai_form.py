"""The library in the form of OpenAI's chat API: existing chat front ends can ask it, and keep its proofs.

The question is the last message of the reader, those before it are the history; a system prompt changes nothing, for
the words are the documents' own. References stand in the text and as annotations, each with the address of its page.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.bounds import (
    LONGEST_MESSAGE,
    LONGEST_NAME,
    LONGEST_QUESTION,
    MOST_HISTORY,
    MOST_MESSAGES,
    Refused,
    read_body,
    read_question,
)
from assistant.chat.html import VERDICT_WORDS
from assistant.chat.work import Benches
from assistant.contract import Question, answer_to_json
from assistant.countries import name_of
from assistant.inert import markdown, plain
from assistant.model import Answer, Citation
from assistant.originals import digest_words
from assistant.ports import ScreenDesk

MODEL = "genomic-policy-library"
OWN = frozenset({"countries", "documents"})
READ = frozenset({"model", "messages", "stream", "stream_options", "n"})
PASSED_OVER = frozenset({
    "temperature", "top_p", "top_k", "min_p", "max_tokens", "max_completion_tokens", "presence_penalty",
    "frequency_penalty", "repetition_penalty", "seed", "stop", "user", "logprobs", "top_logprobs", "logit_bias",
    "response_format", "tools", "tool_choice", "parallel_tool_calls", "metadata", "store", "service_tier", "modalities",
    "reasoning_effort", "verbosity", "safety_identifier", "prompt_cache_key",
})  # fmt: skip
"""What front ends send by habit: it steers how a model writes, and nothing is written here."""
ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: the question, whether in pieces, and whether with a count of tokens at their end."""

    question: Question
    stream: bool
    usage: bool


class NoModel(Exception):
    """A model was asked for that is not here."""


def add_openai_form(app: FastAPI, desk: ScreenDesk, at: Benches) -> None:
    """Add `/v1/models` and `/v1/chat/completions`."""

    @app.get("/v1/models")
    async def models() -> dict[str, Any]:
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": "genomic-policy-assistant"}
        return {"object": "list", "data": [model]}

    @app.post("/v1/chat/completions")
    async def completions(request: Request) -> Response:
        try:
            wanted = read_chat(await request.body())
        except Refused as problem:
            return _error(422, str(problem))
        except NoModel as problem:
            return _error(404, str(problem), "model_not_found")
        item = wanted.question
        answer = await at.questions.run(request, lambda: desk.ask(item.question, item.history, item.scope))
        base = f"http://{request.headers.get('host', '127.0.0.1')}"
        content, annotations = content_of(answer, base)
        heads = {"Cache-Control": "no-store"}
        if wanted.stream:
            events = stream_of(answer, content, annotations, wanted.usage)
            return StreamingResponse(events, media_type="text/event-stream", headers=heads)
        return JSONResponse(completion(answer, content, annotations), headers=heads)


def _error(status: int, words: str, code: str | None = None) -> JSONResponse:
    told = {"message": words, "type": "invalid_request_error", "param": None, "code": code}
    return JSONResponse({"error": told}, status)


def read_chat(raw: bytes) -> Wanted:
    """Return what a body in the OpenAI form asks; raises Refused in one sentence, NoModel for another model."""
    data = read_body(raw)
    if not isinstance(data, dict):
        raise Refused("wanted an object with model and messages")
    if strange := sorted(set(data) - READ - OWN - PASSED_OVER):
        raise Refused(f"wanted only {', '.join(sorted(READ | OWN | PASSED_OVER))}, got {strange[0][:40]!r}")
    model = data.get("model")
    if not isinstance(model, str) or len(model) > LONGEST_NAME:
        raise Refused('wanted "model": text')
    if data.get("n") not in (None, 1) or isinstance(data.get("n"), bool):
        raise Refused('wanted "n": 1')
    options = data.get("stream_options") or {}
    if not isinstance(data.get("stream") or False, bool) or not isinstance(options, dict):
        raise Refused('wanted "stream": true or false, and "stream_options": an object')
    asked = _asked(data.get("messages"))
    if model != MODEL:
        raise NoModel(f"no model {model[:80]!r} here; there is {MODEL}")
    own = {name: data[name] for name in OWN if data.get(name) is not None}
    body = {"question": asked[-1], "history": asked[:-1][-MOST_HISTORY:], **own}
    question, _ = read_question(json.dumps(body).encode())
    return Wanted(question, bool(data.get("stream")), options.get("include_usage") is True)


def _asked(messages: Any) -> list[str]:
    """Return what the reader has said in a conversation, oldest first; raises Refused."""
    if not isinstance(messages, list) or not 1 <= len(messages) <= MOST_MESSAGES:
        raise Refused(f'wanted "messages": 1 to {MOST_MESSAGES} messages')
    asked = []
    for message in messages:
        if not isinstance(message, dict) or message.get("role") not in ROLES:
            raise Refused(f"wanted messages with a role of {', '.join(sorted(ROLES))}")
        if message["role"] == "user":
            asked.append(_words(message.get("content"), LONGEST_QUESTION))
        elif message.get("content") is not None:
            _words(message["content"], LONGEST_MESSAGE)
    if not asked:
        raise Refused("wanted a message of the user")
    return asked


def _words(content: Any, longest: int) -> str:
    parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
    if not isinstance(parts, list) or len(parts) > MOST_MESSAGES:
        raise Refused('wanted "content": text, or a list of parts of text')
    texts = []
    for part in parts:
        if not isinstance(part, dict) or part.get("type") != "text" or not isinstance(part.get("text"), str):
            raise Refused("wanted parts of text only: no pictures, sounds or files are read")
        texts.append(part["text"])
    text = "\n".join(texts)
    if len(text) > longest:
        raise Refused(f"a message of the user has at most {LONGEST_QUESTION} characters, another {LONGEST_MESSAGE}")
    return text


def content_of(answer: Answer, base: str) -> tuple[str, list[dict[str, Any]]]:
    """Return an answer as Markdown, in which words of documents mean nothing, and its references as annotations.

    An annotation gives the place of its [n] in the text; its address opens the page with the quotation marked.
    """
    cited = {c.number: c for c in answer.citations}
    text, annotations = _opening(answer), []
    for s in (s for s in answer.statements if s.supported):
        about = f"**{markdown(name_of(s.country))}:** " if s.country else ""
        text += f"{about}{f'“{markdown(s.text)}”' if s.verbatim else markdown(s.text)} "
        for number in s.citations:
            mark = f"[{number}]"
            annotations.append(_annotation(cited[number], base, len(text), len(text) + len(mark)))
            text += mark
        text += "\n\n"
    text += "".join(f"{markdown(remark)}\n\n" for remark in answer.remarks)
    used = dict.fromkeys(number for s in answer.statements if s.supported for number in s.citations)
    if not used and not answer.remarks:
        text += f"{markdown(answer.text)}\n\n"
    lines = [f"[{n}] [{markdown(_title(cited[n]))}]({address_of(cited[n], base)})" for n in used]
    return (text + "\n".join(lines)).strip("\n"), annotations


def _opening(answer: Answer) -> str:
    """Return what stands before the quotations: the verdict where it is not a plain answer, notices, the first line."""
    lines = [] if answer.verdict in ("answered", "help") else [f"*{VERDICT_WORDS[answer.verdict]}*"]
    lines += [markdown(line) for line in (*answer.notices, answer.headline) if line]
    return "".join(f"{line}\n\n" for line in lines)


def _title(c: Citation) -> str:
    digest = f". {digest_words(c.originals, address=False)}" if c.digest else ""
    return plain(f"{c.title}, {c.year or 'no year'}, page {c.label or c.page}{digest}")


def address_of(c: Citation, base: str) -> str:
    """Return the address that opens the page of a citation with its quotation marked."""
    return f"{base}/?doc={quote(c.document, safe='')}&p={c.page}&c={c.start}-{c.end}"


def _annotation(c: Citation, base: str, start: int, end: int) -> dict[str, Any]:
    place = {"start_index": start, "end_index": end, "url": address_of(c, base), "title": _title(c)}
    return {"type": "url_citation", "url_citation": place}


USAGE: Mapping[str, int] = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""No model has read or written anything."""


def completion(answer: Answer, content: str, annotations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a whole answer in the OpenAI form; `library` is the object of the batch contract."""
    message = {"role": "assistant", "content": content, "refusal": None, "annotations": list(annotations)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    head = _head("chat.completion")
    return {**head, "choices": [choice], "usage": dict(USAGE), "library": answer_to_json(answer)}


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def stream_of(
    answer: Answer, content: str, annotations: Sequence[Mapping[str, Any]], usage: bool = False
) -> Iterator[str]:
    """Yield an answer as events, paragraph by paragraph; it was checked whole before the first of them."""
    head = _head("chat.completion.chunk")

    def event(delta: Mapping[str, Any], ended: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": dict(delta), "finish_reason": ended, "logprobs": None}
        return f"data: {json.dumps({**head, 'choices': [choice], **more}, ensure_ascii=False)}\n\n"

    yield event({"role": "assistant", "content": ""})
    for part in content.splitlines(keepends=True):
        yield event({"content": part})
    yield event({"annotations": list(annotations)})
    yield event({}, "stop", library=answer_to_json(answer))
    if usage:
        yield f"data: {json.dumps({**head, 'choices': [], 'usage': dict(USAGE)})}\n\n"
    yield "data: [DONE]\n\n"
