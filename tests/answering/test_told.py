"""A heading that is the question tells what stands under it; where nobody has the part asked for, nobody is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from assistant.answering.candidates import candidates
from assistant.answering.choose import choose
from assistant.answering.decide import Decision, decide, default_rule
from assistant.answering.shown import of_every_section
from assistant.answering.told import announces, asks_stated, is_stated, stated_as, told_of
from assistant.answering.wanted import wanted_of
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
    assert asks_stated(wanted)
    counted = wanted_of("objectives", "number", lambda stem: 2.0, 2.0, question="How many objectives are there?")
    assert not asks_stated(counted)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Objective 2: A national platform", True),
        ("Measure 2.1 The archive is set up", True),
        ("3.4 Strategic goal IV – Trust", True),
        ("Measure 2.1 of the plan was dropped", False),
        ("In 2023 The Hague had a clinic", False),
        ("The strategy of 2019. It ended", False),
    ],
)
def test_what_is_stated_has_a_number_and_begins_anew(text: str, stated: bool) -> None:
    assert is_stated(text) is stated


def test_nobody_is_shown_for_a_part_that_nobody_has() -> None:
    archive = "The Genome Archive is set up at the University of Tartu next year."
    asked = "Who is the director of the Genome Archive?"
    assert decided(asked, "who", "Archive", archive, answer=0.0).reason == "nobody is named for this"
    led = "The Genome Archive is led by Dr Maie Kask of the University of Tartu."
    assert decided(asked, "who", "Archive", led, answer=0.0).outcome == "answered"


def test_a_verb_or_a_related_word_is_no_objective() -> None:
    measures = (
        "Measure 2.1 The archive of the strategy opens in 2026.",
        "Measure 2.2 Citizens may object at any time.",
    )
    hits = [hit(replace(NEW, title="National strategy"), 2, "Objective 2: A data platform", *measures)]
    asked = "When will the strategy be evaluated?"
    wanted = wanted_of(asked, "date", lambda stem: 2.0, 2.0, question=asked)
    assert max(c.coverage for c in candidates(hits, wanted, "EE")) < 1
    assert stated_as(measures[1]) == {"measur"}


def test_a_line_that_only_announces_is_shown_before_its_items_or_not_at_all() -> None:
    texts = ("Three weaknesses of the clinics stand out:", "Money is short in clinics.", "Law is old.")
    made = hit(NEW, 2, "Weaknesses", *texts)
    first, *items = made.passage.sentences
    listed = (first, *(replace(s, kind="bullet", lead=(first.start, first.end)) for s in items))
    wanted = wanted_of("money clinics", "open", lambda stem: 2.0, 2.0)
    ranked = candidates([replace(made, passage=replace(made.passage, sentences=listed))], wanted, "EE")
    lead = next(c for c in ranked if c.text.endswith(":"))
    item = next(c for c in ranked if c.text.startswith("Money"))
    assert [c.text for c in choose([item, lead], words=100, most=3, near=0.0)] == [item.text, lead.text]
    stranger = replace(item, sentence=replace(item.sentence, lead=None))
    assert [c.text for c in choose([stranger, lead], words=100, most=3, near=0.0)] == [item.text]


CHAPTERS = (
    ("Paying", "Money is short in all the regions."),
    ("What we recommend on paying", "Payers should introduce a tariff."),
    ("Staff", "Laboratories look for people everywhere."),
    ("Recommendations for the workforce", "Hospitals should create joint posts."),
    ("Our advice on trust", "Governments should publish a register."),
)


def test_a_brief_that_advises_in_every_chapter_is_quoted_from_all_of_them() -> None:
    brief = replace(NEW, title="Genomic medicine", kind="policy-brief")
    asked = "What does the brief on genomic medicine recommend?"
    wanted = wanted_of("brief genomic medicine recommend", "open", lambda stem: 2.0, 2.0, question=asked)
    hits = [hit(brief, 2 + n, heading, text) for n, (heading, text) in enumerate(CHAPTERS)]
    found = of_every_section(candidates(hits[::-1], wanted, "EE"), wanted)
    assert [c.text for c in found] == [CHAPTERS[1][1], CHAPTERS[3][1], CHAPTERS[4][1]]
    assert [announces(one, wanted) for one in hits] == [False, True, False, True, True]
    assert of_every_section(candidates(hits[:3], wanted, "EE"), wanted) == []  # one section: as any other answer
    about_staff = wanted_of("recommend posts", "open", lambda stem: 2.0, 2.0, question="What is recommended on posts?")
    assert of_every_section(candidates(hits, about_staff, "EE"), about_staff) == []


def test_the_title_of_a_box_stands_for_itself() -> None:
    wanted = wanted_of("recommendations", "list", lambda stem: 2.0, 2.0, question="What are the recommendations?")
    assert told_of(("Recommendations", "Financing"), wanted) == {"recommend", "financ"}
    assert told_of(("Recommendations", "Box 1. The Ghent model"), wanted) == frozenset()


def test_all_words_of_a_telling_heading_count_and_phrases_are_read() -> None:
    wanted = wanted_of("recommended laboratories", "open", lambda stem: 2.0, 2.0, question="What for laboratories?")
    assert told_of(("Recommendations for laboratories",), wanted) == {"recommend", "laboratori"}
    assert told_of(("Laboratories",), wanted) == frozenset()
    assert told_of(("What could go wrong",), wanted) >= {"risk"}


def test_parts_of_what_is_told_are_told_with_it() -> None:
    wanted = wanted_of("lesson sustainability", "open", lambda stem: 2.0, 2.0, question="Lessons on sustainability?")
    assert told_of(("Lessons learned", "Sustainability"), wanted) == {"lesson", "learn", "sustain"}
    assert told_of(("What holds the country back",), wanted) >= {"challeng"}


def test_objectives_that_headings_state_are_not_mixed_with_what_stands_under_them() -> None:
    strategy = replace(NEW, title="National strategy")
    stated = ("Objective 1: Equal access to sequencing", "Objective 2: A national data platform")
    hits = [hit(strategy, 2, text, text, "The clinics of all regions send samples.") for text in stated]
    wanted = wanted_of("objectives strategy", "list", lambda stem: 2.0, 2.0, question="What are the objectives?")
    assert of_every_section(candidates(hits, wanted, "EE"), wanted) == []
