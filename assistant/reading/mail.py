"""E-mails and web archives (.eml, .mht): the standard library takes them apart, their text is read like any other.

Subject, sender and date are what the file says of itself. Attachments are named, not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model import Reading
from assistant.reading.builder import Builder, fold
from assistant.reading.letters import Decoded, declared_in, decoded
from assistant.reading.lines import Grid, blocks_of

MOST_NAMED = 5
LARGEST = 30 * 2**20
"""Bytes of a message's text."""


def read_mail(path: Path) -> Reading:
    """Return the reading of an e-mail or a saved web archive; raises UnreadableDocument."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    attached = [name for part in message.walk() if (name := _attachment(part))]
    body = message.get_body(("plain", "html")) or next(_texts(message), None)
    if body is None or not isinstance(body, EmailMessage):
        raise UnreadableDocument(path.name, "it has no text")
    found = _letters(body, path.name)
    subject, sender = _head(message, "subject"), _head(message, "from")
    warnings = list(found.warnings)
    if attached:
        more = " and more" if len(attached) > MOST_NAMED else ""
        warnings.append(f"attachments were not read: {', '.join(attached[:MOST_NAMED])}{more}")
    if body.get_content_type() == "text/html":
        from assistant.reading.web import reading_of

        page = reading_of(found.text, path.name)
        pages, language = page.pages, page.language
        warnings += page.warnings
        subject = subject or page.title
    else:
        builder = Builder()
        builder.add("title", subject)
        for block in blocks_of(found.text):
            if not isinstance(block, Grid):
                kind = "heading" if block.kind == "title" else block.kind
                builder.add(kind, found.text[block.start : block.end], 2 if kind == "heading" else block.level)
        pages, language = builder.pages(), ""
    if not any(block.kind not in ("title", "heading") for page in pages for block in page.blocks):
        raise UnreadableDocument(path.name, "it has no text")
    return Reading(pages, subject[:500], sender[:500], _day(message), language, (), tuple(warnings))


def _texts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that are text, the web page of an archive first."""
    parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "text/plain")]
    yield from (part for part in parts if isinstance(part, EmailMessage))


def _letters(part: EmailMessage, name: str) -> Decoded:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or len(data) > LARGEST:
        raise UnreadableDocument(name, "it has no text, or far too much for a message")
    return decoded(data, name, str(part.get_content_charset() or "") or declared_in(data))


def _attachment(part: object) -> str:
    """Return the name of an attached file, '' for any other part."""
    if not isinstance(part, EmailMessage) or (part.is_multipart() and part.get_content_type() != "message/rfc822"):
        return ""
    if part.get_content_type() == "message/rfc822":
        return "a forwarded message"
    return fold(part.get_filename() or "a file") if part.is_attachment() else ""


def _head(message: EmailMessage, name: str) -> str:
    """Return a line of the head, '' for one that the standard library cannot take apart."""
    try:
        return fold(str(message[name] or ""))
    except (AttributeError, ValueError, IndexError, TypeError, LookupError):
        return ""


def _day(message: EmailMessage) -> str:
    try:
        found: date = parsedate_to_datetime(_head(message, "date")).date()
    except (TypeError, ValueError):
        return ""
    return found.isoformat()
