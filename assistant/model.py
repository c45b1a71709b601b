"""The data in the middle: frozen values that every room takes and gives, standard library only.

Invariants (each has a test): `page.text[p.start:p.end] == p.text` for every passage and sentence of a page; the
passages of a page cover its quotable text; a key comes from content, never from a vector, a clock or a file name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.account import Fingerprint as Fingerprint
from assistant.account import ModelUse as ModelUse
from assistant.account import Searched as Searched
from assistant.geometry import Box
from assistant.originals import Original as Original
from assistant.report import NO_REPORT, Fault, ReadingReport
from assistant.understood import Understood as Understood

Kind = Literal["policy-brief", "visit-report", "national-strategy", "framework", "other"]
KINDS: tuple[Kind, ...] = ("policy-brief", "visit-report", "national-strategy", "framework", "other")

BlockKind = Literal[
    "title", "heading", "paragraph", "bullet", "table", "side", "caption", "running", "contents", "references"
]
"""`running` (headers, footers, page numbers), `contents` and `references` are kept but never offered as answers."""

Verdict = Literal["answered", "partly", "closest", "nothing-near", "no-documents", "help"]
DECLINED: frozenset[str] = frozenset({"closest", "nothing-near", "no-documents", "help"})
"""Verdicts under which nothing is claimed; under `closest` the nearest passages are shown all the same."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the library and what the catalogue (or a guess) says of it.

    `countries` are the ISO 3166-1 alpha-2 codes the document is about, empty for an initiative-level document;
    `author` is the ISO code of the country that speaks, or the name of a body. `guessed` names guessed fields.
    """

    id: str
    file: str
    sha256: str
    title: str
    publisher: str = ""
    author: str = ""
    countries: tuple[str, ...] = ()
    kind: Kind = "other"
    year: int | None = None
    language: str = "en"
    licence: str = ""
    address: str = ""
    original_title: str = ""
    official: bool = False
    digest_of: tuple[str, ...] = ()
    digest: bool = False
    """Whether this project wrote it, out of `originals` or of public facts."""
    originals: tuple[Original, ...] = ()
    guessed: tuple[str, ...] = ()
    pages: int = 0
    warnings: tuple[str, ...] = ()
    report: ReadingReport = NO_REPORT

    @property
    def unplaced(self) -> bool:
        """Whether nobody says of which country it is: none was given, and none could be guessed."""
        return not self.countries and "countries" in self.guessed


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page's text with one role. `level` is 1 to 6 for headings, else 0.

    `side` blocks are boxes beside the running text; `lead` is the (start, end) of the sentence that introduces a
    bullet or of a table's heading row, where there is one on the same page.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    lead: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page. `text` is stored once and never normalised afterwards.

    `number` counts from 1; `label` is the label the file gives (or str(number)); `printed` the number read on the page.
    `geometry` is `geometry.pack(...)` of the page's characters, empty where the format has no page image.
    Width and height are in PDF points, as shown.
    """

    number: int
    label: str
    text: str
    blocks: tuple[Block, ...] = ()
    printed: str = ""
    width: float = 0.0
    height: float = 0.0
    geometry: bytes = b""
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one file. `outline` entries are (level from 1, title, physical page).

    A reader leaves in `report` what only it knows (pages read simply, words lost); the rest is added to it.
    """

    pages: tuple[Page, ...]
    title: str = ""
    author: str = ""
    created: str = ""
    language: str = ""
    outline: tuple[tuple[int, str, int], ...] = ()
    warnings: tuple[str, ...] = ()
    report: ReadingReport = NO_REPORT
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A quotable slice of a page's text: `page.text[start:end]`.

    `kind` is prose, bullet, row (of a table) or side; `lead` the slice that introduces a bullet or heads a row.
    `open_start`/`open_end` mark a sentence that the page or column cuts.
    """

    start: int
    end: int
    kind: Literal["prose", "bullet", "row", "side"] = "prose"
    lead: tuple[int, int] | None = None
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of one page that is searched as a whole.

    `headings` is the heading path, outermost first; `countries` what the passage is about; `sentences` the quotable
    slices inside it, offsets on the page. `text == page.text[start:end]`.
    """

    key: str
    document: str
    page: int
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. None means no restriction; an empty tuple means nothing is allowed (never silently widened).

    `countries` restricts what a passage is about; `own` the author country; `years` is (first, last), inclusive.
    `unplaced` lets documents in of which nobody says of which country they are, beside those about the countries.
    """

    countries: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    years: tuple[int, int] | None = None
    languages: tuple[str, ...] | None = None
    own: tuple[str, ...] | None = None
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score and the scores it came from (dense cosine, lexical, best sentence)."""

    passage: Passage
    document: Document
    score: float
    dense: float = 0.0
    lexical: float = 0.0
    sentence_scores: tuple[float, ...] = ()
    """Cosine of the question with each of `passage.sentences`, same order; empty when unknown."""
    also: tuple[tuple[str, int], ...] = ()
    """(document, page) of the passages with nearly the same words that were folded into this one."""


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What a reader says of one passage beside a question; logits without a fixed range, higher is better.

    `relevance` orders passages. `answers` says whether the passage answers at all, None where the reader has no such
    head. `sentences` has a logit for each sentence of the passage, () where the reader scores none.
    """

    relevance: float
    answers: float | None = None
    sentences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a document where the words of a quotation stand too."""

    document: str
    title: str
    year: int | None
    page: int


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of one quotation: `quote == page.text[start:end]` of that document's page."""

    number: int
    document: str
    file: str
    title: str
    year: int | None
    page: int
    label: str
    quote: str
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    verified: bool = False
    kind: str = "other"
    countries: tuple[str, ...] = ()
    author: str = ""
    section: str = ""
    ocr: bool = False
    also: tuple[Place, ...] = ()
    """Where the same words stand in other documents."""
    marked: tuple[int, int] | None = None
    """The part of `quote` that answers: a number, a date, a name; None where no such thing was asked for."""
    language: str = "en"
    """The language of the document, ISO 639-1."""
    digest: bool = False
    """Whether the document is a digest of this project, which stands for `originals`."""
    originals: tuple[Original, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of an answer and the numbers of the citations that carry it. `country` is an ISO code or ''.

    `others` are further countries asked about that the same sentence speaks of: it is shown once.

    `verbatim` is False for a language model's wording, which is never shown as a quotation; `supported` is False where
    such wording does not stand on its source. `sure` is False for quotations that come nearest and may not answer.
    """

    text: str
    citations: tuple[int, ...]
    country: str = ""
    supported: bool = True
    verbatim: bool = True
    sure: bool = True
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The one object that the chat, the command line, the evaluation and the matrix all get.

    `text` is the whole answer in plain words with [n], `headline` its first line ('' where nothing is sure);
    `probability` is the calibrated chance, from 0 to 1, that the evidence answers; `taken` the words taken from the
    history; `notices` are plain sentences for the reader (correction of a name, language). Statements that are not
    `sure` are the nearest passages, shown under `closest` or beside the sure ones.
    """

    question: str
    understood: str
    verdict: Verdict
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    headline: str = ""
    probability: float = 0.0
    taken: tuple[str, ...] = ()
    searched: tuple[Searched, ...] = ()
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """What the assistant says in its own voice, part of `text`: what was searched without result."""
    fingerprint: Fingerprint = field(default_factory=lambda: Fingerprint("", "", 0))
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    model: ModelUse | None = None
    """None when no language model was asked."""

    @property
    def declined(self) -> bool:
        """Whether the answer says that the documents do not answer."""
        return self.verdict in DECLINED


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the corpus that is not in the library, and why."""

    file: str
    reason: str


def content_key(*parts: str | int) -> str:
    """Return 16 hexadecimal digits that depend on every part and on where the parts are divided."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]
