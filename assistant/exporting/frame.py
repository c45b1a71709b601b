"""What every export shares: the stamp (date, revision, settings), escaping, and files that come out the same twice."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.inert import markdown as markdown
from assistant.inert import plain as plain
from assistant.model import Citation, Document, Fingerprint
from assistant.originals import PROJECT, digest_words

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an export was made and of what; `documents` gives the address and licence of a cited document by its id."""

    day: date
    made_of: Fingerprint
    documents: Mapping[str, Document]

    def line(self) -> str:
        """Return the stamp in one line."""
        f = self.made_of
        return f"{self.day.isoformat()} · library revision {f.revision} · settings {f.settings} · encoder {f.encoder}"

    def address(self, document: str) -> str:
        """Return where a document can be read by others, '' when the catalogue does not say."""
        found = self.documents.get(document)
        return found.address if found else ""


def neutral(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: a leading = + - @ tab or line end gets an apostrophe."""
    text = plain(text)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA) else text


def sentence(text: str) -> str:
    """Return text with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def source(citation: Citation) -> str:
    """Return a citation's source: title, year, page with its printed label, and of a digest what it is a digest of."""
    label = f" (printed {citation.label})" if citation.label and citation.label != str(citation.page) else ""
    digest = f" — {digest_words(citation.originals, by=f'the {PROJECT}')}" if citation.digest else ""
    return f"{citation.title}, {citation.year or 'no year'}, page {citation.page}{label}{digest}"


def same_bytes(packed: bytes, day: date) -> bytes:
    """Return a zip file (DOCX, XLSX) with fixed times, so that the same content gives the same bytes on any day."""
    out = io.BytesIO()
    moment = f"{day.isoformat()}T00:00:00Z"
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                stamp = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
                data = re.sub(stamp, lambda m: m[1] + moment.encode(), data)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, data)
    return out.getvalue()
