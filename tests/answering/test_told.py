"""A heading that is the question tells what stands under it; where nobody has the part asked for, nobody is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from assistant.answering.candidates import candidates, wanted_of
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


def test_nobody_is_shown_for_a_part_that_nobody_has() -> None:
    archive = "The Genome Archive is set up at the University of Tartu next year."
    asked = "Who is the director of the Genome Archive?"
    assert decided(asked, "who", "Archive", archive, answer=0.0).reason == "nobody is named for this"
    led = "The Genome Archive is led by Dr Maie Kask of the University of Tartu."
    assert decided(asked, "who", "Archive", led, answer=0.0).outcome == "answered"
