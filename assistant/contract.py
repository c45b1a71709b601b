"""The JSON that scripts rely on: one object per question in, one per answer out. Tested as a contract."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.errors import QuestionError
from assistant.evidence import Cell, Indicator, silence_words
from assistant.model import Answer, Citation, Document, Hit, Page, Scope


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a batch."""

    id: str
    question: str
    history: tuple[str, ...] = ()
    scope: Scope | None = None


def parse_question(line: str) -> Question:
    """Return the question of one JSON line; raises QuestionError saying what was seen and what was wanted."""
    return question_of(read_json(line))


def question_of(data: Any) -> Question:
    """Return the question of an object as JSON gives it; a name said twice counts once. Raises QuestionError."""
    if not isinstance(data, dict):
        raise QuestionError(f"wanted an object with a question, got {type(data).__name__}")
    if not isinstance(data.get("question"), str):
        raise QuestionError(f'wanted "question": text, got {_short(data.get("question"))}')
    history = _texts(data, "history")
    countries = dict.fromkeys(code.upper() for code in _texts(data, "countries"))
    documents = dict.fromkeys(_texts(data, "documents"))
    scope = Scope(countries=tuple(countries) or None, documents=tuple(documents) or None)
    return Question(str(data.get("id", "")), data["question"], history, scope if countries or documents else None)


def read_json(text: str) -> Any:
    """Return the value of a JSON text whose texts can all be written in UTF-8; raises QuestionError."""
    try:
        value = json.loads(text, parse_constant=_no_number)
    except ValueError as problem:
        raise QuestionError(f"not JSON ({_short(str(problem))}): {text[:80]!r}") from problem
    except RecursionError as problem:
        raise QuestionError("not JSON that can be read: nested without end") from problem
    if not _is_whole(value):
        raise QuestionError("wanted whole characters, got half of one (a lone surrogate)")
    return value


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _is_whole(value: Any) -> bool:
    """Return whether no text in a value, at any depth, holds half of a surrogate pair."""
    ahead = [value]
    while ahead:
        one = ahead.pop()
        if isinstance(one, str) and any("\ud800" <= sign <= "\udfff" for sign in one):
            return False
        if isinstance(one, dict):
            ahead += [*one, *one.values()]
        elif isinstance(one, list):
            ahead += one
    return True


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:99]}…"


def line_id(line: str) -> str:
    """Return the id of a line that could not be used, or ''."""
    try:
        data = read_json(line)
    except QuestionError:
        return ""
    return str(data.get("id", "")) if isinstance(data, dict) else ""


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = data.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise QuestionError(f'wanted "{name}": a list of texts, got {_short(value)}')
    return tuple(value)


def answer_to_json(answer: Answer, identifier: str = "") -> dict[str, Any]:
    """Return an answer as the batch contract has it."""
    return {
        "id": identifier,
        "question": answer.question,
        "understood": answer.understood,
        "verdict": answer.verdict,
        "declined": answer.declined,
        "probability": answer.probability,
        "taken": list(answer.taken),
        "headline": answer.headline,
        "text": answer.text,
        "statements": [
            {
                "text": s.text,
                "country": s.country,
                "citations": list(s.citations),
                "supported": s.supported,
                "verbatim": s.verbatim,
                "sure": s.sure,
                "others": list(s.others),
            }
            for s in answer.statements
        ],
        "citations": [citation_to_json(citation) for citation in answer.citations],
        "searched": [{"country": s.country, "documents": s.documents, "found": s.found} for s in answer.searched],
        "notices": list(answer.notices),
        "fingerprint": {
            "settings": answer.fingerprint.settings,
            "encoder": answer.fingerprint.encoder,
            "revision": answer.fingerprint.revision,
        },
        "milliseconds": dict(answer.milliseconds),
        "model": asdict(answer.model) if answer.model else None,
    }


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """Return a citation as the batch contract has it."""
    return {
        "number": citation.number,
        "document": citation.document,
        "file": citation.file,
        "title": citation.title,
        "year": citation.year,
        "page": citation.page,
        "label": citation.label,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "boxes": [list(box) for box in citation.boxes],
        "verified": citation.verified,
        "kind": citation.kind,
        "countries": list(citation.countries),
        "section": citation.section,
        "also": [asdict(place) for place in citation.also],
        "marked": list(citation.marked) if citation.marked else None,
        "language": citation.language,
        "digest": citation.digest,
        "originals": [asdict(original) for original in citation.originals],
    }


def hits_to_json(hits: Sequence[Hit], identifier: str = "", labels: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return search hits as the batch contract has them; `labels` maps passage keys to printed page labels."""
    return {
        "id": identifier,
        "hits": [
            {
                "rank": rank,
                "score": hit.score,
                "document": hit.document.id,
                "file": hit.document.file,
                "page": hit.passage.page,
                "label": (labels or {}).get(hit.passage.key, str(hit.passage.page)),
                "start": hit.passage.start,
                "end": hit.passage.end,
                "text": hit.passage.text,
                "section": " › ".join(hit.passage.headings),
                "countries": list(hit.passage.countries),
            }
            for rank, hit in enumerate(hits, start=1)
        ],
    }


def document_to_json(document: Document) -> dict[str, Any]:
    """Return a document as the contract has it: what the catalogue, or a guess, says of it."""
    return {
        "id": document.id,
        "file": document.file,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "countries": list(document.countries),
        "kind": document.kind,
        "year": document.year,
        "language": document.language,
        "licence": document.licence,
        "address": document.address,
        "original_title": document.original_title,
        "official": document.official,
        "digest": document.digest,
        "originals": [asdict(original) for original in document.originals],
        "guessed": list(document.guessed),
        "pages": document.pages,
        "warnings": list(document.warnings),
    }


def page_to_json(document: Document, page: Page, offset: int = 0, most: int = 20_000) -> dict[str, Any]:
    """Return up to `most` characters of a page from `offset` on; `next` is where it goes on, None at its end."""
    text = page.text[offset : offset + most]
    end = offset + len(text)
    return {
        "document": document.id,
        "title": document.title,
        "year": document.year,
        "language": document.language,
        "page": page.number,
        "pages": document.pages,
        "label": page.label or str(page.number),
        "text": text,
        "ocr": page.ocr,
        "offset": offset,
        "length": len(page.text),
        "next": end if end < len(page.text) else None,
    }


def cell_to_json(cell: Cell, indicator: Indicator) -> dict[str, Any]:
    """Return a cell of the matrix as the contract has it; `said` is its silence in words, '' where it speaks."""
    return {
        "country": cell.country,
        "indicator": cell.indicator,
        "domain": cell.domain,
        "silence": cell.silence,
        "searched": cell.searched,
        "differing": [list(pair) for pair in cell.differing],
        "other_languages": cell.other_languages,
        "name": indicator.name,
        "question": indicator.question,
        "quotes": [{"strength": q.strength, "citation": citation_to_json(q.citation)} for q in cell.quotes],
        "said": silence_words(cell),
    }
