# ruff: noqa: E501  (one case a line reads better)
"""Questions and what is understood of them: countries to look in, topics, group, kinds, years, expectation.

One line a question: the question, the countries ("" for the whole library), and what else is exact. What a line does
not name must be empty: no group, not all countries, no topic, no kinds, no years, not only a country's own documents.
"""

from __future__ import annotations

from typing import Any

import pytest

from assistant.model import Document
from assistant.retrieval.question import Known, understand

NORDIC = "DK FI IS NO SE"
BRIEF, VISIT, STRATEGY, FRAMEWORK = "policy-brief", "visit-report", "national-strategy", "framework"
EVERY = {"all_countries": True, "expects": "list"}

CASES: list[tuple[str, str, dict[str, Any]]] = [
    # by name, adjective, people
    ("How did Estonia win public trust?", "EE", {"expects": "how"}),
    ("can insurers in austria see a genetic test result", "AT", {"expects": "yes-no"}),
    ("WHO PAYS IN FINLAND?", "FI", {"expects": "who"}),
    ("How can Danes say no to research on their genome?", "DK", {"expects": "how"}),
    ("What did the Finns decide on secondary use?", "FI", {}),
    ("Do Norwegians have to consent to the treatment register?", "NO", {"expects": "yes-no"}),
    ("Which law protects Hungarian gene data?", "HU", {}),
    ("How many healthy Slovenes are being sequenced?", "SI", {"expects": "number"}),
    ("Who coordinates 1+MG for the Czechs?", "CZ", {"expects": "who"}),
    ("What is Spain's cohort?", "ES", {"expects": "definition"}),
    ("What did Swedes think of data sharing?", "SE", {}),
    ("Which Dutch body decides what is insured?", "NL", {}),
    ("Has the Netherlands signed?", "NL", {"expects": "yes-no"}),
    ("What does Holland pay for NIPT?", "NL", {}),
    ("Is Polish law silent on biobanks?", "PL", {"expects": "yes-no"}),
    ("please polish the report", "", {}),
    ("Does the Slovak Republic have a biobank?", "SK", {"expects": "yes-no"}),
    ("What happens in the Czech Republic?", "CZ", {"expects": "overview"}),
    ("What is the UK's plan?", "GB", {"expects": "definition"}),
    ("uk budget for newborn genomes", "GB", {}),
    ("How does Scotland organise genomics?", "GB", {"expects": "how"}),
    ("What is new in Wales?", "GB", {}),
    ("What is happening in Puglia?", "IT", {}),
    ("Which Catalan hospitals take part?", "ES", {}),
    ("How does Flanders fund research?", "BE", {"expects": "how"}),
    ("How big should the Cypriot biobank get?", "CY", {"expects": "number"}),
    ("When did the Maltese population study start?", "MT", {"expects": "date"}),
    # by capital: a name where it acts, a place where it stands after a preposition
    ("When did Vienna sign the declaration?", "AT", {"expects": "date"}),
    ("What did Tallinn decide on raw data?", "EE", {}),
    ("Which hospital in Helsinki was first?", "FI", {}),
    ("What was promised in Sofia?", "BG", {}),
    ("Is there a plan from Paris?", "FR", {"expects": "yes-no"}),
    ("What does Lisbon plan?", "PT", {}),
    # by institution, law, programme
    ("What is Findata?", "FI", {"expects": "definition"}),
    ("findata permits since when?", "FI", {"expects": "date"}),
    ("Who owns Genomics England?", "GB", {"expects": "who"}),
    ("What are the pillars of Genome UK?", "GB", {"expects": "list"}),
    ("How many people took part in the 100k project?", "GB", {"expects": "number"}),
    ("How many genomes did the 100,000 Genomes Project read?", "GB", {"expects": "number"}),
    ("How many babies are in the Generation Study?", "GB", {"expects": "number"}),
    ("What did BALLETT find?", "BE", {}),
    ("What did the TRIDENT studies show?", "NL", {}),
    ("In IMPRESS how many were treated?", "NO", {"expects": "number"}),
    ("How can we impress the ministry?", "", {"expects": "how"}),
    ("What impact does sequencing have?", "", {}),
    ("What is IMPaCT?", "ES", {"expects": "definition"}),
    ("What does PFMG2025 pay for?", "FR", {}),
    ("pfmg2025 aims", "FR", {}),
    ("How many coordinators does the DGOS pay?", "FR", {"expects": "number"}),
    ("Which sequencer does LuxGen use?", "LU", {}),
    ("What is NorSeq?", "NO", {"expects": "definition"}),
    ("Which law is behind the MV GenomSeq?", "DE", {}),
    ("Who runs genomDE?", "DE", {"expects": "who"}),
    ("Who leads ROGEN?", "RO", {"expects": "who"}),
    ("What is A-C-G-T?", "CZ", {"expects": "definition"}),
    ("What is G4PL?", "PL", {"expects": "definition"}),
    ("How many patients does Hartwig have?", "NL", {"expects": "number"}),
    ("What does the Novo Nordisk Foundation give?", "DK", {}),
    ("What is the target of the programme in Pécs?", "HU", {"expects": "definition"}),
    ("What did minister Kuipers write?", "NL", {}),
    ("How many staff work in Dudelange?", "LU", {"expects": "number"}),
    ("How much does the Lietuvos genomas project get?", "LT", {"expects": "number"}),
    ("What did IPPOSI's jury recommend?", "IE", {}),
    ("Who is in charge at SciLifeLab?", "SE", {"expects": "who"}),
    ("What is studjuDWARNA?", "MT", {"expects": "definition"}),
    ("Does Ireland have a genomic medicine service?", "IE", {"expects": "yes-no"}),
    # never a country: words that look like codes, and words of the initiative
    ("Which IT infrastructure is needed?", "", {}),
    ("IT IS NO BE ALL", "", {}),
    ("What is HTA?", "", {"expects": "definition"}),
    ("Is DNA data special under GDPR?", "", {"expects": "yes-no"}),
    ("What are the eight domains of the maturity model?", "", {"expects": "list"}),
    ("When did B1MG start?", "", {"expects": "date"}),
    ("How many genomes should Genome of Europe have by 2028?", "", {"expects": "number"}),
    ("Is the island biobank ready?", "", {"expects": "yes-no"}),
    ("What should we do to involve patients?", "", {}),
    # the rest of the world
    ("What is Iceland doing with deCODE?", "IS", {}),
    ("Has Andorra a rare disease plan?", "AD", {"expects": "yes-no"}),
    ("What are the consent rules in Georgia (the country)?", "GE", {"expects": "list"}),
    ("Does Kosovo take part?", "XK", {"expects": "yes-no"}),
    ("How does South Africa handle consent?", "ZA", {"expects": "how"}),
    ("How many people are in GenomeIndia?", "IN", {"expects": "number"}),
    ("Has Turkey signed?", "TR", {"expects": "yes-no"}),
    ("What does the US spend?", "US", {}),
    ("Tell us about trust", "", {}),
    # several countries
    ("How do Denmark and Sweden differ in organising genomics?", "DK SE", {"compare": True, "expects": "how"}),
    ("genome centre in Norway vs Finland", "NO FI", {"compare": True}),
    ("Compare newborn screening in the UK and Greece", "GB GR", {"compare": True}),
    ("Does Estonia have more donors than Latvia?", "EE LV", {"compare": True, "expects": "yes-no"}),
    ("Money of G4PL vs ROGEN", "PL RO", {"compare": True}),
    ("What do Poland, Slovakia and Romania say on signing?", "PL SK RO", {"compare": True}),
    ("Which of Estonia, Finland and Sweden has a genome act?", "EE FI SE", {"compare": True}),
    ("Which country has more donors, Estonia or Latvia?", "EE LV", {"compare": True}),
    ("What can Germany learn from the UK?", "GB DE", {"compare": True, "expects": "overview"}),
    # a country as topic is not where to look
    ("What did Portugal learn from the Estonian visit?", "PT", {"topic": "EE"}),
    ("Which lessons did Sweden take from the Danish visit?", "SE", {"topic": "DK", "expects": "list"}),
    ("What does Finland say about Estonia's biobank?", "FI", {"topic": "EE"}),
    ("What does Latvia say on tumour boards compared with Austria?", "LV AT", {"compare": True}),
    ("Does Denmark cooperate with Sweden?", "DK", {"topic": "SE", "expects": "yes-no"}),
    ("Does the Danish centre work with France and Sweden?", "DK", {"topic": "FR SE", "expects": "yes-no"}),
    ("Is there something like Findata in Denmark?", "DK", {"topic": "FI", "expects": "yes-no"}),
    ("Does Norway plan a centre similar to Genomics England?", "NO", {"topic": "GB", "expects": "yes-no"}),
    ("What did the UK show at its exchange visit?", "GB", {"expects": "overview"}),
    ("Who spoke at the Finnish visit?", "FI", {"expects": "who"}),
    ("Which countries spoke at the Finnish visit?", "FI", {"expects": "list"}),
    ("Which countries does Germany work with?", "DE", {"expects": "list"}),
    # every country
    ("Which countries sequence newborns?", "", EVERY),
    ("In which countries was there a citizens' jury?", "", EVERY),
    ("Which states pay for NIPT?", "", EVERY),
    ("Which EU member states have a genome law?", "", EVERY),
    ("Which countries pay for WGS and since when?", "", {"all_countries": True, "expects": "date"}),
    ("Does any country budget for patient representatives?", "", {"all_countries": True, "expects": "yes-no"}),
    ("Does anyone budget for patient representatives?", "", {"all_countries": True, "expects": "yes-no"}),
    ("Who else sequences newborns?", "", {"all_countries": True, "expects": "who"}),
    ("How are newborns screened across Europe?", "", {"all_countries": True, "expects": "how"}),
    ("List all countries with a biobank law", "", EVERY),
    ("What holds countries back, country by country?", "", {"all_countries": True}),
    ("Where in Europe is NIPT free?", "", {"all_countries": True}),
    ("Where are patients heard?", "", {"all_countries": True}),
    ("Where does the law require genetic counselling?", "", {"all_countries": True}),
    ("Where did a Recovery and Resilience plan pay for genomics?", "", {"all_countries": True}),
    ("Where is the GDI reference kept?", "", {}),
    ("Where is GDI run?", "", {}),
    ("Where does the money come from?", "", {}),
    ("Where are samples stored in Estonia?", "EE", {}),
    ("Which countries work with Denmark?", "", {**EVERY, "topic": "DK"}),
    ("Which countries have something like Findata?", "", {**EVERY, "topic": "FI"}),
    ("Which countries signed before Romania?", "", {**EVERY, "topic": "RO"}),
    ("Which countries besides Estonia have a biobank law?", "", EVERY),
    ("How many countries signed the declaration?", "", {"expects": "number"}),
    ("Should all countries have a mirror group?", "", {"expects": "yes-no"}),
    ("Why do texts give different numbers of 1+MG countries?", "", {"expects": "why"}),
    ("Name three countries with newborn screening", "", {"all_countries": True}),
    ("Countries such as Estonia have biobanks; which others do?", "", {"all_countries": True, "topic": "EE"}),
    ("Which countries other than Denmark and Sweden pay?", "", EVERY),
    ("Other than the UK, who has patient panels?", "", {"all_countries": True}),
    ("How do small countries like Malta and Luxembourg cope?", "MT LU", {"compare": True, "expects": "how"}),
    ("Did the Dutch copy the French plan?", "NL", {"topic": "FR", "expects": "yes-no"}),
    ("Does ROGEN resemble PFMG2025?", "RO FR", {"compare": True, "expects": "yes-no"}),
    ("How does opt-out work in Denmark compared to consent in Germany?", "DK DE", {"compare": True, "expects": "how"}),
    # groups
    ("How do the Nordic countries share data?", NORDIC, {"group": "nordic", "compare": True, "expects": "how"}),
    ("Which Nordic countries have a genome centre?", NORDIC, {"group": "nordic", **EVERY}),
    ("What do the Nordics except Iceland pay?", "DK FI NO SE", {"group": "nordic", "compare": True}),
    ("biobanks in Scandinavia", "DK NO SE", {"group": "scandinavian", "compare": True}),
    ("How big are the biobanks of the Baltic states?", "EE LV LT", {"group": "baltic", "compare": True, "expects": "number"}),
    ("Is NIPT reimbursed in the Benelux?", "BE NL LU", {"group": "benelux", "compare": True, "expects": "yes-no"}),
    ("What did the host countries of the visits show?", "GB EE FI", {"group": "hosts", "compare": True, "expects": "overview"}),
    ("What do the non-signatories say?", "PL SK", {"group": "non-signatories", "compare": True, "expects": "overview"}),
    ("How do the Baltics and Poland differ?", "EE LV LT PL", {"group": "baltic", "compare": True, "expects": "how"}),
    ("What do the two Mediterranean island states plan?", "CY MT", {"group": "mediterranean-islands", "compare": True}),
    ("How does the Iberian peninsula organise sequencing?", "ES PT", {"group": "iberian", "compare": True, "expects": "how"}),
    ("Which Baltic state has the biggest biobank?", "EE LV LT", {"group": "baltic", "all_countries": True}),
    ("Which signatories pay for WGS?", "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL NO PT RO SE SI", {"group": "signatories", **EVERY}),
    ("What are signatories obliged to do?", "", {"expects": "list"}),
    ("How many signatories are there?", "", {"expects": "number"}),
    ("Which nine countries gave flash talks?", "", EVERY),
    # who says so
    ("What does Estonia itself say on trust?", "EE", {"own": True}),
    ("According to Estonia itself, how many donors are there?", "EE", {"own": True, "expects": "number"}),
    ("How does Finland describe its law in its own words?", "FI", {"own": True, "expects": "how"}),
    ("What do the Danes themselves think?", "DK", {"own": True}),
    ("How much does the state itself pay in Latvia?", "LV", {"expects": "number"}),
    # kinds of documents and years of the source
    ("What does the policy brief say about Estonia?", "EE", {"kinds": [BRIEF], "expects": "overview"}),
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
    ("How many donors joined the Estonian biobank since 2018?", "EE", {"expects": "number"}),
    ("What does Norway want with its 2023-2030 strategy?", "NO", {}),
    ("Has Poland adopted a strategy?", "PL", {"expects": "yes-no"}),
    ("What should we do in our genomic strategy?", "", {}),
    ("Which ministries are involved in Finland's growth strategy?", "FI", {"expects": "list"}),
    ("What goals are set in the Dutch strategy?", "NL", {"kinds": [STRATEGY], "expects": "list"}),
    ("What did the 2022 brief recommend?", "", {"kinds": [BRIEF], "years": (2022, 2022)}),
    # what kind of answer
    ("Since when is NIPT paid for in Belgium?", "BE", {"expects": "date"}),
    ("In which year was the Danish centre founded?", "DK", {"expects": "date"}),
    ("Date of the Finnish visit?", "FI", {"expects": "date"}),
    ("What is the yearly budget of the Malta BioBank?", "MT", {"expects": "number"}),
    ("What share of Estonians are donors?", "EE", {"expects": "number"}),
    ("Why did Finland's bill lapse?", "FI", {"expects": "why"}),
    ("What is a national mirror group?", "", {"expects": "definition"}),
    ("What does ELSI stand for?", "", {"expects": "definition"}),
    ("Who is the director of Genomic Medicine Sweden?", "SE", {"expects": "who"}),
    ("Which body grants permits in Finland?", "FI", {"expects": "who"}),
    ("What are the pillars of Ireland's strategy?", "IE", {"expects": "list"}),
    ("What are PRS used for in Estonia?", "EE", {}),
    ("Name the seven priorities of Denmark", "DK", {"expects": "list"}),
    ("In what way do the Irish involve patients?", "IE", {"expects": "how"}),
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
        "expects": found.expects,
    } == {
        "group": "", "all_countries": False, "compare": False, "topic": "", "own": False, "kinds": [], "years": None,
        "expects": "open", **more,
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


@pytest.mark.parametrize(
    ("question", "search"),
    [
        ("What does the policy brief say about payment for tests?", "payment for tests?"),
        ("What did the brief recommend on training?", "training?"),
        ("According to the policy brief, who was host?", "who was host?"),
        ("Who was host according to the policy brief?", "Who was host?"),
        ("What are the recommendations of the policy brief?", "What are the recommendations?"),
        ("What does the policy brief recommend?", "What are the recommendations?"),
        ("Who wrote the policy brief?", "Who wrote the policy brief?"),
    ],
)
def test_the_kind_of_document_is_where_to_look_and_not_what_for(question: str, search: str) -> None:
    understood = understand(question, (), known())
    assert (understood.search_text, understood.text, understood.kinds) == (search, question, ("policy-brief",))


def test_thousands_are_written_out() -> None:
    assert (
        understand("Who pays for sequencing 100k Greek babies?").text == "Who pays for sequencing 100,000 Greek babies?"
    )
