# ruff: noqa: E501  (one case a line reads better)
"""Questions and what is understood of them: countries to look in, topics, group, kinds, years, kind of answer.

One line a question: the question, the countries ("" for the whole library), and what else is exact. What a line does
not name must be empty: no group, not all countries, no topic, no kinds, no years, not only a country's own documents.
"""

from __future__ import annotations

from typing import Any

import pytest

from assistant.model import Document
from assistant.understanding.question import Known, understand

NORDIC = "DK FI IS NO SE"
BRIEF, VISIT, STRATEGY, FRAMEWORK = "policy-brief", "visit-report", "national-strategy", "framework"
EVERY = {"all_countries": True, "intent": "countries"}

CASES: list[tuple[str, str, dict[str, Any]]] = [
    # by name, adjective, people
    ("How did Estonia win public trust?", "EE", {"intent": "how"}),
    ("can employers in austria see a genetic test result", "AT", {"intent": "yes-no"}),
    ("WHO PAYS IN FINLAND?", "FI", {"intent": "who"}),
    ("How can Danes say no to storage of their genome?", "DK", {"intent": "how"}),
    ("What did the Finns decide on secondary use?", "FI", {}),
    ("Do Norwegians have to consent to the treatment register?", "NO", {"intent": "yes-no"}),
    ("Which law protects Hungarian gene data?", "HU", {}),
    ("How many healthy Slovenes are being sequenced?", "SI", {"intent": "number"}),
    ("Who speaks for the Czechs in 1+MG?", "CZ", {"intent": "who"}),
    ("What is Spain's cohort?", "ES", {"intent": "definition"}),
    ("What did Swedes think of data sharing?", "SE", {}),
    ("Which Dutch body decides what is insured?", "NL", {"intent": "who"}),
    ("Has the Netherlands signed?", "NL", {"intent": "yes-no"}),
    ("What does Holland pay for NIPT?", "NL", {}),
    ("Is Polish law silent on biobanks?", "PL", {"intent": "yes-no"}),
    ("please polish the report", "", {}),
    ("Does the Slovak Republic have a biobank?", "SK", {"intent": "yes-no"}),
    ("What happens in the Czech Republic?", "CZ", {}),
    ("What is the UK's plan?", "GB", {"intent": "definition"}),
    ("uk budget for newborn genomes", "GB", {}),
    ("How does Scotland organise genomics?", "GB", {"intent": "how"}),
    ("What is new in Wales?", "GB", {}),
    ("What is happening in Puglia?", "IT", {}),
    ("Which Catalan hospitals take part?", "ES", {}),
    ("How does Flanders fund research?", "BE", {"intent": "how"}),
    ("How old should the Cypriot biobank be?", "CY", {"intent": "number"}),
    ("When did the Maltese population study end?", "MT", {"intent": "date"}),
    # by capital: a name where it acts, a place where it stands after a preposition
    ("When did Vienna sign the declaration?", "AT", {"intent": "date"}),
    ("What did Tallinn decide on raw data?", "EE", {}),
    ("Which hospital in Helsinki was first?", "FI", {}),
    ("What was promised in Sofia?", "BG", {}),
    ("Is there a plan from Paris?", "FR", {"intent": "yes-no"}),
    ("What does Lisbon plan?", "PT", {}),
    # by institution, law, programme
    ("What is Findata?", "FI", {"intent": "definition"}),
    ("findata permits since when?", "FI", {"intent": "date"}),
    ("Who owns Genomics England?", "GB", {"intent": "who"}),
    ("What are the pillars of Genome UK?", "GB", {"intent": "list"}),
    ("How many people took part in the 100k project?", "GB", {"intent": "number"}),
    ("How many genomes did the 100,000 Genomes Project read?", "GB", {"intent": "number"}),
    ("How many babies are in the Generation Study?", "GB", {"intent": "number"}),
    ("What did BALLETT find?", "BE", {}),
    ("What did the TRIDENT studies show?", "NL", {}),
    ("In IMPRESS how many were treated?", "NO", {"intent": "number"}),
    ("How can we impress the ministry?", "", {"intent": "how"}),
    ("What impact does sequencing have?", "", {}),
    ("What is IMPaCT?", "ES", {"intent": "definition"}),
    ("What does PFMG2025 pay for?", "FR", {}),
    ("pfmg2025 aims", "FR", {}),
    ("How many coordinators does the DGOS pay?", "FR", {"intent": "number"}),
    ("Which freezer does LuxGen use?", "LU", {}),
    ("What is NorSeq?", "NO", {"intent": "definition"}),
    ("Which decree is behind the MV GenomSeq?", "DE", {}),
    ("Who runs genomDE?", "DE", {"intent": "who"}),
    ("Who leads ROGEN?", "RO", {"intent": "who"}),
    ("What is A-C-G-T?", "CZ", {"intent": "definition"}),
    ("What is G4PL?", "PL", {"intent": "definition"}),
    ("How many patients does Hartwig have?", "NL", {"intent": "number"}),
    ("What does the Novo Nordisk Foundation give?", "DK", {}),
    ("What is the motto of the laboratory in Pécs?", "HU", {}),
    ("What did minister Kuipers write?", "NL", {}),
    ("How many staff work in Dudelange?", "LU", {"intent": "number"}),
    ("How much does the Lietuvos genomas project get?", "LT", {"intent": "number"}),
    ("What did IPPOSI's jury recommend?", "IE", {}),
    ("Who is in charge at SciLifeLab?", "SE", {"intent": "who"}),
    ("What is studjuDWARNA?", "MT", {"intent": "definition"}),
    ("Does Ireland have a genomic medicine service?", "IE", {"intent": "yes-no"}),
    # never a country: words that look like codes, and words of the initiative
    ("Which IT infrastructure is needed?", "", {}),
    ("IT IS NO BE ALL", "", {}),
    ("What is HTA?", "", {"intent": "definition"}),
    ("Is RNA data special under GDPR?", "", {"intent": "yes-no"}),
    ("What are the eight domains of the maturity model?", "", {"intent": "list"}),
    ("When did B1MG start?", "", {"intent": "date"}),
    ("How many exomes should Genome of Europe have by 2030?", "", {"intent": "number"}),
    ("Is the island biobank ready?", "", {"intent": "yes-no"}),
    ("What should we do to involve patients?", "", {}),
    # the rest of the world
    ("What is Iceland doing with deCODE?", "IS", {}),
    ("Has Andorra a cancer plan?", "AD", {"intent": "yes-no"}),
    ("What are the consent rules in Georgia (the country)?", "GE", {"intent": "list"}),
    ("Does Kosovo take part?", "XK", {"intent": "yes-no"}),
    ("How does South Africa handle consent?", "ZA", {"intent": "how"}),
    ("How many people are in GenomeIndia?", "IN", {"intent": "number"}),
    ("Has Turkey signed?", "TR", {"intent": "yes-no"}),
    ("What does the US spend?", "US", {}),
    ("Tell us about trust", "", {"intent": "outline"}),
    # several countries
    ("How do Denmark and Sweden differ in organising genomics?", "DK SE", {"compare": True, "intent": "how"}),
    ("genome centre in Norway vs Finland", "NO FI", {"compare": True}),
    ("Compare newborn screening in the UK and Greece", "GB GR", {"compare": True}),
    ("Does Estonia have more donors than Latvia?", "EE LV", {"compare": True, "intent": "yes-no"}),
    ("Staff of G4PL vs ROGEN", "PL RO", {"compare": True}),
    ("What do Poland, Slovakia and Romania say on signing?", "PL SK RO", {"compare": True}),
    ("Which of Estonia, Finland and Sweden has a genome act?", "EE FI SE", {"compare": True}),
    ("Which country has more donors, Estonia or Latvia?", "EE LV", {"compare": True}),
    ("What can Germany learn from the UK?", "GB DE", {"compare": True}),
    # a country as topic is not where to look
    ("What did Portugal learn from the Estonian visit?", "PT", {"topic": "EE"}),
    ("Which lessons did Sweden take from the Danish visit?", "SE", {"topic": "DK", "intent": "list"}),
    ("What does Finland say about Estonia's biobank?", "FI", {"topic": "EE"}),
    ("What does Latvia say on tumour boards compared with Austria?", "LV AT", {"compare": True}),
    ("Does Denmark cooperate with Sweden?", "DK", {"topic": "SE", "intent": "yes-no"}),
    ("Does the Danish centre work with France and Sweden?", "DK", {"topic": "FR SE", "intent": "yes-no"}),
    ("Is there something like Findata in Denmark?", "DK", {"topic": "FI", "intent": "yes-no"}),
    ("Does Norway plan a centre similar to Genomics England?", "NO", {"topic": "GB", "intent": "yes-no"}),
    ("What did the UK show at its exchange visit?", "GB", {}),
    ("Who spoke at the Finnish visit?", "FI", {"intent": "who"}),
    ("Which countries spoke at the Finnish visit?", "FI", {"intent": "list"}),
    ("Which countries does Germany work with?", "DE", {"intent": "list"}),
    # every country
    ("Which countries sequence newborns?", "", EVERY),
    ("In which countries was there a citizens' jury?", "", EVERY),
    ("Which states pay for NIPT?", "", EVERY),
    ("Which EU member states have a genome law?", "", EVERY),
    ("Which countries pay for WGS and since when?", "", EVERY),
    ("Does any country budget for patient representatives?", "", EVERY),
    ("Does anyone budget for patient representatives?", "", EVERY),
    ("Who else sequences newborns?", "", EVERY),
    ("How are newborns screened across Europe?", "", EVERY),
    ("List all countries with a biobank law", "", EVERY),
    ("What holds countries back, country by country?", "", EVERY),
    ("Where in Europe is NIPT free?", "", EVERY),
    ("Where are patients heard?", "", EVERY),
    ("Where does the law require written consent?", "", EVERY),
    ("Where did a Recovery and Resilience plan pay for freezers?", "", EVERY),
    ("Where is the GDI reference kept?", "", {}),
    ("Where is GDI run?", "", {}),
    ("Where does the money come from?", "", {}),
    ("Where are samples stored in Estonia?", "EE", {}),
    ("Which countries work with Denmark?", "", {**EVERY, "topic": "DK"}),
    ("Which countries have something like Findata?", "", {**EVERY, "topic": "FI"}),
    ("Which countries signed before Romania?", "", {**EVERY, "topic": "RO"}),
    ("Which countries besides Estonia have a biobank law?", "", EVERY),
    ("How many countries signed the declaration?", "", {"intent": "number"}),
    ("Should all countries have a mirror group?", "", {"intent": "yes-no"}),
    ("Why do papers give different numbers of 1+MG countries?", "", {"intent": "why"}),
    ("Name three countries with newborn screening", "", EVERY),
    ("Countries such as Estonia have biobanks; which others do?", "", {**EVERY, "topic": "EE"}),
    ("Which countries other than Denmark and Sweden pay?", "", EVERY),
    ("Other than the UK, who has patient panels?", "", EVERY),
    ("How do small countries like Malta and Luxembourg cope?", "MT LU", {"compare": True, "intent": "how"}),
    ("Did the Dutch copy the French plan?", "NL", {"topic": "FR", "intent": "yes-no"}),
    ("Does ROGEN resemble PFMG2025?", "RO FR", {"compare": True, "intent": "yes-no"}),
    ("How does opt-out work in Denmark compared to consent in Germany?", "DK DE", {"compare": True, "intent": "how"}),
    # groups
    ("How do the Nordic countries share data?", NORDIC, {"group": "nordic", "compare": True, "intent": "how"}),
    ("Which Nordic countries have a genome centre?", NORDIC, {"group": "nordic", **EVERY}),
    ("What do the Nordics except Iceland pay?", "DK FI NO SE", {"group": "nordic", "compare": True}),
    ("biobanks in Scandinavia", "DK NO SE", {"group": "scandinavian", "compare": True}),
    ("How big are the biobanks of the Baltic states?", "EE LV LT", {"group": "baltic", "compare": True, "intent": "number"}),
    ("Is NIPT reimbursed in the Benelux?", "BE NL LU", {"group": "benelux", "compare": True, "intent": "yes-no"}),
    ("What did the host countries of the visits show?", "GB EE FI", {"group": "hosts", "compare": True}),
    ("What do the non-signatories say?", "PL SK", {"group": "non-signatories", "compare": True}),
    ("How do the Baltics and Poland differ?", "EE LV LT PL", {"group": "baltic", "compare": True, "intent": "how"}),
    ("What do the two Mediterranean island states plan?", "CY MT", {"group": "mediterranean-islands", "compare": True}),
    ("How does the Iberian peninsula organise sequencing?", "ES PT", {"group": "iberian", "compare": True, "intent": "how"}),
    ("Which Baltic state has the biggest biobank?", "EE LV LT", {"group": "baltic", "all_countries": True, "intent": "closest"}),
    ("Which signatories pay for WGS?", "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL NO PT RO SE SI", {"group": "signatories", **EVERY}),
    ("What are signatories obliged to do?", "", {}),
    ("How many signatories are there?", "", {"intent": "number"}),
    ("Which nine countries gave flash talks?", "", EVERY),
    # who says so
    ("What does Estonia itself say on trust?", "EE", {"own": True}),
    ("According to Estonia itself, how many donors are there?", "EE", {"own": True, "intent": "number"}),
    ("How does Finland describe its law in its own words?", "FI", {"own": True, "intent": "how"}),
    ("What do the Danes themselves think?", "DK", {"own": True}),
    ("How much does the state itself pay in Latvia?", "LV", {"intent": "number"}),
    # kinds of documents and years of the source
    ("What does the policy brief say about Estonia?", "EE", {"kinds": [BRIEF]}),
    ("In the policy brief, what is said on training?", "", {"kinds": [BRIEF]}),
    ("What does the brief recommend?", "", {"kinds": [BRIEF]}),
    ("What is in the visit reports on consent?", "", {"kinds": [VISIT]}),
    ("What did the visit report of 2021 say on Findata?", "FI", {"kinds": [VISIT], "years": (2021, 2021)}),
    ("What do strategies since 2020 say about newborns?", "", {"kinds": [STRATEGY], "years": (2020, 2100)}),
    ("strategies before 2018 on biobanks", "", {"kinds": [STRATEGY], "years": (1900, 2017)}),
    ("What do national strategies between 2019 and 2023 say?", "", {"kinds": [STRATEGY], "years": (2019, 2023)}),
    ("What do documents from before 2018 say about consent?", "", {"years": (1900, 2017)}),
    ("What was said before 2018 about HTA?", "", {"years": (1900, 2017)}),
    ("What do sources newer than 2023 say on ROGEN?", "RO", {"years": (2024, 2100)}),
    ("What do documents published in 2024 or later say?", "", {"years": (2024, 2100)}),
    ("What do reports from 2021 onwards say?", "", {"years": (2021, 2100)}),
    ("In the 2022 policy brief, who speaks for patients?", "", {"kinds": [BRIEF], "years": (2022, 2022)}),
    ("What do framework documents say on consent?", "", {"kinds": [FRAMEWORK]}),
    ("According to the Danish strategy, who pays?", "DK", {"kinds": [STRATEGY]}),
    ("How many donors joined the Estonian biobank since 2018?", "EE", {"intent": "number"}),
    ("What does Norway spend on its 2023-2030 strategy?", "NO", {}),
    ("Has Poland adopted a strategy?", "PL", {"intent": "yes-no"}),
    ("What should we do in our genomic strategy?", "", {}),
    ("Which ministries are involved in Finland's growth strategy?", "FI", {"intent": "list"}),
    ("What goals are set in the Dutch strategy?", "NL", {"kinds": [STRATEGY], "intent": "list"}),
    ("What did the 2022 brief recommend?", "", {"kinds": [BRIEF], "years": (2022, 2022)}),
    # what kind of answer
    ("Since when is NIPT paid for in Belgium?", "BE", {"intent": "date"}),
    ("In which year was the Danish centre founded?", "DK", {"intent": "date"}),
    ("Date of the Finnish visit?", "FI", {"intent": "date"}),
    ("What is the monthly budget of the Malta BioBank?", "MT", {"intent": "number"}),
    ("What share of Estonians are donors?", "EE", {"intent": "number"}),
    ("Why did Finland's bill lapse?", "FI", {"intent": "why"}),
    ("What is a national mirror group?", "", {"intent": "definition"}),
    ("What does ELSI stand for?", "", {"intent": "definition"}),
    ("Who is the director of Genomic Medicine Sweden?", "SE", {"intent": "who"}),
    ("Which body grants permits in Finland?", "FI", {"intent": "who"}),
    ("What are the chapters of Ireland's strategy?", "IE", {"intent": "list"}),
    ("What are PRS used for in Estonia?", "EE", {}),
    ("Name the seven priorities of Denmark", "DK", {"intent": "list"}),
    ("In what way do the Irish involve patients?", "IE", {"intent": "how"}),
]  # fmt: skip


def test_there_are_enough() -> None:
    assert len(CASES) >= 150
    assert len({question for question, _, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("question", "countries", "more"), CASES, ids=[question for question, _, _ in CASES])
def test_a_question_is_understood(question: str, countries: str, more: dict[str, Any]) -> None:
    found = understand(question)
    assert sorted(found.countries or ()) == sorted(countries.split())
    assert {
        "group": found.group,
        "all_countries": found.all_countries,
        "compare": found.compare,
        "topic": " ".join(sorted(found.topic_countries)),
        "own": found.own,
        "kinds": list(found.kinds or ()),
        "years": found.years,
        "intent": found.intent,
    } == {
        "group": "", "all_countries": False, "compare": False, "topic": "", "own": False, "kinds": [], "years": None,
        "intent": "fact", **more,
    }  # fmt: skip
    assert (found.corrections, found.language, found.notices) == ((), "en", ())


@pytest.mark.parametrize("text", ["hello", "Thanks!", "  ", "???", "What can you do?", "Bonjour"])
def test_a_greeting_is_no_question(text: str) -> None:
    assert understand(text).help


def document(identifier: str, title: str, **fields: Any) -> Document:
    return Document(identifier, f"{identifier}.pdf", "", title, **fields)


LIBRARY = (
    document("ee", "Estonia: genomic medicine", countries=("EE",), kind="national-strategy", author="EE"),
    document("uk", "Genome UK: the future of healthcare", countries=("GB",), kind="national-strategy", author="GB"),
    document("brief", "Key issues for implementation", kind="policy-brief", year=2022, author="B1MG"),
    document("fi", "Finland: a visit", countries=("FI",), kind="visit-report", author="B1MG"),
)


def known(**more: Any) -> Known:
    return Known(documents=LIBRARY, holds=lambda code: code in ("EE", "GB", "FI"), **more)


def test_an_institution_points_to_its_country_where_the_library_speaks_of_it() -> None:
    assert understand("What does Findata do?", (), known()).countries == ("FI",)


def test_an_institution_of_another_country_is_looked_for_everywhere_when_the_library_names_it() -> None:
    mentioned = known(frequency=lambda word: 1)
    assert understand("What does SciLifeLab do?", (), mentioned).countries is None
    assert understand("What does Sweden do?", (), mentioned).countries == ("SE",)


def test_an_institution_nobody_names_stands_for_its_country_without_documents() -> None:
    unknown = known(frequency=lambda word: 0 if word == "scilifelab" else 1)
    assert understand("What does SciLifeLab do?", (), unknown).countries == ("SE",)


def test_all_but_one_country() -> None:
    found = understand("Which countries besides Estonia have a law?", (), known())
    assert (found.all_countries, found.countries) == (True, ("FI", "GB"))


def test_a_country_without_documents_of_its_own_is_said() -> None:
    found = understand("What does Finland itself say?", (), known())
    assert not found.own
    assert found.notices == ("The library holds no document written by Finland itself; these are documents about it.",)
    assert understand("What does Estonia itself say?", (), known()).own


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("What is said in Genome UK on newborns?", ("uk",)),
        ("What does Key issues for implementation recommend?", ("brief",)),
        ("Who wrote “Genome UK: the future of healthcare”?", ("uk",)),
        ("What is Genome UK?", None),
        ("What are key issues for implementation?", None),
        ("Estonia: genomic medicine", None),
    ],
)
def test_a_title_as_the_place_to_look(question: str, documents: tuple[str, ...] | None) -> None:
    assert understand(question, (), known()).documents == documents


def test_kinds_the_library_lacks_restrict_nothing() -> None:
    assert understand("What do framework documents say?", (), known()).kinds is None
    assert understand("What does the policy brief say?", (), known()).kinds == ("policy-brief",)


def test_a_question_is_searched_with_in_its_own_words() -> None:
    found = understand("What does the policy brief say about payment for tests?", (), known())
    assert (found.search_text, found.text) == (found.original, found.original)
    assert found.kinds == ("policy-brief",)


def test_thousands_are_written_out() -> None:
    assert (
        understand("Who pays for sequencing 100k Greek babies?").text == "Who pays for sequencing 100,000 Greek babies?"
    )
