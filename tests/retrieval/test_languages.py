# ruff: noqa: E501  (one case a line reads better)
"""Questions in seven other languages: language, countries, what is wanted, what is searched with."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.countries import countries_in
from assistant.model import Document
from assistant.retrieval.language import language_of
from assistant.retrieval.question import Known, understand
from tests.retrieval.test_questions import CASES

FOREIGN = [
    ("Combien de mesures compte le plan français de médecine génomique ?", "fr", "FR", "number"),
    ("Qui paie le séquençage en Estonie ?", "fr", "EE", "who"),
    ("Comment la Finlande protège-t-elle les données ?", "fr", "FI", "how"),
    ("Wer bezahlt die Genomsequenzierung in Finnland?", "de", "FI", "who"),
    ("Wie viele Genome gibt es in Estland?", "de", "EE", "number"),
    ("Was sagt das schwedische Gesetz über Einwilligung?", "de", "SE", "open"),
    ("¿Quién paga la secuenciación en Alemania?", "es", "DE", "who"),
    ("¿Cuántos genomas hay en Suecia?", "es", "SE", "number"),
    ("Chi paga i test genetici in Germania?", "it", "DE", "who"),
    ("Quanti neonati sono stati sequenziati in Puglia?", "it", "IT", "number"),
    ("Quem paga a sequenciação na Alemanha?", "pt", "DE", "who"),
    ("Quantos genomas tem a Estónia?", "pt", "EE", "number"),
    ("Miten Viro voitti kansalaisten luottamuksen?", "fi", "EE", "how"),
    ("Kuka maksaa sekvensoinnin Saksassa?", "fi", "DE", "who"),
    ("Mikä on genomistrategia?", "fi", "", "open"),
    ("Kuidas Eesti võitis rahva usalduse?", "et", "EE", "how"),
    ("Kes maksab Soomes sekveneerimise eest?", "et", "FI", "who"),
]


@pytest.mark.parametrize(("question", "language", "country", "expects"), FOREIGN, ids=[q for q, *_ in FOREIGN])
def test_a_question_in_another_language(question: str, language: str, country: str, expects: str) -> None:
    found = understand(question)
    assert (found.language, " ".join(found.countries or ()), found.expects) == (language, country, expects)
    assert found.original == question
    assert len(found.notices) == 1 and "answers are best in English" in found.notices[0]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Quels pays ont un centre de génomique ?", "fr"),
        ("Welche Länder haben ein Gesetz?", "de"),
        ("¿Qué países secuencian recién nacidos?", "es"),
        ("Quali paesi hanno una legge?", "it"),
        ("Que países têm uma lei?", "pt"),
        ("Mitkä maat maksavat?", "fi"),
        ("Millised riigid maksavad ja kes?", "et"),
    ],
)
def test_which_countries(question: str, language: str) -> None:
    found = understand(question)
    assert (found.language, found.all_countries, found.countries) == (language, True, None)


def test_the_words_of_the_subject_are_searched_in_english() -> None:
    found = understand("Wer bezahlt die Genomsequenzierung in Finnland?")
    assert found.text == "Who: pay, genome, sequencing, Finland?"
    assert found.search_text == "pay genome sequencing Finland"
    assert found.notices == (
        "The question seems to be in German; answers are best in English. "
        "It was read as: pay, genome, sequencing, Finland.",
    )


def test_words_that_nobody_knows_are_left_out() -> None:
    known = Known(frequency=lambda word: int(word == "NIPT"))
    found = understand("Kuka maksaa NIPT-testin neuvolassa Belgiassa?", (), known)
    assert found.text == "Who: pay, NIPT, test, Belgium?"
    assert understand(found.text).countries == found.countries == ("BE",)


def test_which_countries_stays_which_countries() -> None:
    found = understand("Welche Länder haben ein Gesetz über Biobanken?")
    assert found.text == "Which countries: law, biobank?"
    assert understand(found.text).all_countries


def test_a_library_in_that_language_is_searched_with_the_question_too() -> None:
    french = Document("fr", "fr.pdf", "", "La médecine génomique", language="fr", countries=("FR",))
    found = understand("Qui paie le séquençage en France ?", (), Known(documents=(french,)))
    assert found.search_text == "Qui paie le séquençage en France ? pay sequencing France"


def test_a_multilingual_encoder_takes_the_question_as_it_is() -> None:
    found = understand("Wer bezahlt die Genomsequenzierung in Finnland?", (), Known(multilingual=True))
    assert found.text == found.search_text == found.original
    assert (found.language, found.notices, found.countries) == ("de", (), ("FI",))


def test_a_follow_up_speaks_the_language_of_the_turn_before() -> None:
    found = understand("Und Finnland?", ["Wer bezahlt die Sequenzierung in Estland?"])
    assert (found.language, found.countries) == ("de", ("FI",))
    assert found.search_text == "pay sequencing Finland"
    found = understand("Et en Finlande ?", ["Qui paie le séquençage en Estonie ?"])
    assert (found.language, found.countries) == ("fr", ("FI",))


ENGLISH = [
    "Findata", "ROGEN budget?", "PFMG2025 aims", "Plan France Médecine Génomique", "Helse Sør-Øst role",
    "What is Modellvorhaben?", "money for ÚNICAS", "Estrategia Española de Medicina Personalizada budget",
    "die costs of genome", "finland no data", "Who leads Institutul de Cercetare-Dezvoltare în Genomică?",
    "Piano Nazionale della Genomica status", "Strategija razvoja primijenjene genomike u Hrvatskoj",
    "Comment on the law", "come and see the data", "Was Estonia first?", "on what law does it rest", "Hartwig, ZonMw",
    "Le Figaro on PFMG", "Robert Koch Institute and the GDNG", "et al.", "in vitro tests", "EU, DE, FR, ES, IT",
]  # fmt: skip


@pytest.mark.parametrize("question", ENGLISH)
def test_short_english_questions_with_names_are_english(question: str) -> None:
    assert language_of(question) == "en"


def test_no_question_of_the_table_is_taken_for_another_language() -> None:
    assert [question for question, _, _ in CASES if language_of(question) != "en"] == []


def test_english_needs_no_language_model() -> None:
    code = (
        "import sys; from assistant.retrieval.question import understand; understand('How does Estonia pay in Findata?');"
        "sys.exit('py3langid' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Estonie", "", "EE"), ("Estland", "", "EE"), ("Eesti", "", "EE"), ("Allemagne", "", "DE"), ("Saksamaa", "", "DE"),
        ("Deutschland", "", "DE"), ("España", "", "ES"), ("Espana", "", "ES"), ("Sverige", "", "SE"), ("Hellas", "", "GR"),
        ("Viro", "fi", "EE"), ("Virossa", "fi", "EE"), ("Saksassa", "fi", "DE"), ("Ranskan", "fi", "FR"),
        ("Soomes", "et", "FI"), ("Lätis", "et", "LV"), ("Island", "de", "IS"), ("der finnischen", "de", "FI"),
        ("la loi danoise", "fr", "DK"), ("o plano espanhol", "pt", "ES"), ("la ley sueca", "es", "SE"),
    ],
)  # fmt: skip
def test_country_names_of_other_languages(text: str, language: str, code: str) -> None:
    assert countries_in(text, True, language) == (code,)


def test_passages_are_read_in_their_own_language_only() -> None:
    assert countries_in("The island of Estland and Saksa") == ()
    assert countries_in("Das Gesetz in Estland", language="de") == ("EE",)
