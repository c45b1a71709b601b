# ruff: noqa: E501  (one case a line reads better)
"""Questions in the languages of the Union: language, countries, what is wanted; they are taken as they stand."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.countries import countries_in
from assistant.understanding.language import language_of
from assistant.understanding.question import understand
from tests.understanding.test_questions import CASES

FOREIGN = [
    ("Combien de plateformes compte le plan français de séquençage ?", "fr", "FR", "number"),
    ("Qui paie le séquençage en Estonie ?", "fr", "EE", "who"),
    ("Comment la Finlande protège-t-elle les données ?", "fr", "FI", "how"),
    ("Wer bezahlt die Genomsequenzierung in Finnland?", "de", "FI", "who"),
    ("Wie viele Genome gibt es in Estland?", "de", "EE", "number"),
    ("Was sagt das schwedische Gesetz über Einwilligung?", "de", "SE", "fact"),
    ("¿Quién paga la secuenciación en Alemania?", "es", "DE", "who"),
    ("¿Cuántos genomas hay en Suecia?", "es", "SE", "number"),
    ("Chi paga i test genetici in Germania?", "it", "DE", "who"),
    ("Quanti neonati sono stati sequenziati in Puglia?", "it", "IT", "number"),
    ("Quem paga a sequenciação na Alemanha?", "pt", "DE", "who"),
    ("Quantos genomas tem a Estónia?", "pt", "EE", "number"),
    ("Miten Viro voitti kansalaisten luottamuksen?", "fi", "EE", "how"),
    ("Kuka maksaa sekvensoinnin Saksassa?", "fi", "DE", "who"),
    ("Mikä on genomistrategia?", "fi", "", "fact"),
    ("Kuidas Eesti võitis rahva usalduse?", "et", "EE", "how"),
    ("Kes maksab Soomes sekveneerimise eest?", "et", "FI", "who"),
]


@pytest.mark.parametrize(("question", "language", "country", "intent"), FOREIGN, ids=[q for q, *_ in FOREIGN])
def test_a_question_in_another_language(question: str, language: str, country: str, intent: str) -> None:
    found = understand(question)
    assert (found.language, " ".join(found.countries or ()), found.intent) == (language, country, intent)
    assert found.original == found.text == found.search_text == question
    assert (found.notices, found.corrections, found.taken) == ((), (), ())


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


def test_a_follow_up_speaks_the_language_of_the_turn_before() -> None:
    found = understand("Und Finnland?", ["Wer bezahlt die Sequenzierung in Estland?"])
    assert (found.language, found.countries) == ("de", ("FI",))
    assert found.text == "Wer bezahlt die Sequenzierung in Finland?"
    found = understand("Et en Finlande ?", ["Qui paie le séquençage en Estonie ?"])
    assert (found.language, found.countries) == ("fr", ("FI",))


ENGLISH = [
    "Findata", "ROGEN budget?", "PFMG2025 aims", "Plan France Médecine Génomique", "Helse Sør-Øst role",
    "What is Modellvorhaben?", "money for ÚNICAS", "Estrategia Española de Medicina Personalizada budget",
    "die costs of genome", "finland no data", "Who leads Institutul de Cercetare-Dezvoltare în Genomică?",
    "Piano Nazionale della Genomica status", "Plan de Medicina Personalizada aims",
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
        "import sys; from assistant.understanding.question import understand; understand('How does Estonia pay in Findata?');"
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
