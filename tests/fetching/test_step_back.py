"""A digest steps back when the publication it summarises lies where a fetch puts it, and only then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.model import Block, Page, Reading, Scope
from assistant.reading.catalogue import describe, load_catalogue
from assistant.searching.search import Weights, find, prepare
from assistant.understanding.question import Known, understand
from tests.fakes import VOCABULARY, MemorySnapshot, WordEncoder, make_passages

CATALOGUE = Path(__file__).parents[2] / "corpus" / "catalogue.toml"
FILES = {
    "documents/policy-brief-digest.pdf": "Trust needs a campaign in every country.",
    "official/policy-brief-2022.pdf": "A law on consent protects donors of a biobank.",
}


def score_of_the_digest(official: bool) -> float:
    catalogue = load_catalogue(CATALOGUE)
    snapshot = MemorySnapshot(WordEncoder(VOCABULARY))
    for file, text in FILES.items():
        page = Page(1, "1", text, (Block("paragraph", 0, len(text)),))
        document = describe(file, "0" * 64, Reading((page,)), catalogue)
        document = replace(document, official=document.official and official)
        snapshot.add(document, [page], make_passages(document, page))
    query = prepare(understand("Which campaign wins trust?", (), Known()), snapshot.encoder)
    hits = find(query, snapshot, Scope(), 5, Weights())
    return next(hit.score for hit in hits if hit.document.id == "policy-brief-digest")


def test_the_digest_steps_back_by_the_step() -> None:
    assert round(score_of_the_digest(False) - score_of_the_digest(True), 6) == Weights().digest_step
