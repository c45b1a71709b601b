"""From an extractive answer to a worded one, with a model that plays a list of texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant.composing.cite import citation_of
from assistant.errors import ModelError
from assistant.generating.check import Judge
from assistant.generating.generate import Group, Task, word
from assistant.generating.prompt import Prompt, Usage
from assistant.model import Answer, Hit, Statement
from tests.fakes import MemorySnapshot, small_library


class Playing:
    """Plays one text a call and keeps the prompts; an error in the list is raised."""

    def __init__(self, *texts: str | ModelError) -> None:
        self.texts, self.prompts = list(texts), list[Prompt]()

    def write(self, prompt: Prompt, seconds: float) -> Iterator[str | Usage]:
        self.prompts.append(prompt)
        text = self.texts.pop(0)
        if isinstance(text, ModelError):
            yield "Estonia won public trust through campaigns [1].\n"
            raise text
        yield from (text[i : i + 5] for i in range(0, len(text), 5))
        yield Usage(10, 2, 0.5)


@pytest.fixture
def library() -> MemorySnapshot:
    return small_library()


def task(library: MemorySnapshot, judge: Judge, model: Playing, compare: bool = False, both: bool = False) -> Task:
    hits = {row.document: Hit(row, library.document(row.document), 1.0) for row in reversed(library.rows)}
    countries = {"ee": "EE", "fi": "FI"} if both else {"ee": "EE"}
    citations, statements = [], []
    for number, (document, country) in enumerate(countries.items(), start=1):
        sentence = hits[document].passage.sentences[0]
        citation = citation_of(library, hits[document], sentence.start, sentence.end, number)
        assert citation is not None
        citations.append(citation)
        statements.append(Statement(citation.quote, (number,), country))
    quoted = Answer("Q?", "Q?", "answered", "quoted", tuple(statements), tuple(citations), milliseconds={"search": 1.0})
    groups = tuple(Group(country, (hits[document],)) for document, country in countries.items())
    return Task("Q?", quoted, groups, model, judge, library, "openai:test", "this machine", compare=compare)


def run(item: Task) -> tuple[list[str], Answer]:
    *pieces, answer = list(word(item))
    assert isinstance(answer, Answer)
    return [str(piece) for piece in pieces], answer


def texts(answer: Answer) -> Sequence[tuple[str, tuple[int, ...], str, bool]]:
    return [(s.text, s.citations, s.country, s.supported) for s in answer.statements]


def test_a_supported_statement_cites_the_sentence_it_rests_on(library: MemorySnapshot, small_judge: Judge) -> None:
    pieces, answer = run(task(library, small_judge, Playing("Estonia won trust through campaigns in films [1].")))
    assert pieces == ["Estonia won trust through campaigns in films. [1]\n"]
    assert texts(answer) == [("Estonia won trust through campaigns in films.", (1,), "EE", True)]
    assert answer.citations[0].quote == "Estonia won public trust through campaigns in films and soap operas."
    assert answer.citations[0].verified
    assert answer.text == "Estonia won trust through campaigns in films. [1]"
    assert answer.notices == (
        "Worded by openai:test (on this machine): 1 of 1 statements stand on the pages cited. "
        "Used: 10 tokens in, 2 tokens out, cost 0.5 as the server reports it.",
    )
    assert answer.model is not None
    assert (answer.model.written, answer.model.supported, answer.model.withheld) == (1, 1, 0)
    assert not answer.statements[0].verbatim


def test_an_unsupported_statement_is_marked_and_left_out_of_the_text(
    library: MemorySnapshot, small_judge: Judge
) -> None:
    text = "Estonia won trust through campaigns in films [1].\nEstonia won trust in 40 years [1].\n"
    pieces, answer = run(task(library, small_judge, Playing(text)))
    assert len(pieces) == 1
    assert [s.supported for s in answer.statements] == [True, False]
    assert "40" not in answer.text
    assert "1 is marked as not supported" in answer.notices[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "its answer was empty"),
        ("Nonsense everywhere [1].\n", "none of its statements is supported by the pages"),
        ("Estonia won trust through campaigns.\n", "none of its statements is supported by the pages"),
        ("I cannot answer this.\nEstonia won trust through campaigns in films [1].\n", "it declined to answer"),
        ("Estonia won trust through campaigns in films [1].\nI'm sorry, no more [1].", "it declined to answer"),
    ],
)
def test_nothing_to_show_gives_the_quoted_answer_and_one_notice(
    library: MemorySnapshot, small_judge: Judge, text: str, reason: str
) -> None:
    item = task(library, small_judge, Playing(text))
    _, answer = run(item)
    assert (answer.statements, answer.text) == (item.extractive.statements, "quoted")
    assert answer.notices == (
        f"The language model openai:test gave no usable answer ({reason}); this one is quoted instead. "
        "Used: 10 tokens in, 2 tokens out, cost 0.5 as the server reports it.",
    )
    assert answer.model is not None
    assert (answer.model.supported, answer.model.fallback) == (0, reason)


def test_a_failure_midway_gives_the_quoted_answer(library: MemorySnapshot, small_judge: Judge) -> None:
    item = task(library, small_judge, Playing(ModelError("the model went silent midway")))
    pieces, answer = run(item)
    assert len(pieces) == 1
    assert answer.statements == item.extractive.statements
    assert "the model went silent midway" in answer.notices[0]


def test_each_country_is_asked_about_from_its_own_passages(library: MemorySnapshot, small_judge: Judge) -> None:
    model = Playing("Estonia won trust through campaigns in films [1].", "Finland drafted a law in 2018 [1].")
    pieces, answer = run(task(library, small_judge, model, both=True))
    assert ["Estonia" in p.user and "Finland" not in p.user for p in model.prompts] == [True, False]
    assert pieces[0] == "Estonia:\n"
    assert [s.country for s in answer.statements] == ["EE", "FI"]
    assert answer.text.splitlines()[0] == "Estonia:"


def test_a_country_without_a_supported_statement_keeps_its_quoted_one(
    library: MemorySnapshot, small_judge: Judge
) -> None:
    model = Playing("Estonia won trust through campaigns in films [1].", "Finland drafted a law in 1918 [1].")
    _, answer = run(task(library, small_judge, model, both=True))
    assert [(s.country, s.supported, s.verbatim) for s in answer.statements] == [
        ("EE", True, False), ("FI", False, False), ("FI", True, True),
    ]  # fmt: skip
    assert "“Finland drafted a law on the genome centre in 2018.”" in answer.text


@pytest.mark.parametrize(
    ("together", "supported"),
    [
        ("Estonia won trust through campaigns in films, while Finland drafted a law in 2018 [1][2].", True),
        ("Finland won trust through campaigns in films, while Estonia drafted a law in 2018 [1][2].", False),
        ("Estonia won trust earlier than Finland drafted a law [1][2].", False),
        ("Both Estonia and Finland drafted a law in 2018 [1][2].", False),
        ("Estonia won trust through campaigns in films, while Latvia drafted a law in 2018 [1][2].", False),
        ("Estonia won trust through campaigns in films [1].", False),
    ],
)
def test_the_synthesis_adds_nothing(
    library: MemorySnapshot, small_judge: Judge, together: str, supported: bool
) -> None:
    model = Playing(
        "Estonia won trust through campaigns in films [1].", "Finland drafted a law in 2018 [1].", f"{together}\n"
    )
    _, answer = run(task(library, small_judge, model, compare=True, both=True))
    assert [s.supported for s in answer.statements] == [True, True, supported]
    assert answer.statements[2].country == ""
    assert "<finding> Estonia: Estonia won trust" in model.prompts[2].user


def test_a_synthesis_that_fails_costs_nothing_else(library: MemorySnapshot, small_judge: Judge) -> None:
    model = Playing(
        "Estonia won trust through campaigns in films [1].", "Finland drafted a law in 2018 [1].", ModelError("gone")
    )
    _, answer = run(task(library, small_judge, model, compare=True, both=True))
    assert answer.model is not None
    assert answer.model.fallback == ""
    assert [s.supported for s in answer.statements[:2]] == [True, True]


def test_the_prompt_fences_passages_as_data(library: MemorySnapshot, small_judge: Judge) -> None:
    model = Playing("")
    run(task(library, small_judge, model))
    user = model.prompts[0].user
    assert "<passage 1> about Estonia · Visit to Estonia · 2021 · page 1" in user
    assert user.count("</passage>") == 1
