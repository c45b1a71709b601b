"""Search on small libraries: documents in two languages, filters inside, near-duplicates folded, digests step back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.model import Document, Scope
from assistant.searching.search import Weights, find, find_fairly, idf, prepare, scope_of, weight_of_stem
from assistant.understanding.question import understand
from tests import fakes
from tests.fakes import MemorySnapshot, WordEncoder, make_page, make_passages, small_library


def put(snapshot: MemorySnapshot, identifier: str, text: str, **more: object) -> None:
    document = replace(Document(identifier, f"{identifier}.pdf", "a" * 64, ""), **more)  # type: ignore[arg-type]
    page = make_page(1, (text,))
    snapshot.add(document, [page], make_passages(document, page))


def names(snapshot: MemorySnapshot, question: str, scope: Scope | None = None, **weights: float) -> list[str]:
    query = prepare(understand(question), snapshot.encoder)
    found = find(query, snapshot, scope or Scope(), 10, Weights(**weights))  # type: ignore[arg-type]
    return [hit.passage.document for hit in found]


def two_languages() -> MemorySnapshot:
    """Return a library whose Finnish document is nearest by meaning and shares no word with an English question."""
    snapshot = MemorySnapshot(WordEncoder(("trust", "luottamus", "law")))
    put(snapshot, "en", "The law on trust names trust funds. A law is law.")
    put(snapshot, "none", "A law of trust for many other rooms, weeks and doors.")
    put(snapshot, "fi", "Luottamus voitettiin.", language="fi")
    vector = snapshot.encoder.encode_query("trust")
    snapshot.vectors[2] = replace(snapshot.vectors[2], vector=vector, sentences=vector.reshape(1, -1))
    return snapshot


def test_a_document_in_another_language_is_not_pushed_back_for_lacking_the_words() -> None:
    assert names(two_languages(), "Who has the trust?", dense=0.4, abroad=0.4) == ["en", "fi", "none"]
    assert names(two_languages(), "Who has the trust?", dense=0.4, abroad=0.9) == ["fi", "en", "none"]


def test_scopes_are_joined_and_a_filter_beats_the_question_only_by_narrowing() -> None:
    asked = understand("What do Estonia and Finland say in the policy brief since 2020?")
    joined = scope_of(asked, Scope(countries=("FI", "SE"), kinds=("visit-report",), documents=("x",)))
    assert (joined.countries, joined.kinds, joined.documents) == (("FI",), (), ("x",))
    assert scope_of(understand("Who pays?"), None) == Scope()


def test_filters_are_inside_the_search() -> None:
    library = small_library()
    assert set(names(library, "trust law donors", Scope(countries=("FI",)))) == {"fi"}
    assert names(library, "trust law donors", Scope(countries=())) == []
    assert set(names(library, "trust law donors", Scope(kinds=("policy-brief",)))) == {"brief"}


def test_near_duplicates_are_folded_unless_their_numbers_differ() -> None:
    snapshot = MemorySnapshot(WordEncoder(("nurse", "hub")))
    put(snapshot, "a", "The hub trains 40 nurses in two rooms.")
    put(snapshot, "b", "The hub trains 40 nurses in two rooms!")
    put(snapshot, "c", "The hub trains 50 nurses in two rooms.")
    query = prepare(understand("How does the hub train nurses?"), snapshot.encoder)
    found = find(query, snapshot, Scope(), 10, Weights())
    assert sorted(hit.passage.document for hit in found if hit.also) in (["a"], ["b"])
    assert sorted(place for hit in found for place in hit.also) in ([("b", 1)], [("a", 1)])
    assert len(found) == 2


def test_a_digest_steps_back_behind_its_official_document() -> None:
    snapshot = MemorySnapshot(WordEncoder(("nurse", "hub")))
    put(snapshot, "digest", "The hub trains nurses.", digest_of=("law",))
    put(snapshot, "law", "A nurse of the hub learns in many weeks and rooms.", official=True)
    first = names(snapshot, "hub nurses", digest_step=0.0)
    assert first[0] == "digest"
    assert names(snapshot, "hub nurses", digest_step=9.0)[0] == "law"


def test_countries_take_turns() -> None:
    query = prepare(understand("law trust"), small_library().encoder)
    found = find_fairly(query, small_library(), Scope(), ("EE", "FI"), 4, Weights())
    assert [hit.passage.countries for hit in found[:2]] == [("EE",), ("FI",)]
    assert len({hit.passage.key for hit in found}) == len(found)


def test_rarity_as_in_bm25() -> None:
    library = small_library()
    assert idf(library, "law") == pytest.approx(fakes.idf(1, 5))
    assert weight_of_stem(library, "law") == pytest.approx(fakes.idf(1, 5))
    assert idf(MemorySnapshot(WordEncoder(())), "law") == 0.0
