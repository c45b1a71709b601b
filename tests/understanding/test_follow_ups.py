# ruff: noqa: E501  (one case a line reads better)
"""Two and three turns: what an elliptical question takes from the turns before, word by word."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.understanding.question import understand

TRUST = "How did Estonia win public trust?"
FUND = "How does Estonia fund its biobank?"
NIPT = "Is NIPT reimbursed in Belgium?"
NEWBORNS = "Which countries sequence newborns?"

# (earlier questions, question, as understood, countries, anything else that is exact)
CASES: list[tuple[tuple[str, ...], str, str, str, dict[str, Any]]] = [
    # the same for another country
    ((FUND,), "And in Finland?", "How does Finland fund its biobank?", "FI", {"intent": "how"}),
    ((FUND,), "Finland?", "How does Finland fund its biobank?", "FI", {}),
    ((FUND,), "and the Danes?", "How does Denmark fund its biobank?", "DK", {}),
    ((FUND,), "What about Norway?", "How does Norway fund its biobank?", "NO", {}),
    ((FUND,), "Same for Sweden", "How does Sweden fund its biobank?", "SE", {}),
    ((FUND,), "or the Netherlands?", "How does the Netherlands fund its biobank?", "NL", {}),
    ((FUND,), "And Finland and Sweden?", "How do Finland and Sweden fund its biobank?", "FI SE", {"compare": True}),
    ((FUND,), "And the Nordics?", "How do the Nordic countries fund its biobank?", "DK FI IS NO SE", {"group": "nordic"}),
    ((FUND,), "How does Finland do it?", "How does Finland fund its biobank?", "FI", {}),
    ((FUND,), "And elsewhere?", "How do other countries fund its biobank?", "", {"all_countries": True}),
    ((FUND,), "and findland?", "How does Finland fund its biobank?", "FI", {"corrections": (("findland", "Finland"),)}),
    (("Who runs the Danish genome centre?",), "And the Norwegian one?", "Who runs the Norwegian genome centre?", "NO", {}),
    (("Who runs the Danish genome centre?",), "And in Finland?", "Who runs the Finnish genome centre?", "FI", {}),
    (("How do the Danes get consent?",), "And the Dutch?", "How does the Netherlands get consent?", "NL", {}),
    (("What did the UK spend?",), "And Germany?", "What did Germany spend?", "DE", {}),
    (("How do Ireland and Spain train geneticists?",), "And Finland?", "How does Finland train geneticists?", "FI", {}),
    (("How do Ireland and Spain differ on training?",), "And Finland?", "How do Ireland, Spain and Finland differ on training?", "IE ES FI", {"compare": True}),
    (("What did Portugal learn from the Estonian visit?",), "And Spain?", "What did Spain learn from the Estonian visit?", "ES", {"topic_countries": ("EE",)}),
    ((NEWBORNS,), "And Finland?", "Is Finland among the countries that sequence newborns?", "FI", {"all_countries": False}),
    (("In which countries was there a citizens' jury?",), "What about Ireland?", "Was there a citizens' jury in Ireland?", "IE", {}),
    (("What is Genomics England?",), "And in Finland?", "Is there something like Genomics England in Finland?", "FI", {"topic_countries": ("GB",)}),
    (("How does Genomics England involve patients?",), "And Estonia?", "How does Estonia involve patients?", "EE", {}),
    (("What should a strategy contain?",), "And in Latvia?", "What should a strategy contain in Latvia?", "LV", {}),
    # compare
    ((TRUST,), "Compare that with Denmark", "How did Estonia win public trust, compared with Denmark?", "EE DK", {"compare": True}),
    ((TRUST,), "How does that compare with Finland?", "How did Estonia win public trust, compared with Finland?", "EE FI", {"compare": True}),
    ((TRUST,), "versus Latvia?", "How did Estonia win public trust, compared with Latvia?", "EE LV", {"compare": True}),
    # a question word alone
    ((NIPT,), "Since when?", "Since when is NIPT reimbursed in Belgium?", "BE", {"intent": "date"}),
    ((TRUST,), "Why?", "Why did Estonia win public trust?", "EE", {"intent": "why"}),
    ((TRUST,), "When?", "When did Estonia win public trust?", "EE", {"intent": "date"}),
    (("Does Finland have a genome law?",), "Why not?", "Why not does Finland have a genome law?", "FI", {"intent": "why"}),
    (("What is Findata?",), "Since when?", "Since when? (What is Findata)", "FI", {"intent": "date"}),
    (("Who grants permits in Finland?",), "How many?", "How many? (Who grants permits in Finland)", "FI", {"intent": "number"}),
    # it, its, they, there
    (("What is PFMG2025?",), "Who asked for it?", "Who asked for PFMG2025?", "FR", {"intent": "who"}),
    (("What is ROGEN?",), "Who leads it?", "Who leads ROGEN?", "RO", {}),
    (("What is the Hartwig Medical Foundation?",), "How many samples are in its database?", "How many samples are in the Hartwig Medical Foundation's database?", "NL", {"intent": "number"}),
    (("When was the Danish National Genome Center founded?",), "On what decree does it rest?", "On what decree does the Danish National Genome Center rest?", "DK", {}),
    (("Tell me about the Danish National Genome Center",), "Who finances it?", "Who finances the Danish National Genome Center?", "DK", {}),
    (("How many genomes in the Slovenian reference project?",), "Who leads it?", "Who leads the Slovenian reference project?", "SI", {"intent": "who"}),
    (("What is Estonia's biobank?",), "And who is its chair?", "Who is Estonia's biobank's chair?", "EE", {"intent": "who"}),
    (("Where is Slovakia opening its national biobank?",), "What will it cost?", "What will the national biobank cost in Slovakia?", "SK", {"intent": "number"}),
    (("How does Estonia run its biobank?",), "Where are samples stored?", "Where are samples stored?", "", {"taken": ()}),
    (("What is a national mirror group?",), "Who sits in it?", "Who sits in a national mirror group?", "", {}),
    (("What is the policy brief of 2022?",), "What does it recommend on consent?", "What does the policy brief of 2022 recommend on consent?", "", {"kinds": ("policy-brief",)}),
    (("Does Portugal have a strategy?",), "What is the local pilot there?", "What is the local pilot in Portugal? (strategy)", "PT", {}),
    (("What is A-C-G-T?",), "From how many towns did they come?", "From how many towns did they come in Czechia? (A-C-G-T)", "CZ", {"intent": "number"}),
    (("Compare the biobanks of Cyprus and Malta",), "Which of them is larger?", "Which of Cyprus and Malta is larger? (biobanks)", "CY MT", {"compare": True}),
    (("Is NIPT free in Belgium?",), "Is it also free in Greece?", "Is NIPT also free in Greece?", "GR", {"intent": "yes-no"}),
    ((FUND,), "Does Denmark do that too?", "How does Denmark fund its biobank?", "DK", {}),
    # a short question without a country
    (("Who is Genomic Medicine Sweden?",), "Who is the director?", "Who is the director of Genomic Medicine Sweden?", "SE", {"intent": "who"}),
    (("Does Hungary have a national genome strategy?",), "When was a bill expected?", "When was a bill expected in Hungary? (national genome strategy)", "HU", {"intent": "date"}),
    (("What is happening in Puglia?",), "How many variants were there?", "How many variants were there in Puglia?", "IT", {"intent": "number"}),
    (("What is the Generation Study?",), "and how many genes?", "How many genes in the United Kingdom? (Generation Study)", "GB", {"intent": "number"}),
    (("Who does genetic testing in Luxembourg?",), "And who is the owner of that centre?", "Who is the owner of that centre in Luxembourg? (genetic testing)", "LU", {}),
    (("Does Austria have a genome programme?",), "And what does the law say about insurers?", "What does the law say about insurers in Austria? (genome programme)", "AT", {}),
    (("How do the Nordic countries pay for WGS?",), "Who decides?", "Who decides in the Nordic countries? (pay for WGS)", "DK FI IS NO SE", {"group": "nordic"}),
    ((NEWBORNS, "And which of them have an opt-out?"), "What about Denmark?", "Is Denmark among the countries that have an opt-out?", "DK", {}),
    ((NEWBORNS,), "And who pays?", "Who pays in each country? (sequence newborns)", "", {"all_countries": True, "intent": "countries"}),
    ((NEWBORNS,), "Which ones don't?", "Which countries don't? (sequence newborns)", "", {"all_countries": True}),
    # another topic, the same place
    ((TRUST,), "What about training?", "What about training in Estonia?", "EE", {}),
    (("What does the policy brief say about training?",), "And about data sharing?", "What does the policy brief say about data sharing?", "", {"kinds": ("policy-brief",)}),
    (("What does the policy brief say about training?",), "What about patients?", "What does the policy brief say about patients?", "", {"kinds": ("policy-brief",)}),
    (("Who pays for NIPT in Belgium?",), "And for WGS?", "Who pays for WGS in Belgium?", "BE", {"intent": "who"}),
    # three turns
    ((FUND, "And in Finland?"), "Who pays for it?", "Who pays for the biobank in Finland?", "FI", {"intent": "who"}),
    ((FUND, "And in Finland?"), "And Norway?", "How does Norway fund its biobank?", "NO", {}),
    ((NIPT, "And in Greece?"), "Since when?", "Since when is NIPT reimbursed in Greece?", "GR", {"intent": "date"}),
    ((TRUST, "What about training?"), "And in Latvia?", "What about training in Latvia?", "LV", {}),
    ((TRUST, "Compare that with Denmark"), "And consent?", "What about consent in Estonia and Denmark?", "EE DK", {"compare": True}),
    (("How many genomes does Latvia want?", "Who pays?"), "And how much from the ministry itself?", "How much from the ministry itself in Latvia? (pays genomes want)", "LV", {"intent": "number"}),
    ((FUND, "thanks"), "And in Finland?", "How does Finland fund its biobank?", "FI", {}),
    ((FUND, "What is the Genome of Europe?"), "Who leads it?", "Who leads the Genome of Europe?", "", {"intent": "who"}),
    (("What does the policy brief recommend on GPs?", "Why?"), "And on industry?", "What does the policy brief recommend on industry?", "", {"kinds": ("policy-brief",)}),
    (("Tell me about PERIGENOMED", "How many babies?"), "What does it cost?", "What does PERIGENOMED cost?", "FR", {"intent": "number"}),
    (("How are patients involved in the UK?", "Are they paid?"), "Does Estonia do the same?", "Are they paid in Estonia? (patients involved)", "EE", {}),
    (("What did the UK visit show?",), "And the Estonian one?", "What did the Estonian visit show?", "EE", {}),
    (("What is the position of Poland?", "Is it a signatory?"), "And Slovakia?", "Is Slovakia a signatory?", "SK", {"intent": "yes-no"}),
    (("Do the Baltic states share data?", "Is there a law?"), "What about Estonia only?", "Is there a law in Estonia? (share data)", "EE", {"group": ""}),
    (("How does Malta handle consent?", "Explain dynamic consent"), "More details please", "Explain dynamic consent", "", {}),
    (("Which law regulates data in Finland?", "From which year?"), "And in Denmark?", "From which year in Denmark? (law regulates data)", "DK", {"intent": "date"}),
    # a new full question takes nothing
    ((TRUST,), "What is the Genome of Europe?", "What is the Genome of Europe?", "", {"intent": "definition"}),
    ((TRUST,), "How many indicators does the maturity model have?", "How many indicators does the maturity model have?", "", {}),
    ((TRUST,), "What should we do to involve patients?", "What should we do to involve patients?", "", {}),
    ((TRUST,), "How does Finland govern its biobanks?", "How does Finland govern its biobanks?", "FI", {}),
    ((TRUST,), "And how does Finland train nurses?", "How does Finland train nurses?", "FI", {}),
    ((TRUST,), "Which countries have a genome law?", "Which countries have a genome law?", "", {"all_countries": True}),
    ((TRUST,), "What is federated analysis?", "What is federated analysis?", "", {}),
    ((TRUST,), "What do the eight domains of the maturity model mean?", "What do the eight domains of the maturity model mean?", "", {}),
    ((TRUST,), "Does anyone budget for patient representatives?", "Does anyone budget for patient representatives?", "", {"all_countries": True}),
    ((TRUST,), "What do patients in Europe think about their data?", "What do patients in Europe think about their data?", "", {}),
    ((TRUST,), "Who coordinates the Genome of Europe project?", "Who coordinates the Genome of Europe project?", "", {}),
]  # fmt: skip


def test_there_are_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    ("history", "question", "text", "countries", "more"), CASES, ids=[f"{h[-1]} | {q}" for h, q, *_ in CASES]
)
def test_a_follow_up(history: tuple[str, ...], question: str, text: str, countries: str, more: dict[str, Any]) -> None:
    found = understand(question, history)
    assert found.text == text
    assert sorted(found.countries or ()) == sorted(countries.split())
    assert {name: getattr(found, name) for name in more} == more
    assert found.original == question


@pytest.mark.parametrize(
    ("history", "question"), [(h, q) for h, q, *_ in CASES], ids=[f"{h[-1]} | {q}" for h, q, *_ in CASES]
)
def test_what_is_shown_can_be_asked_again(history: tuple[str, ...], question: str) -> None:
    found = understand(question, history)
    again = understand(found.text)
    assert (again.countries, again.group, again.all_countries) == (found.countries, found.group, found.all_countries)
    assert (again.kinds, again.years, again.intent) == (found.kinds, found.years, found.intent)


def test_the_search_keeps_the_topic() -> None:
    found = understand("Who pays?", ["How does Estonia run newborn screening?", "And in Finland?"])
    assert found.text == "Who pays in Finland? (run newborn screening)"
    assert found.search_text == "Who pays in Finland run newborn screening"


def test_a_topic_is_carried_over_several_turns() -> None:
    found = understand("Why?", ["How does Estonia run newborn screening?", "And in Finland?", "Who pays?"])
    assert found.text == "Why? (Who pays in Finland)"
    assert found.search_text == "Why Who pays in Finland run newborn screening"
