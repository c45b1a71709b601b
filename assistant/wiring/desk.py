"""The desk: one library, one encoder, and the function every user asks through."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import LibraryError, StaleLibrary
from assistant.evidence import Matrix, Progress
from assistant.geometry import Box
from assistant.model import Answer, Fingerprint, Hit, Scope, Sentence, Understood
from assistant.ports import Encoder, Snapshot
from assistant.settings import DEFAULT_ENCODER, Settings
from assistant.wiring.beside import Beside
from assistant.wiring.known import known_of
from assistant.wiring.library import load_encoder
from assistant.wiring.originals import Originals

if TYPE_CHECKING:
    from assistant.composing.part import Brief
    from assistant.indexing.changes import ChangeReport as ChangeReport
    from assistant.indexing.plan import Plan as Plan
    from assistant.indexing.refresh import Event as Event
    from assistant.searching.search import Query, Weights
    from assistant.understanding.question import Known
    from assistant.wiring.model import Wording
    from assistant.wiring.readers import Readers


class OpenDesk(Beside):
    """The desk all users ask at: one library, one encoder, opened on first need and kept."""

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder the settings name, loaded once."""
        return load_encoder(self.settings)

    def encoder_of(self, snapshot: Snapshot) -> Encoder:
        """Return the encoder; raises StaleLibrary where the library was made with another: the two must not mix."""
        if self.encoder.fingerprint != snapshot.encoder_fingerprint:
            raise StaleLibrary(
                f"the library in {self.settings.index} was made with encoder {snapshot.encoder_fingerprint}, now "
                f"{self.encoder.fingerprint} is set; run: assistant index --rebuild --index {self.settings.index}"
            )
        return self.encoder

    def follow(self) -> None:
        """Move to each new revision by itself from now on, also while nobody asks."""
        from assistant.indexing.follow import follow

        follow(self._holder, self.settings.index)

    @cached_property
    def _holder(self) -> Any:
        from assistant.indexing.snapshot import SnapshotHolder

        return SnapshotHolder(self.settings.index)

    def snapshot(self) -> Snapshot:
        """Return the newest revision; raises NoLibrary, StaleLibrary or DamagedLibrary."""
        current: Snapshot = self._holder.current()
        return current

    def _known_of(self, snapshot: Snapshot) -> Known:
        """Return `known_of`, kept for one revision: a large library has tens of thousands of documents."""
        kept: tuple[Snapshot, Known] | None = self.__dict__.get("_known")
        if kept is None or kept[0] is not snapshot:
            kept = self.__dict__["_known"] = (snapshot, known_of(snapshot))
        return kept[1]

    @cached_property
    def _weights(self) -> Weights:
        from assistant.searching.search import Weights

        s = self.settings
        return Weights(candidates=s.candidates, dense=s.dense_weight, sentence=s.sentence_share)

    @cached_property
    def _readers(self) -> Readers:
        """Who reads passages beside a question, loaded at the first question."""
        from assistant.wiring.readers import Readers

        return Readers(self.settings)

    def score_for(self, understood: Understood) -> Callable[[Sequence[str]], Sequence[float]] | None:
        """Return the reader bound to a question, for the matrix; None where no reader reads its language."""
        reader = self._readers.english if understood.language == "en" else None
        return (lambda texts: reader.score(understood.text, texts)) if reader else None

    @cached_property
    def _wording(self) -> Wording | None:
        from assistant.wiring.model import open_wording

        return open_wording(self.settings, self.encoder)

    def model_notice(self) -> str:
        """Return which language model sees the passages and where it runs, '' without one.

        Raises SettingsError for a model that is not agreed to, ModelError for one that cannot be opened.
        """
        from assistant.wiring.model import says_who_sees

        notice = says_who_sees(self.settings)
        return notice if notice and self._wording else ""

    def warm(self) -> None:
        """Load what the first question would load; a language model is not asked on nobody's behalf."""
        self._extractive("What is the 1+ Million Genomes initiative?", (), None, [])

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer:
        """Answer one question; see `Answer` for what comes back."""
        answer = None
        for item in self.ask_stream(question, history, scope):
            answer = item
        assert isinstance(answer, Answer)
        return answer

    def ask_stream(
        self, question: str, history: Sequence[str] = (), scope: Scope | None = None
    ) -> Iterator[str | Answer]:
        """Yield pieces of plain text as a language model writes and each is checked, and last the whole `Answer`.

        A piece is a heading ("Estonia:") or a checked statement with its [n], each with its line end; escape it like
        any text. The answer replaces the pieces: it may be the quoted one, with a notice, when the model failed.
        Without a model, or when the documents do not answer, it is the only item. Closing the iterator ends the call.
        """
        found: list[tuple[Scope, list[Hit]]] = []
        understood, answer, snapshot = self._extractive(question, history, scope, found)
        if self._wording is None or understood.help:
            yield answer
            return
        from assistant.composing.chain import milliseconds_total

        for item in self._wording.word(understood, answer, found, snapshot):
            if isinstance(item, Answer):
                stages = {name: value for name, value in item.milliseconds.items() if name != "total"}
                item = replace(item, milliseconds=milliseconds_total(stages))
            yield item

    def _extractive(
        self, question: str, history: Sequence[str], scope: Scope | None, found: list[tuple[Scope, list[Hit]]]
    ) -> tuple[Understood, Answer, Snapshot]:
        """Return the question as understood and its quoted answer; `found` takes the searches behind it."""
        from assistant.composing import chain
        from assistant.searching.search import prepare, scope_of
        from assistant.understanding.question import understand

        started = time.perf_counter()
        snapshot = self.snapshot()
        understood = understand(question, history, self._known_of(snapshot))
        understood_at = time.perf_counter()
        if understood.help:
            return (
                understood,
                chain.answer(understood, self._brief(snapshot, Scope(), understood, None, found)),
                snapshot,
            )
        query = prepare(understood, self.encoder_of(snapshot))
        encoded_at = time.perf_counter()
        brief = self._brief(snapshot, scope_of(understood, scope), understood, query, found)
        result = chain.answer(understood, brief)
        stages = {
            "understand": round(1000 * (understood_at - started), 2),
            "encode": round(1000 * (encoded_at - understood_at), 2),
            **result.milliseconds,
        }
        return understood, replace(result, milliseconds=chain.milliseconds_total(stages)), snapshot

    def matrix(self, scope: Scope | None = None, progress: Progress = lambda done, total: None) -> Matrix:
        """Return the evidence matrix for the scope (None: every country); see `assistant.evidence.Matrix`.

        Kept in the library's folder: a second call for the same library and scope reads it back.
        """
        from assistant.wiring.matrix import make_matrix

        return make_matrix(self, scope, progress)

    def brief_for(self, snapshot: Snapshot, scope: Scope, understood: Understood, encoder: Encoder) -> Brief:
        """Return what the chain needs for a question asked of any snapshot (the matrix asks narrowed ones)."""
        from assistant.searching.search import prepare

        return self._brief(snapshot, scope, understood, prepare(understood, encoder), [])

    def _brief(
        self,
        snapshot: Snapshot,
        scope: Scope,
        understood: Understood,
        query: Query | None,
        found: list[tuple[Scope, list[Hit]]],
    ) -> Brief:
        from assistant.composing.choose import Measure
        from assistant.composing.part import Brief
        from assistant.indexing.encoder import name_of
        from assistant.judging.judge import judge_for
        from assistant.searching.search import find, weight_of_stem

        encoder_name = name_of(self.settings)

        def look(where: Scope, limit: int) -> list[Hit]:
            hits = find(query, snapshot, where, limit, self._weights) if query else []
            found.append((where, hits))
            return hits

        return Brief(
            snapshot=snapshot,
            scope=scope,
            find=look,
            read=lambda hits: self._readers.read(understood, hits),
            idf=lambda stem: weight_of_stem(snapshot, stem),
            fingerprint=Fingerprint(self.settings.fingerprint(), snapshot.encoder_fingerprint, snapshot.revision),
            measure=Measure(self.settings.quote_words),
            judge=judge_for(self._readers.kind(understood), cosines=encoder_name == DEFAULT_ENCODER),
            passages=self.settings.read_passages,
        )

    def search(
        self, question: str, limit: int = 10, history: Sequence[str] = (), scope: Scope | None = None
    ) -> list[Hit]:
        """Return the best passages for a question, countries searched in turn when several are named."""
        from assistant.searching.search import find, find_fairly, prepare, scope_of
        from assistant.understanding.question import understand

        snapshot = self.snapshot()
        understood = understand(question, history, self._known_of(snapshot))
        if understood.help:
            return []
        query = prepare(understood, self.encoder_of(snapshot))
        where = replace(scope_of(understood, scope), unplaced=False)
        if where.countries and len(where.countries) > 1:
            return find_fairly(query, snapshot, where, where.countries, limit, self._weights)
        return self._readers.ordered(understood, find(query, snapshot, where, limit, self._weights))

    def page_image(self, document: str, page: int, boxes: Iterable[Box] = (), scale: float = 1.5) -> bytes:
        """Return the page as PNG bytes with the boxes marked; raises UnreadableDocument, and as `file_of` does."""
        from assistant.reading.guard import render_guarded

        image = bytes(render_guarded(self.file_of(document), page, tuple(boxes), scale))
        self.file_of(document)  # replaced while it was drawn: then it is not shown
        return image

    def file_of(self, document: str) -> Path:
        """Return where the document's file lies.

        Raises LibraryError for an unknown id or a file that is gone, ChangedDocument for one that is another now.
        """
        try:
            known = self.snapshot().document(document)
        except KeyError as problem:
            raise LibraryError(f"no document {document!r} in the library") from problem
        return self._originals.file_of(known)

    @cached_property
    def _originals(self) -> Originals:
        return Originals(self.settings.corpus)

    def sentences(self, document: str, page: int) -> tuple[Sentence, ...]:
        """Return the sentences of a page in reading order; raises KeyError when there is no such page."""
        from assistant.reading.sentences import split_sentences

        snapshot = self.snapshot()
        return split_sentences(snapshot.page(document, page), snapshot.document(document).language)

    def export_answer(self, answer: Answer, form: str, day: date) -> bytes:
        """Return an answer as a file; see `wiring.exports`."""
        from assistant.wiring.exports import export_answer

        return export_answer(self, answer, form, day)

    def export_matrix(self, matrix: Matrix, form: str, day: date) -> bytes:
        """Return a matrix as a file; see `wiring.exports`."""
        from assistant.wiring.exports import export_matrix

        return export_matrix(self, matrix, form, day)

    def export_brief(self, title: str, answers: Sequence[tuple[Answer, str]], form: str, day: date) -> bytes:
        """Return collected answers with comments as a file; see `wiring.exports`."""
        from assistant.wiring.exports import export_brief

        return export_brief(self, title, answers, form, day)


def open_desk(settings: Settings) -> OpenDesk:
    """Return the desk for these settings; nothing is opened yet."""
    return OpenDesk(settings)
