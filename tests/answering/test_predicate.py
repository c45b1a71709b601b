"""What a question says of its subject must be said in the evidence, in that word or another."""

from __future__ import annotations

import pytest

from assistant.answering.decide import Rule, decide
from assistant.answering.predicate import predicate_of, verb_unsaid
from tests.answering.test_kinds import candidates_of, wanted


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Who audits the Danish National Genome Center?", "audit"),
        ("Who has now supplied the arrays for FinnGen?", "suppli"),
        ("Who is the contact for the brief?", "contact"),
        ("Does the Estonian Biobank sell data to companies?", "sell"),
        ("Why did Lithuania choose Santaros Klinikos?", "choos"),
        ("How did Cyprus recruit its volunteers?", "recruit"),
        ("What did Dutch insurers demand for it?", "demand"),
        ("When was the Finnish Genome Act approved?", "approv"),
        ("How many Danish patients complained about the centre?", "complain"),
        ("How many people have been examined?", "examin"),
        ("Who gets the money?", "money"),
        ("What does Norway want with its strategy?", ""),
        ("What is Sweden's policy on patents?", ""),
        ("Is the database public?", ""),
        ("Is whole-genome sequencing reimbursed in Malta?", "reimburs"),
        ("What are the goals?", ""),
        ("When will Spain's list of tests appear?", ""),
        ("What did Portuguese patient advocates criticise?", "criticis"),
    ],
)
def test_the_verb_is_found_by_its_place(question: str, verb: str) -> None:
    assert predicate_of(question) == verb


@pytest.mark.parametrize(
    ("question", "text", "verb"),
    [
        ("Who opposed the rule of Malta?", "The government of Malta approved the rule.", "opposed"),
        ("Who opposed the rule of Malta?", "Doctors criticised the rule of Malta.", ""),
        ("Does Malta reimburse genomes?", "Malta read 300 genomes.", "reimburse"),
        ("Does Malta reimburse genomes?", "The insurers of Malta pay for genomes.", ""),
        ("Can Maltese patients demand genomes?", "Patients in Malta have a right to genomes.", ""),
        ("How many people attended in Malta?", "Sixty people gathered in Malta.", ""),
        ("Who is the contact for the brief?", "The contact is Ana Silva.", ""),
        ("How much money did Malta earn?", "Malta spent EUR 3 million.", ""),
    ],
)
def test_it_must_be_said_in_some_word(question: str, text: str, verb: str) -> None:
    assert verb_unsaid(question, wanted(question), candidates_of(text)) == verb


def test_where_it_is_unsaid_the_passages_are_leads() -> None:
    question, rule = "Who opposed the rule of Malta?", Rule(9.0, {}, 0.5, 0.0)
    ranked = candidates_of("The government of Malta approved the rule.")
    found = decide(ranked, wanted(question), (), rule, question)
    assert (found.outcome, found.reason) == ("not-enough", "“opposed” does not occur in what was found")
