"""Who reads passages beside a question: the reader of the settings where it reads the language, else the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.model import Hit
from assistant.ports import Reader
from assistant.settings import Settings
from assistant.understood import Understood

if TYPE_CHECKING:
    from assistant.judging.spans import Read

DEEP = 6
"""So many of the best passages are read sentence by sentence."""
KEPT = 2000
"""So many scores of pairs are kept in memory."""
SPREAD = 3.0
"""What one standard deviation of the search's own score counts in logits, where no reader reads the language."""


class Readers:
    """The readers of one desk, opened on first need."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._kept: dict[tuple[str, str], float] = {}

    def _score(self, reader: Reader, question: str, texts: Sequence[str]) -> list[float]:
        """Return the reader's logits; those of the latest pairs are kept, since a question is often asked again."""
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._kept]
        if len(self._kept) + len(new) > KEPT:
            self._kept = {pair: value for pair, value in self._kept.items() if pair[0] == question}
        self._kept.update(zip(((question, text) for text in new), reader.score(question, new), strict=True))
        return [self._kept[question, text] for text in texts]

    @cached_property
    def english(self) -> Reader | None:
        """The reader of the settings, which reads English; None where none is set or it cannot be found."""
        from assistant.wiring.library import load_reader

        return load_reader(self.settings)

    def kind(self, understood: Understood) -> str:
        """Return which judge fits: "english", "languages" or "none"."""
        return "english" if understood.language == "en" and self.english is not None else "none"

    def ordered(self, understood: Understood, hits: Sequence[Hit]) -> list[Hit]:
        """Return passages in the order of the reader, ties as before."""
        read = self.read(understood, hits)
        order = sorted(range(len(hits)), key=lambda place: (-round(read[place].relevance, 6), place))
        return [hits[place] for place in order]

    def read(self, understood: Understood, hits: Sequence[Hit]) -> list[Read]:
        """Return what is read in each passage, in order.

        Passages in a language that the reader does not read are put on its scale: as far above or below the others as
        the search finds them. So are their sentences, by the encoder.
        """
        from assistant.judging.spans import Read, texts_of

        reader = self.english if understood.language == "en" else None
        read = [place for place, hit in enumerate(hits) if reader and hit.document.language == "en"]
        if reader is None or not read:
            found = _scaled([hit.score for hit in hits], ())
            best = sorted(range(len(hits)), key=lambda place: -found[place])[:DEEP]
            likeness = _cosines(hits, best, ())
            return [Read(found[place], None, likeness.get(place, ())) for place in range(len(hits))]
        logits = self._score(reader, understood.text, [_text(hits[place]) for place in read])
        relevance = _scaled([hit.score for hit in hits], logits)
        for place, logit in zip(read, logits, strict=True):
            relevance[place] = logit
        best = sorted(range(len(hits)), key=lambda place: -relevance[place])[:DEEP]
        texts = [(place, text) for place in best if place in read for text in texts_of(hits[place].passage)]
        scores = self._score(reader, understood.text, [text for _, text in texts])
        likeness = _cosines(hits, [place for place in best if place not in read], scores)
        for place in best:
            if place in read:
                likeness[place] = tuple(s for (at, _), s in zip(texts, scores, strict=True) if at == place)
        return [Read(relevance[place], None, likeness.get(place, ())) for place in range(len(hits))]


def _scaled(values: Sequence[float], like: Sequence[float]) -> list[float]:
    """Return values moved to the mean and spread of other ones (0 and `SPREAD` where there are fewer than three)."""
    mean, spread = _moments(values)
    target, width = _moments(like) if len(like) > 2 else (0.0, SPREAD)
    return [target + width * (value - mean) / (spread or 1.0) for value in values]


def _moments(values: Sequence[float]) -> tuple[float, float]:
    mean = sum(values) / len(values) if values else 0.0
    return mean, (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5 if values else 1.0


def _cosines(hits: Sequence[Hit], places: Sequence[int], like: Sequence[float]) -> dict[int, tuple[float, ...]]:
    """Return the encoder's scores of the sentences of some passages, on the scale of other scores."""
    counts = [(place, len(hits[place].sentence_scores)) for place in places]
    values = iter(_scaled([s for place in places for s in hits[place].sentence_scores], like))
    return {place: tuple(next(values) for _ in range(count)) for place, count in counts}


def _text(hit: Hit) -> str:
    """Return a passage as it is read: its heading in front."""
    return " ".join((*hit.passage.headings[-1:], hit.passage.text))
