"""What a question wants, and whether a sentence has it: a table of cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.asking import Asked, asked_of
from assistant.answering.candidates import Candidate, candidates
from assistant.answering.decide import Rule, decide, features
from assistant.answering.kinds import advises, has_count, holds
from assistant.answering.naming import missing_names, names_in, names_no_country, not_near
from assistant.answering.premise import denied
from assistant.answering.wanted import Wanted, covered, lacking_subject, wanted_of
from assistant.model import Document, Hit, Passage, Sentence
from assistant.retrieval.expects import expectation
from assistant.words import bag, content_stems


def wanted(question: str) -> Wanted:
    return wanted_of(question, expectation(question), lambda word: 3.0, 1.0, question=question)


def candidates_of(*texts: str, title: str = "Digest") -> list[Candidate]:
    whole = " ".join(texts)
    starts = [whole.index(text) for text in texts]
    sentences = tuple(Sentence(start, start + len(text)) for start, text in zip(starts, texts, strict=True))
    hit = Hit(Passage("k", "d", 1, 0, len(whole), whole, sentences=sentences), Document("d", "d.pdf", "0", title), 1.0)
    return [
        Candidate(hit, sentence, text, 1.0, 0.5, 0.5, 0.5, bag(text), bag(whole), True)
        for sentence, text in zip(sentences, texts, strict=True)
    ]


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("How much does Norway spend on genomics?", "money"),
        ("What is the budget of the biobank?", "money"),
        ("What does Sweden pay per whole genome?", "money"),
        ("Budget of G4PL?", "money"),
        ("How many counsellors work in Ireland?", "count"),
        ("What share of adults gave samples?", "share"),
        ("When did Latvia join?", "date"),
        ("Who leads the centre?", "who"),
        ("What is paid to donors per sample?", "money"),
        ("Which part of France does AURAGEN serve?", "none"),
        ("What is consent?", "none"),
        ("What should laboratories do?", "none"),
        ("What does Germany pay for?", "none"),
    ],
)
def test_what_a_question_wants(question: str, want: str) -> None:
    stems = tuple(content_stems(question))
    assert asked_of(question, expectation(question), stems, (3.0,) * len(stems)).want == want


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("In July 2024 Ireland had eight consultant geneticists.", True),
        ("It had 210,000 donors in 2024.", True),
        ("The act of 8 July 2024 is in force.", False),
        ("Act no. 728 was passed in 2018.", False),
        ("Section 64e of Book V applies.", False),
        ("The 16th country signed on 10 April 2018.", False),
        ("Law 12/2005 regulates personal data.", False),
        ("The NovaSeq 6000 stands in Dudelange.", False),
        ("The visit took place on May 19-20, 2021.", False),
        ("It was held on 8 and 9 September 2025.", False),
    ],
)
def test_a_count_is_no_date_and_no_number_of_a_law(text: str, count: bool) -> None:
    assert has_count(text) is count


def test_a_count_must_stand_beside_what_is_counted() -> None:
    asked = wanted("How many counsellors work in Ireland?").asked
    assert holds(asked, "Ireland has 12 counsellors.", bag("Ireland has 12 counsellors."), frozenset())
    assert not holds(asked, "Ireland has 12 laboratories.", bag("Ireland has 12 laboratories."), bag("counsellors"))


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("How many genomes will Norway contribute?", "It counted 27 countries in 1+MG.", False),
        ("How many genomes will Norway contribute?", "NorSeq had NOK 77.1 million for genomes.", False),
        ("How many genomes has Spain?", "Spain contributes 12,000 genomes.", True),
        ("How many working groups are there?", "The genomes rest on 11 international expert Working Groups.", True),
        ("How many people had joined?", "More than 6,000 people had joined by 2024 and 13,100 by May 2025.", True),
        ("How many newborns were sequenced?", "The biobank has 300 donors.", False),
        ("How many Belgians are in the biobank?", "It is the single entry for data.", False),
        ("How many Belgians are in the biobank?", "It has 300 donors.", True),
        ("How many nurses took the test?", "The test was taken by 640 family doctors.", False),
        ("How many nurses took the test?", "The test was taken by 64 nurses.", True),
        ("How many Danes said no?", "Patients can opt out from the age of 15.", False),
        ("How many genomes has the centre read?", "A genome register can rest on one act, but not on both.", False),
        ("How many hospitals took part?", "The clinical trial screened 64 patients, and 12 were treated.", False),
        ("How many hospitals took part?", "The trial ran in 12 hospitals.", True),
        ("How many people attended the visit?", "Three European countries were hosts of the visit.", False),
        ("How many people attended the visit?", "It took place on May 19-20, 2021.", False),
    ],
)
def test_a_number_counts_only_the_noun_beside_it(question: str, text: str, answers: bool) -> None:
    assert holds(wanted(question).asked, text, bag(text), bag(text)) is answers


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("What is the price of one genome in the project?", "The money for the project is EUR 3 million.", False),
        ("What is the price of one genome in the project?", "The project pays EUR 900 per genome.", True),
        ("What is the yearly budget of the biobank?", "The biobank was founded with EUR 6.5 million.", False),
        ("What is the yearly budget of the biobank?", "The biobank costs EUR 1.8 million a year.", True),
        ("What did the tissue network of Szeged cost?", "SEFA is a project of Szeged with HUF 750 million.", False),
        ("What did the tissue network of Szeged cost?", "The network of Szeged had HUF 750 million.", True),
    ],
)
def test_a_sum_answers_for_what_it_is_asked_of(question: str, text: str, answers: bool) -> None:
    assert holds(wanted(question).asked, text, bag(text), bag(text)) is answers


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("When did the centre open?", "The centre opened on 1 May 2019.", True),
        ("When did the centre open?", "The centre started on 1 May 2019.", True),
        ("When did the centre open?", "The centre lacks money, as was stated in 2024.", False),
        ("When did the centre open?", "The centre was to start on 1 January 2023.", False),
        ("When will the centre open?", "The centre was to start on 1 January 2023.", True),
    ],
)
def test_a_date_answers_for_the_event_it_is_asked_of(question: str, text: str, answers: bool) -> None:
    assert holds(wanted(question).asked, text, bag(text), bag(text)) is answers


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("Who is the director of the centre?", "The centre is led by Barbara Klink.", True),
        ("Who is the director of the centre?", "Barbara Klink described the plan of the centre.", False),
        ("Who pays for cancer panels?", "The hospital leads the project with the National Institute.", False),
        ("Who pays for cancer panels?", "Panels are funded by the National Institute.", True),
        ("Who is the minister of health?", "The rest is borne by the state and by Coimbra.", False),
        ("Who is the minister of health?", "The minister, Ana Sousa, opened the centre.", True),
        ("Who is the director of the centre?", "The centre is led by the National Institute.", False),
        ("Which Maltese minister promised the act?", "The Ministry of Health promised the act.", False),
        ("Which minister launched the plan?", "The Council of Ministers approved the plan of Spain.", False),
        ("Which minister launched the plan?", "The plan of Minister Ana Sousa was launched.", True),
        ("Which companies sponsor the project?", "The agency ARRS financed the project with the Ministry.", False),
        ("Which companies sponsor the project?", "The company MGI pays for the project.", True),
        ("Who wrote the paper?", "The paper is by the National Institute.", True),
    ],
)
def test_a_name_answers_for_the_part_it_is_asked_of(question: str, text: str, answers: bool) -> None:
    assert holds(wanted(question).asked, text, bag(text), bag(text)) is answers


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("At what age may patients object?", "The register of 2021 needs no consent.", False),
        ("At what age may patients object?", "They may object from the age of 15.", True),
        ("How long do patients wait?", "Patients were sequenced from 2021 to 2024.", False),
        ("How long do patients wait?", "Patients wait for two years.", True),
        ("What share of Danes said no?", "The act of 2018 names 28 sections.", False),
        ("What share of Danes said no?", "About 3 per cent said no.", True),
        ("How long was Pablo ill?", "Pablo is 27 years old.", False),
        ("How long did the project run?", "The project ran from 2019 to 2023.", True),
    ],
)
def test_no_other_number_answers_for_an_age_or_a_length_of_time(question: str, text: str, answers: bool) -> None:
    assert holds(wanted(question).asked, text, bag(text), bag(text)) is answers


def test_the_number_of_another_of_a_series_does_not_fit() -> None:
    text = "The first strategy had DKK 100 million."
    passage = Passage("k", "d", 1, 0, len(text), text, sentences=(Sentence(0, len(text)),))
    hit = Hit(passage, Document("d", "d.pdf", "0", "Digest"), 1.0)
    assert [c.fits for c in candidates([hit], wanted("How much did the first strategy cost?"))] == [True]
    assert [c.fits for c in candidates([hit], wanted("How much did the second strategy cost?"))] == [False]


def test_which_countries_is_answered_by_names_of_countries() -> None:
    counted = candidates_of("Some 24 countries have signed it.")
    assert names_no_country("Which 13 countries signed it?", counted)
    assert not names_no_country("Which 13 countries signed it?", candidates_of("Malta and Spain have signed it."))
    assert not names_no_country("How many countries signed it?", counted)
    rule = Rule(9.0, {}, 0.5, 0.0)
    asked = "Which countries signed it?"
    assert decide(counted, wanted(asked), (), rule, asked).reason == "no country is named for this"
    best = "Which country is the best signatory?"
    assert decide(counted, wanted(best), (), rule, best).reason == "nothing that was found ranks or compares them"


def test_donors_count_as_people() -> None:
    asked = wanted("How many people are in the gene bank?").asked
    assert holds(asked, "It had 210,000 donors.", bag("It had 210,000 donors."), frozenset())


def test_an_abbreviation_is_covered_by_what_it_stands_for() -> None:
    one = wanted("Is WGS reimbursed?")
    assert covered(one, bag("Whole genome sequencing is reimbursed.")) == 1.0
    assert covered(wanted("Is whole genome sequencing reimbursed?"), bag("WGS is reimbursed.")) == 1.0


def test_a_numbered_name_is_covered_by_its_letters() -> None:
    assert "brca" in content_stems("BRCA1 and BRCA2")


@pytest.mark.parametrize(
    ("question", "text", "denies"),
    [
        ("On which day did Poland sign the declaration?", "Poland has not signed the declaration.", True),
        ("When did the royal decree come into force?", "So there was no royal decree by then.", True),
        ("When did the government adopt its strategy?", "No adopted strategy of the government was found.", True),
        ("On which day did the Genome Centre open?", "No later act on a genome centre was found.", True),
        ("When did Norway sign the declaration?", "Norway signed the declaration in 2019.", False),
        ("Which country has not signed the declaration?", "Poland has not signed the declaration.", False),
        ("What does the letter say about sequencing?", "Sequencing is not covered by the letter.", False),
        ("Who may release data?", "Processing takes place in a closed room, and no raw files are released.", False),
    ],
)
def test_a_false_premise_is_denied_by_the_documents(question: str, text: str, denies: bool) -> None:
    found = denied(question, candidates_of(text), wanted(question))
    assert (found.text if found else None) == (text if denies else None)


def test_a_denial_of_something_beside_it_gives_way_to_a_nearer_sentence() -> None:
    question = "How many laboratories work in genetic testing?"
    near, denial = candidates_of("About 500 laboratories work in the field.", "There is no law on genetic testing.")
    ranked = [replace(near, coverage=0.7), replace(denial, coverage=0.3)]
    assert denied(question, ranked, wanted(question)) is None
    assert denied(question, [replace(near, coverage=0.4), ranked[1]], wanted(question)) == ranked[1]
    outright = "How many laws on genetic testing are there?"
    assert denied(outright, ranked, wanted(outright)) == ranked[1]


def test_a_verb_is_denied_only_of_what_the_question_asks_about() -> None:
    question = "What are the benefits for cancer patients?"
    asks = replace(wanted(question), expects="list")
    alone = candidates_of("Louise would not benefit much from chemotherapy.")
    assert denied(question, alone, asks) is None
    assert denied(question, candidates_of("Cancer patients would not benefit."), asks) is not None


def test_what_a_heading_tells_counts_for_every_sentence_under_it() -> None:
    texts = ("Geneticists are too few.", "Write to anna.example@health.example for the tables.")
    parts = tuple(Sentence(s, s + len(t)) for s, t in ((0, texts[0]), (len(texts[0]) + 1, texts[1])))
    text = " ".join(texts)
    passage = Passage("k", "d", 1, 0, len(text), text, headings=("Italy", "Open challenges"), sentences=parts)
    hit = Hit(passage, Document("d", "d.pdf", "0", "Digest"), 1.0)
    asks = wanted_of("What are the main challenges?", "list", lambda stem: 2.0, 1.0)
    (found,) = candidates([hit], asks)
    assert (asks.stems, found.text, found.coverage) == (("challeng",), texts[0], 1.0)
    other = replace(hit, passage=replace(passage, headings=("Italy", "Workforce")))
    assert candidates([hit], asks)[0].score - candidates([other], asks)[0].score == pytest.approx(0.4 + 0.35 + 0.3)


def test_a_sum_must_stand_near_the_name_it_is_asked_of() -> None:
    texts = (
        "The chair started with EUR 2 million.",
        "Samples are kept at minus 80 degrees.",
        "The Malta BioBank holds them.",
    )
    far = candidates_of(*texts)
    assert not_near("What is the budget of the Malta BioBank?", far[:1]) == "Malta BioBank"
    assert not_near("What is the budget of the Malta BioBank?", far[1:2]) == "Malta BioBank"
    assert not_near("What is the budget of the Malta BioBank?", far[2:]) == ""
    assert not_near("What is the budget of the Rome BioBank?", far[:1]) == ""
    assert not_near("How many samples has BioBank got?", far[:1]) == "BioBank"
    short = candidates_of("Ana Silva heads GMV.", "It is small.", "It has rooms.", "Genome Medicine Valetta is new.")
    assert not_near("Who is the director of Genome Medicine Valetta?", short[:1]) == ""
    before = candidates_of("It has EUR 4 million.", "The Malta BioBank is a part of it.")
    assert not_near("What is the budget of the Malta BioBank?", before[:1]) == "Malta BioBank"
    visit = candidates_of("The visit took place in March 2021.", "Posts were created.", "The United Kingdom was host.")
    assert not_near("When was the visit to the United Kingdom?", visit[:1]) == ""


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        ("What does the law say about employers?", "Genetic tests are bound to consent.", "employ"),
        ("What does the law say about employers?", "Insurers and employers may not ask.", ""),
        ("Is NIPT free of charge?", "Non-invasive prenatal testing is reimbursed.", ""),
        ("Does the register hold data of children?", "The register needs no consent.", "children"),
        ("Does the register hold data of children?", "It holds data of newborns.", ""),
        ("How do patients' groups take part?", "The project read the genomes of healthy people.", "patient-organis"),
        ("How do patients' groups take part?", "The alliance of patients advises the project.", ""),
        ("Does a campaign run?", "The register of patients runs.", "campaign"),
        ("What does the law say about consent?", "Genetic tests need permission.", ""),
    ],
)
def test_a_subject_of_its_own_must_be_named(question: str, text: str, lacking: str) -> None:
    assert lacking_subject(wanted(question), bag(text)) == lacking


def test_names_of_a_question_are_its_numbers_and_proper_names() -> None:
    assert names_in("What did Novo Nordisk give in 2018?") == ("2018", "Novo Nordisk")
    assert names_in("What did Estonia do?", ("Estonia",)) == ()
    assert names_in("What was hard in Estonia's pilot?", ("Estonia",)) == ()


@pytest.mark.parametrize(
    ("question", "headings", "gains"),
    [
        ("What should we do about training?", ("Training", "POLICY RECOMMENDATIONS"), True),
        ("What should we do about training?", ("Training",), False),
        ("Who trains nurses?", ("Training", "POLICY RECOMMENDATIONS"), False),
    ],
)
def test_advice_stands_under_recommendations(question: str, headings: tuple[str, ...], gains: bool) -> None:
    assert advises(question, headings) is gains


def test_a_denial_answers_a_question_for_yes_or_no() -> None:
    ranked = candidates_of("Insurers have no access.")
    assert features(ranked, wanted("Do insurers have access?"))["negated"] == 0.0
    assert features(ranked, wanted("Which access do insurers have?"))["negated"] == 1.0


def test_a_number_not_found_of_a_thing_that_is_there_is_not_enough() -> None:
    ranked = candidates_of("SeqOIA joins the hospitals of Paris.")
    rule = Rule(-9.0, {}, 0.5, 99.0)
    asked = "What did SeqOIA cost?"
    assert decide(ranked, wanted(asked), ("SeqOIA",), rule, asked).outcome == "not-enough"
    assert decide(ranked, wanted(asked), (), rule, asked).outcome == "nothing-relevant"


def test_a_name_may_stand_in_the_evidence_in_other_words() -> None:
    ranked = candidates_of("After its departure from the Union it still signs.")
    assert missing_names(("Brexit",), ranked) == ()
    assert missing_names(("Swexit",), ranked) == ("Swexit",)
    accented = candidates_of("The Sámi ask for a veto.")
    assert missing_names(("Sami",), accented) == missing_names(("Sámi",), accented) == ()


def test_who_leads_must_stand_near_the_name_of_what_is_led() -> None:
    texts = (
        "NorSeq is a network of laboratories.", "It sequences.", "It also counts.", "It stores.",
        "Ana Silva leads the department.",
    )  # fmt: skip
    ranked = candidates_of(*texts)
    rule = Rule(9.0, {}, 0.5, 0.0)
    asked = "Who leads NorSeq?"
    found = decide([replace(ranked[0], fits=False), ranked[4]], wanted(asked), (), rule, asked)
    assert (found.outcome, found.reason) == ("not-enough", "no person or body was found for NorSeq")
    near = candidates_of("NorSeq sequences.", "Ana Silva leads it.")
    assert decide(near, wanted(asked), (), rule, asked).outcome == "answered"


def test_what_is_asked_for_must_stand_near_the_question_s_words() -> None:
    near, far = candidates_of("The council ran a consultation.", "About 100,000 people were read.")
    asked = "How many people joined the consultation?"
    ranked = [replace(near, fits=False, window=0.7), replace(far, fits=True, window=0.1)]
    rule = Rule(9.0, {}, 0.5, 0.0)
    assert decide(ranked, wanted(asked), (), rule, asked).reason == "no number was found for this"
    assert decide([ranked[0], replace(far, window=0.5)], wanted(asked), (), rule, asked).outcome == "answered"


def test_what_begins_is_told_with_its_first_day() -> None:
    asked = Asked("date", ("start",))
    for text, dated in (("A list replaces it from January 2027.", True), ("A list was made in January 2027.", False)):
        assert holds(asked, text, bag(text), bag(text)) is dated


def test_who_pays_is_said_by_the_sentence_and_not_by_its_heading() -> None:
    text = "The regional hospital board met in May."
    passage = Passage("k", "d", 1, 0, len(text), text, ("Financing",), ("DK",), (Sentence(0, len(text)),))
    hit = Hit(passage, Document("d", "d.pdf", "0", "Digest"), 1.0)
    asked = wanted_of("Who finances the hospital?", "who", lambda stem: 2.0, 1.0, question="Who finances the hospital?")
    assert [c.fits for c in candidates([hit], asked)] == [False]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("The project started on 1 June 2020 and was planned to end in May 2023.", True),
        ("The project was planned to start in June 2020.", False),
    ],
)
def test_a_plan_behind_the_event_does_not_make_the_event_a_plan(text: str, answers: bool) -> None:
    asked = Asked("date", tuple(content_stems("start")), past=True)
    assert holds(asked, text, bag(text), bag(text)) is answers
