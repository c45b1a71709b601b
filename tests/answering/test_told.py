"""A heading that is the question tells what stands under it; where nobody has the part asked for, nobody is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from assistant.answering.candidates import asks_stated, candidates, wanted_of
from assistant.answering.choose import choose
from assistant.answering.decide import Decision, decide, default_rule
from tests.answering.test_overview import NEW, hit

ITEMS = ("All clinics use a single variant database each day.", "A consent form was written together with patients.")


def decided(topic: str, expects: Literal["open", "who"], heading: str, *texts: str, answer: float = 0.34) -> Decision:
    wanted = wanted_of(topic, expects, lambda stem: 2.0, 2.0, question=topic)
    return decide(
        candidates([hit(NEW, 2, heading, *texts)], wanted, "EE"),
        wanted,
        (),
        replace(default_rule(), answer=answer),
        topic,
    )


def test_a_heading_that_is_the_question_answers_with_what_stands_under_it() -> None:
    assert decided("What works well?", "open", "What works well", *ITEMS).outcome == "answered"
    assert decided("What is still difficult?", "open", "What remains difficult", *ITEMS).outcome == "answered"
    assert decided("What works well?", "open", "What works well in cancer care", *ITEMS).outcome != "answered"


def test_objectives_are_what_their_headings_state() -> None:
    stated = ("Objective 1: Equal access to sequencing", "Objective 2: A national data platform")
    details = ("The clinics of all regions send samples to the centre.", "Data are kept at the University of Tartu.")
    strategy = replace(NEW, title="National strategy")
    hits = [hit(strategy, 2 + n, stated[n], stated[n], details[n]) for n in (0, 1)]
    asked = "What are the objectives of the strategy?"
    wanted = wanted_of("objectives strategy", "list", lambda stem: 2.0, 2.0, question=asked)
    ranked = candidates(hits, wanted, "EE")
    assert [c.text for c in choose(ranked, words=100, most=6)] == list(stated)
    assert asks_stated(asked)
    assert not asks_stated("How many objectives are there?")


def test_nobody_is_shown_for_a_part_that_nobody_has() -> None:
    archive = "The Genome Archive is set up at the University of Tartu next year."
    asked = "Who is the director of the Genome Archive?"
    assert decided(asked, "who", "Archive", archive, answer=0.0).reason == "nobody is named for this"
    led = "The Genome Archive is led by Dr Maie Kask of the University of Tartu."
    assert decided(asked, "who", "Archive", led, answer=0.0).outcome == "answered"
