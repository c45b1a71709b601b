# ruff: noqa: E501  (one case a line reads better)
"""What kind of answer a question wants, in one taxonomy."""

from __future__ import annotations

import pytest

from assistant.understanding.intent import asks_denied, intent_of
from assistant.understanding.question import understand

ENGLISH = (
    ("Which rules hold for minors?", "list"),
    ("How many laboratories are accredited?", "number"),
    ("At what cost are samples stored?", "number"),
    ("What is the price of one exome?", "number"),
    ("By when must the hub open?", "date"),
    ("In which year did it close?", "date"),
    ("Under whose lead was the plan written?", "who"),
    ("Which ministry pays?", "who"),
    ("What did the minister promise?", "fact"),  # not "which minister"
    ("Is consent written?", "yes-no"),
    ("Doesn't the law forbid it?", "yes-no"),
    ("For what reason was it stopped?", "why"),
    ("What were the main reasons for the delay?", "why"),
    ("In what way are relatives told?", "how"),
    ("How are relatives told?", "how"),
    ("Name the partners", "list"),
    ("What does ELSI stand for?", "definition"),
    ("What is a beacon network?", "definition"),
    ("What is happening in Riga?", "fact"),
    ("Three points on cloud costs for my minister", "outline"),
    ("Please give me the key facts on data access", "outline"),
    ("Briefing on newborn screening", "outline"),
    ("Tell me about the hub", "outline"),
    ("Describe the consent model", "outline"),
    ("A summary of the plan", "outline"),
    ("What about training?", "outline"),
    ("pharmacogenomics in hospitals", "fact"),
)


@pytest.mark.parametrize(("question", "intent"), ENGLISH, ids=[question for question, _ in ENGLISH])
def test_a_question_tells_by_how_it_opens(question: str, intent: str) -> None:
    assert intent_of(question, "en") == intent


def test_which_countries_is_a_kind_of_its_own_in_every_language() -> None:
    assert understand("Which countries pay for exomes?").intent == "countries"
    assert understand("Quels pays ont un registre ?").intent == "countries"
    assert understand("Tell me about consent across Europe").intent == "outline"


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Which country has the most advanced register?", "closest"),
        ("Which of Malta and Cyprus is best at training?", "closest"),
        ("Who is furthest ahead, Malta or Cyprus?", "closest"),
        ("Who runs the largest biobank of Malta?", "who"),  # one country: its documents may say so
    ],
)
def test_the_best_of_several_is_not_ranked_by_documents(question: str, intent: str) -> None:
    assert understand(question).intent == intent


def test_what_is_not_so() -> None:
    asked = ("Which countries have no register?", "Who doesn't pay?", "Which have yet to sign?", "Who lacks a law?")
    assert [asks_denied(question) for question in asked] == [True] * 4
    assert not asks_denied("Which countries have a register?")


# One question for each language of the Union and Norwegian: language, countries, kind of answer.
EVERY = (
    ("Колко донори има в Естония?", "bg", "EE", "number"),
    ("Kdo platí za sekvenování genomu ve Finsku?", "cs", "FI", "who"),
    ("Hvornår blev loven vedtaget i Estland?", "da", "EE", "date"),
    ("Warum wurde das Register in Lettland geschlossen?", "de", "LV", "why"),
    ("Πόσοι δότες υπάρχουν στην Εσθονία;", "el", "EE", "number"),
    ("How many donors are there in Estonia?", "en", "EE", "number"),
    ("¿Quién dirige el registro en Portugal?", "es", "PT", "who"),
    ("Mitu doonorit on Soomes?", "et", "FI", "number"),
    ("Miksi rekisteri suljettiin Virossa?", "fi", "EE", "why"),
    ("Comment sont informés les patients en Belgique ?", "fr", "BE", "how"),
    ("Cé a íocann as na tástálacha géiniteacha san Fhionlainn?", "ga", "FI", "who"),
    ("Tko plaća sekvenciranje genoma u Finskoj?", "hr", "FI", "who"),
    ("Hány donor van Finnországban?", "hu", "FI", "number"),
    ("Quando è stato chiuso il registro in Spagna?", "it", "ES", "date"),
    ("Kiek donorų yra Estijoje?", "lt", "EE", "number"),
    ("Cik donoru ir Igaunijā?", "lv", "EE", "number"),
    ("Min iħallas għat-testijiet ġenetiċi fil-Finlandja?", "mt", "FI", "who"),
    ("Hoeveel donoren zijn er in Estland?", "nl", "EE", "number"),
    ("Kiedy przyjęto ustawę w Estonii?", "pl", "EE", "date"),
    ("Quantos dadores há na Finlândia?", "pt", "FI", "number"),
    ("Câți donatori sunt în Finlanda?", "ro", "FI", "number"),
    ("Prečo bol register v Estónsku zatvorený?", "sk", "EE", "why"),
    ("Kdaj je bil zakon sprejet na Danskem?", "sl", "DK", "date"),
    ("Hur många givare har Estland?", "sv", "EE", "number"),
    ("Hvem betaler for sekvensering av nyfødte i Finland?", "no", "FI", "who"),
)


def test_every_language_of_the_union_is_there() -> None:
    assert len({language for _, language, *_ in EVERY}) == 25


@pytest.mark.parametrize(("question", "language", "country", "intent"), EVERY, ids=[code for _, code, *_ in EVERY])
def test_a_question_in_every_language(question: str, language: str, country: str, intent: str) -> None:
    found = understand(question)
    assert (found.language, " ".join(found.countries or ()), found.intent) == (language, country, intent)
    assert (found.text, found.names, found.taken) == (question, (), ())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Кои държави имат регистър?", "bg"), ("Které země mají registr?", "cs"), ("Hvilke lande har et register?", "da"),
        ("Ποιες χώρες έχουν μητρώο;", "el"), ("Mely országok rendelkeznek nyilvántartással?", "hu"),
        ("Koje zemlje imaju registar?", "hr"), ("Kurios šalys turi registrą?", "lt"), ("Kurās valstīs ir reģistrs?", "lv"),
        ("Welke landen hebben een register?", "nl"), ("Które kraje mają rejestr?", "pl"), ("Ce țări au un registru?", "ro"),
        ("Ktoré krajiny majú register?", "sk"), ("Katere države imajo register?", "sl"), ("Vilka länder har ett register?", "sv"),
        ("Liema pajjiżi għandhom reġistru?", "mt"),
    ],
)  # fmt: skip
def test_which_countries_in_other_languages(question: str, language: str) -> None:
    found = understand(question)
    assert (found.language, found.all_countries, found.intent) == (language, True, "countries")
