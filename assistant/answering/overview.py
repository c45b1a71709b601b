"""An account of a country or a document: how each part of the document that speaks of it most begins.

No sentence answers "What can we learn from Estonia?" by its words. The reader gets one sentence of every part, quoted,
and the names of the parts to ask about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.alone import leans, quotable
from assistant.answering.candidates import Candidate, speaks_of, texts_of
from assistant.model import Hit
from assistant.words import content_stems

HITS = 30
"""How many passages are looked through for the parts of a document."""
SHORTEST, LONGEST = 6, 45
"""Words of a sentence that may stand for its part."""
_APPARATUS = frozenset(
    content_stems(
        "milestone source sources reference references annex appendix contents acknowledgement glossary author agenda "
        "itinerary participants"
    )
)
_LEARNS = re.compile(r"\b(?:learn|learnt|lessons?|takeaways?)\b", re.IGNORECASE)
_LESSONS = frozenset(content_stems("lesson lessons learn learnt learned takeaway takeaways"))
_SUMS_UP = re.compile(
    r"\b(?:summar(?:y|ise|ize)|in (?:short|brief|a nutshell)|"
    r"(?:key|main) (?:messages?|points?|findings?|conclusions?))\b",
    re.IGNORECASE,
)
_SUMMARIES = frozenset(content_stems("summary message messages conclusion conclusions findings nutshell"))


def account(hits: Sequence[Hit], country: str, question: str, most: int) -> list[Candidate]:
    """Return a sentence of each of the `most` parts nearest to the subject, in the order of the document.

    Where the document has no parts, the sentences nearest to the subject. Where it is asked what can be learnt, or for
    a summary or the key messages, and a part is headed so, what stands there.
    """
    own = [hit for hit in hits if not country or hit.document.countries == (country,)] or list(hits)
    if not own:
        return []
    lessons = _under(own, _LESSONS, country) if _LEARNS.search(question) else []
    if len(lessons) >= 2:
        return lessons[:most]
    main = _main(own, "visit" in question.lower())
    if _SUMS_UP.search(question):
        summary = _under([hit for hit in own if hit.document.id == main], _SUMMARIES, country)
        if len(summary) >= 2:
            return summary[:most]
    parts: dict[str, list[Hit]] = {}
    for hit in own:
        if hit.document.id == main:
            parts.setdefault(hit.passage.headings[0] if hit.passage.headings else "", []).append(hit)
    found = []
    for heading, of_part in parts.items():
        if _APPARATUS.isdisjoint(content_stems(heading)):
            of_part.sort(key=lambda hit: (hit.passage.page, hit.passage.start))
            found.append(next((c for hit in of_part for c in _sentences(hit, country)), None))
    opening = [candidate for candidate in found if candidate is not None]
    if len(opening) < 3:
        pool = [candidate for hit in own for candidate in _sentences(hit, country)]
        opening += sorted((c for c in pool if c not in opening), key=lambda c: -c.cosine)
    return sorted(opening[:most], key=lambda c: (c.hit.document.id, c.hit.passage.page, c.sentence.start))


def _main(hits: Sequence[Hit], visit: bool) -> str:
    """Return the document to tell from: a visit's report where the visit is asked about, else the newest."""
    documents = {hit.document.id: hit.document for hit in hits}
    count = {name: sum(hit.document.id == name for hit in hits) for name in documents}

    def rank(name: str) -> tuple[bool, bool, int, int]:
        document = documents[name]
        return (document.kind == "visit-report") == visit, count[name] >= 3, document.year or 0, count[name]

    return max(sorted(documents), key=rank)


def _under(hits: Sequence[Hit], words: frozenset[str], country: str) -> list[Candidate]:
    """Return the sentences and items under headings that have one of the words, in the order of the document."""
    found: dict[tuple[str, int, int], Candidate] = {}
    for hit in hits:
        if any(not words.isdisjoint(content_stems(heading)) for heading in hit.passage.headings):
            for candidate in _sentences(hit, country, ("prose", "side", "bullet"), shortest=2):
                found[hit.document.id, hit.passage.page, candidate.sentence.start] = candidate
    return [found[place] for place in sorted(found)]


def _sentences(
    hit: Hit, country: str, kinds: tuple[str, ...] = ("prose", "side"), shortest: int = SHORTEST
) -> list[Candidate]:
    """Return the sentences of a passage that can stand alone, in order."""
    passage = hit.passage
    texts = texts_of(passage)
    found = []
    for place, (sentence, text) in enumerate(zip(passage.sentences, texts, strict=True)):
        whole = sentence.kind in kinds and not sentence.open_start and not sentence.open_end
        alone = not leans(text) and not text.rstrip().endswith(":") and shortest <= len(text.split()) <= LONGEST
        fits = whole and alone and (quotable(text) or sentence.kind == "bullet")
        if fits and (not country or speaks_of(hit, texts, place, country)):
            cosine = hit.sentence_scores[place] if place < len(hit.sentence_scores) else hit.dense
            found.append(Candidate(hit, sentence, text, hit.score, cosine, 1.0, 1.0))
    return found
