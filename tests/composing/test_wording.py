"""What the assistant says in its own voice, the first line, and the words marked in a quotation."""

from __future__ import annotations

from dataclasses import replace

from assistant.composing import wording
from assistant.composing.choose import Quotation
from assistant.composing.headline import LONGEST, headline, marked
from assistant.composing.part import Part
from assistant.judging.coverage import Words
from assistant.model import Citation, Statement
from assistant.understood import Understood
from tests.made import spans_in

PLAIN = Understood("q", "q", "q")


def citation(quote: str, number: int = 1, **more: object) -> Citation:
    one = Citation(number, "fi", "fi.pdf", "Visit report", 2021, 3, "iii", quote, 0, len(quote))
    return replace(one, **more)  # type: ignore[arg-type]


def part(text: str, country: str = "FI") -> Part:
    spans, _ = spans_in(text)
    return Part(country, 1, Words((), ()), chosen=(Quotation(spans[0], (spans[0].sentence,)),), answered=True)


def test_each_silence_in_words() -> None:
    assert wording.no_documents(["MT", "NL"]) == "The library holds no document about Malta and Netherlands."
    assert wording.no_documents(["MT"], narrowed=True) == (
        "Within the filters that are set, the library holds no document about Malta."
    )
    assert wording.nothing_near(1) == "Nothing in the 1 document searched comes near this question."
    assert wording.closest([]) == "These passages come nearest; they may not answer the question."
    assert wording.closest(["MIDAS", "2021"]).endswith("They do not mention “MIDAS” and “2021”.")
    assert wording.closest(["MIDAS"], ranks=True) == (
        "The documents do not rank them. These passages come nearest; which is best is for you to judge."
    )
    assert wording.silent(["EE", "FI", "SE"], 3) == (
        "Nothing on this in the 3 documents about Estonia, Finland and Sweden."
    )
    assert wording.nothing_found(["EE"], 2) == "Nothing that answers was found for Estonia (2 documents searched)."
    assert wording.less_sure_about(["EE"]) == (
        "Not sure for Estonia: what is shown comes nearest there and may not answer."
    )


def test_who_speaks_about_whom_and_when() -> None:
    one = citation("q", kind="visit-report", title="Estonia: the visit")
    assert wording.source_line(one, "EE") == "Estonia — The visit (2021):"
    assert (
        wording.source_line(replace(one, kind="policy-brief"), "EE") == "About Estonia, in Estonia: the visit (2021):"
    )
    assert wording.source_line(one, "EE", ("FI",)) == "About Estonia and Finland, in Estonia: the visit (2021):"
    assert wording.source_line(replace(one, year=None), "") == "Estonia: the visit:"
    assert wording.reference(one) == "“q” (Estonia: the visit, 2021, p. iii)"


def test_an_answer_as_plain_text() -> None:
    one, two = citation("It opened late."), citation("It is small.", 2)
    statements = [Statement("It opened late.", (1,)), Statement("It is small.", (2,))]
    assert wording.compose("“It opened late.” [1]", statements, [one, two], ["A remark."]) == (
        "“It opened late.” [1]\n\nVisit report (2021):\n“It opened late.” [1]\n“It is small.” [2]\n\nA remark."
    )
    assert wording.compose("", [], [], ["A remark."]) == "A remark."


def test_the_words_that_answer_are_marked_in_the_best_quotation_alone() -> None:
    found = marked([citation("It has 40 rooms and 3 doors."), citation("It has 5 rooms.", 2)], "number")
    assert [c.marked for c in found] == [(7, 9), None]
    assert [c.marked for c in marked([citation("It is small.")], "number")] == [None]
    assert [c.marked for c in marked([citation("It has 40 rooms.")], "fact")] == [None]


def test_the_first_line_is_the_sentence_that_answers_or_the_countries() -> None:
    text = "The hub opened late."
    sure, cited = [part(text)], [citation(text)]
    assert headline("answered", PLAIN, sure, cited) == f"“{text}” [1]"
    assert headline("closest", PLAIN, sure, cited) == ""
    assert headline("partly", PLAIN, [], cited) == ""
    assert headline("answered", replace(PLAIN, intent="outline"), sure, cited) == ""
    assert headline("answered", PLAIN, [part(text), part(text, "SE")], cited) == ""
    everywhere = replace(PLAIN, all_countries=True)
    assert headline("answered", everywhere, [part(text), part(text, "SE")], cited) == "Finland and Sweden."
    long = " ".join(["word"] * (LONGEST + 1)) + "."
    assert headline("answered", PLAIN, [part(long)], [citation(long)]) == ""
