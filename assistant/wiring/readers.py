"""Who reads passages beside a question: the trained reader of all languages, and the public one where all is English.

Search and readers have one vote each among passages. Values stay on the scale of the trained reader's logits: what
others say is moved to its mean and spread over the same passages. Without it the public reader reads alone, and
without either the search's own scores stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from assistant.model import Hit, PassageReading
from assistant.ports import PassageReader, Reader
from assistant.settings import Settings
from assistant.understood import Understood
from assistant.z_scores import moments, z_scores

Item = TypeVar("Item", bound=Hashable)
Read = TypeVar("Read")
DEEP = 6
"""So many of the best passages are read sentence by sentence."""
KEPT = 2000
"""So many readings of each reader are kept in memory."""
TRAINED = 0.5
"""The trained reader's weight among sentences, beside 1 of the public reader or the encoder."""

Texts = dict[int, tuple[float, ...]]
"""Scores of the sentences of some passages, by the passage's place."""


class Latest(Generic[Item, Read]):
    """What was read of the latest pairs of question and text, since a question is often asked again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Item], Read] = {}

    def of(self, question: str, items: Sequence[Item], read: Callable[[list[Item]], Sequence[Read]]) -> list[Read]:
        """Return the reading of each item; `read` is given those that are new."""
        new = [item for item in dict.fromkeys(items) if (question, item) not in self._kept]
        if len(self._kept) + len(new) > KEPT:
            self._kept = {pair: value for pair, value in self._kept.items() if pair[0] == question}
        if new:
            self._kept.update(zip(((question, item) for item in new), read(new), strict=True))
        return [self._kept[question, item] for item in items]


class Readers:
    """The readers of one desk, opened on first need."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._scores: Latest[str, float] = Latest()
        self._readings: Latest[tuple[str, tuple[str, ...]], PassageReading] = Latest()

    def _score(self, reader: Reader, question: str, texts: Sequence[str]) -> list[float]:
        """Return the reader's logits."""
        return self._scores.of(question, texts, lambda new: reader.score(question, new))

    def _trained_readings(self, reader: PassageReader, question: str, hits: Sequence[Hit]) -> list[PassageReading]:
        """Return what the trained reader says of each passage, its last heading in front."""
        from assistant.judging.spans import texts_of

        passages = [("".join(hit.passage.headings[-1:]), tuple(texts_of(hit.passage))) for hit in hits]

        def read(new: list[tuple[str, tuple[str, ...]]]) -> list[PassageReading]:
            return reader.read(question, [texts for _, texts in new], [title for title, _ in new])

        return self._readings.of(question, passages, read)

    @cached_property
    def english(self) -> Reader | None:
        """The reader of the settings, which reads English; None where none is set or it cannot be found."""
        from assistant.wiring.library import load_reader

        return load_reader(self.settings)

    @cached_property
    def trained(self) -> PassageReader | None:
        """The reader of all languages; None where the default reader is not the one set or a part is missing."""
        from assistant.wiring.library import load_trained_reader

        return load_trained_reader(self.settings)

    def kind(self, understood: Understood) -> str:
        """Return which judge fits: "english", "languages" or "none"."""
        if understood.language == "en" and self.english is not None:
            return "english"
        return "none" if self.trained is None else "languages"

    def ordered(self, understood: Understood, hits: Sequence[Hit]) -> list[Hit]:
        """Return passages in the order of readers and search, ties as before."""
        return [hits[place] for place in _best(self._passages(understood, hits))]

    def read(self, understood: Understood, hits: Sequence[Hit]) -> list[PassageReading]:
        """Return what is read in each passage, in order, and in the sentences of the best."""
        readings = self._passages(understood, hits)
        sentences = self._sentences(understood, hits, _best(readings)[:DEEP], readings)
        return [
            PassageReading(one.relevance, one.answers, sentences.get(place, ())) for place, one in enumerate(readings)
        ]

    def _passages(self, understood: Understood, hits: Sequence[Hit]) -> list[PassageReading]:
        """Return the readings of the passages; `relevance` counts the search as one more reader."""
        own = self._trained_readings(self.trained, understood.text, hits) if self.trained else None
        public = self._public(understood, hits)
        found = [hit.score for hit in hits]
        if own is None:
            stand_in = _moved(found, list(public.values()))
            own = [PassageReading(public.get(place, stand_in[place])) for place in range(len(hits))]
            read, readers = [one.relevance for one in own], 1
        else:
            moved = _moved(list(public.values()), [own[place].relevance for place in public])
            beside = dict(zip(public, moved, strict=True)) if len(public) > 2 else {}
            read = [(one.relevance + beside.get(place, one.relevance)) / 2 for place, one in enumerate(own)]
            readers = 2 if beside else 1
        spread = moments(read)[1]
        relevance = [value + spread * z / readers for value, z in zip(read, z_scores(found), strict=True)]
        return [PassageReading(value, one.answers, one.sentences) for value, one in zip(relevance, own, strict=True)]

    def _public(self, understood: Understood, hits: Sequence[Hit]) -> dict[int, float]:
        """Return the public reader's logits of the passages that it can read beside the question."""
        if understood.language != "en" or self.english is None:
            return {}
        read = [place for place, hit in enumerate(hits) if hit.document.language == "en"]
        logits = self._score(self.english, understood.text, [_text(hits[place]) for place in read])
        return dict(zip(read, logits, strict=True))

    def _sentences(
        self, understood: Understood, hits: Sequence[Hit], best: Sequence[int], readings: Sequence[PassageReading]
    ) -> Texts:
        """Return the scores of the sentences: of the public reader or else of the encoder, and of the trained one.

        Where few passages are read for each of many countries, the public reader is spared their sentences.
        """
        from assistant.judging.spans import texts_of

        worth = self.trained is None or len(hits) > DEEP
        reader = self.english if understood.language == "en" and worth else None
        english = [place for place in best if reader and hits[place].document.language == "en"]
        texts = [(place, text) for place in english for text in texts_of(hits[place].passage)]
        logits = self._score(reader, understood.text, [text for _, text in texts]) if reader else []
        trained = {place: readings[place].sentences for place in best}
        like = logits or [score for scores in trained.values() for score in scores]
        scores = _likeness(hits, [place for place in best if place not in english], like)
        for place in english:
            scores[place] = tuple(logit for (at, _), logit in zip(texts, logits, strict=True) if at == place)
        return _added(scores, trained)


def _best(readings: Sequence[PassageReading]) -> list[int]:
    """Return the places of the passages, best first."""
    return sorted(range(len(readings)), key=lambda place: (-round(readings[place].relevance, 6), place))


def _added(scores: Texts, trained: Texts) -> Texts:
    """Return the scores of sentences with the trained reader's added on their scale; alone where it read none."""
    if any(len(trained[place]) != len(own) for place, own in scores.items()):
        return scores
    spread = moments([value for own in scores.values() for value in own])[1]
    z = iter(z_scores([value for place in scores for value in trained[place]]))
    return {place: tuple(value + TRAINED * spread * next(z) for value in own) for place, own in scores.items()}


def _moved(values: Sequence[float], like: Sequence[float]) -> list[float]:
    """Return values moved to the mean and spread of other ones (0 and 1 where there are fewer than three)."""
    mean, spread = moments(like) if len(like) > 2 else (0.0, 1.0)
    return [mean + spread * z for z in z_scores(values)]


def _likeness(hits: Sequence[Hit], places: Sequence[int], like: Sequence[float]) -> Texts:
    """Return the encoder's scores of the sentences of some passages, on the scale of other scores."""
    own = {place: hits[place].sentence_scores for place in places}
    values = iter(_moved([score for scores in own.values() for score in scores], like))
    return {place: tuple(next(values) for _ in scores) for place, scores in own.items()}


def _text(hit: Hit) -> str:
    """Return a passage as it is read: its heading in front."""
    return " ".join((*hit.passage.headings[-1:], hit.passage.text))
