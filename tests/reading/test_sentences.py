"""Where sentences end, on cases that trip splitters."""

from __future__ import annotations

import pytest

from assistant.model import Block, BlockKind, Page
from assistant.reading.sentences import split_sentences


def split(text: str, language: str = "en") -> list[str]:
    page = Page(1, "1", text, (Block("paragraph", 0, len(text)),))
    return [text[s.start : s.end] for s in split_sentences(page, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Dr. Smith, e.g. of the U.K. team, agreed.", "The rest did not."]),
        ("en", ["See Fig. 3 and No. 4 on pp. 5-6 of Art. 9.", "It is short."]),
        ("en", ["Regulation (EU) 2016/679 (cf. para. 4) applies.", "Member States act."]),
        ("en", ["The bioethics law no. 2021-1017 holds under grant no. 101.", "The answer is no.", "All agree."]),
        ("en", ["It cost 3.5 million in approx. two years.", "Prices rose."]),
        ("en", ["This is the state of the art.", "The next step follows."]),
        ("en", ["Kere et al. 2021 found more.", "We agree."]),
        ("en", ["J. R. Cardoso led it.", "She is from INSA."]),
        ("en", ["Trust is high.¹²", "Money is not.", "Both matter."]),
        ("en", ["(It was said in brackets. Twice.)", "Then more."]),
        ("de", ["Das gilt z.B. seit dem 1. Januar 2024 bzw. später.", "Es bleibt so."]),
        ("fr", ["La loi (art. L1131-1) est claire.", "M. Dupont le dit."]),
        ("bg", ["Съгласно чл. 5, ал. 2 от Закона се плащат 3 млн. лв. годишно.", "Министерството решава."]),
        (
            "cs",
            ["Podle čl. 5 odst. 2 platí např. 1. května 2024 pravidla.", "Ústav má data, vzorky atd.", "Řeší to stát."],
        ),
        ("da", ["Ifølge art. 4, stk. 2, gælder det bl.a. fra den 1. maj 2024.", "Ældre data slettes."]),
        ("el", ["Σύμφωνα με το άρθ. 5 παρ. 2 ισχύει π.χ. στην Αθήνα.", "Ποιος πληρώνει;", "Το κράτος."]),
        ("es", ["Según el art. 5 de la pág. 12, el Sr. Pérez decide.", "¿Quién paga?", "El Estado."]),
        ("et", ["Vastavalt lg 2 p. 3 kehtib see nt. 1. mail 2024.", "Äriühing maksab."]),
        ("fi", ["Laki koskee esim. 1. tammikuuta 2024 alkaen tehtyjä näytteitä.", "Äidit päättävät."]),
        ("hr", ["Prema čl. 5. st. 2. plaća se npr. u Zagrebu.", "Šest centara radi."]),
        ("hu", ["Az 5. cikk (2) bek. szerint pl. Budapesten fizetnek.", "Újabb adat jön."]),
        (
            "it",
            [
                "Ai sensi dell'art. 5 del d.lgs. 101 paga lo Stato, ecc.",
                "Il dott. Rossi decide nel capitolo 12.",
                "I dati restano.",
            ],
        ),
        ("lt", ["Pagal str. 5 moka pvz. Vilniuje.", "Šalis renka duomenis."]),
        ("lv", ["Saskaņā ar lpp. 5 maksā t.sk. Rīgā.", "Četri centri strādā."]),
        ("nl", ["Volgens art. 5 geldt dit bijv. in Utrecht.", "Één centrum betaalt."]),
        (
            "pl",
            [
                "Zgodnie z art. 5 ust. 2 pkt 3 płaci m.in. prof. Nowak.",
                "Źródła są jawne.",
                "Są próbki, dane itd.",
                "Łódź płaci.",
            ],
        ),
        ("pt", ["Nos termos do art. 5 da pág. 12, paga o Estado.", "Órgãos decidem."]),
        ("ro", ["Potrivit art. 5 alin. 2 lit. a se plătește.", "Ștefan decide."]),
        ("sk", ["Podľa čl. 5 ods. 2 platí napr. Bratislava.", "Údaje ostávajú."]),
        ("sl", ["Po čl. 5 se plača npr. v Ljubljani.", "Študije tečejo."]),
        ("sv", ["Enligt 5 kap. 2 st. gäller det t.ex. i Umeå.", "Åldern räknas."]),
    ],
)
def test_ends(language: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences


def test_a_missing_blank_after_a_full_stop_still_ends_the_sentence() -> None:
    assert split("It is in the healthcare systems.This visit took place.") == [
        "It is in the healthcare systems.",
        "This visit took place.",
    ]


def test_only_quotable_blocks_give_sentences() -> None:
    text = "Heading here\n\nA caption.\n\nReal words.\n\n2 Notes"
    kinds = ("heading", "caption", "paragraph", "running")
    starts = (0, 14, 26, 39)
    ends = (12, 24, 37, 46)
    blocks = tuple(Block(kind, a, b) for kind, a, b in zip(kinds, starts, ends, strict=True))
    assert [text[s.start : s.end] for s in split_sentences(Page(1, "1", text, blocks))] == ["Real words."]


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("3.1 Objective 1: Equal access to sequencing", True),
        ("3.1 Priority 1: People", True),
        ("3.1 Priority 1 People", False),
        ("Strategic goal II – A network of centres", True),
        ("Recommendation 4. Train more counsellors", True),
        ("Objective 1", False),
        ("Objectives and measures", False),
        ("3.1 Equal access to sequencing", False),
    ],
)
def test_a_heading_that_states_an_objective_is_quotable(heading: str, kept: bool) -> None:
    page = Page(1, "1", heading, (Block("heading", 0, len(heading), 1),))
    assert [heading[s.start : s.end] for s in split_sentences(page)] == [heading] * kept


def test_a_page_that_cuts_a_sentence_marks_it() -> None:
    text = "goes on here. A whole one. This one stops in the"
    found = split_sentences(Page(2, "2", text, (Block("paragraph", 0, len(text)),)))
    assert [(s.open_start, s.open_end) for s in found] == [(True, False), (False, False), (False, True)]


@pytest.mark.parametrize(
    ("kind", "text", "width", "offered"),
    [
        ("caption", "Figure 3: Genomes read in the Nordic countries by year", 595.0, True),
        ("caption", "Abbildung 2.1 – Anteil der Genome nach Ländern und Jahren", 595.0, True),
        ("caption", "Table 3: Genomes read in the Nordic countries by year", 595.0, False),
        ("caption", "Figure 3: Genomes", 595.0, False),
        ("heading", "A fifth of the adults gave a sample", 1100.0, True),
        ("heading", "A fifth of the adults gave a sample", 595.0, False),
        ("heading", "Next steps", 1100.0, False),
    ],
)
def test_captions_of_figures_and_titles_of_slides(kind: BlockKind, text: str, width: float, offered: bool) -> None:
    page = Page(1, "1", text, (Block(kind, 0, len(text)),), width=width, height=800.0)
    assert [page.text[s.start : s.end] for s in split_sentences(page)] == ([text] if offered else [])
