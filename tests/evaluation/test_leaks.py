"""What counts as a leak, worked out by hand on a library of three documents."""

from __future__ import annotations

from dataclasses import replace

from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.leaks import asked, filter_leaks, filtered_questions, leaks_of
from assistant.model import Answer, Citation, Hit, Scope
from tests.desk import MemoryDesk
from tests.fakes import small_library


def question(text: str, **more: object) -> GoldQuestion:
    return replace(GoldQuestion("x", text, "fact", ("FI",), True, ()), **more)  # type: ignore[arg-type]


def cited(document: str, *countries: str) -> Citation:
    return Citation(1, document, f"{document}.pdf", "", 2021, 1, "1", "q", 0, 1, countries=countries)


def answer(*citations: Citation) -> Answer:
    return Answer("q", "q", "answered", "", citations=citations)


def test_asked_are_the_countries_the_words_name() -> None:
    assert asked(question("How did estonia win trust?")) == {"EE"}
    assert asked(question("What is a polygenic risk score?")) == set()


def test_a_follow_up_without_a_name_is_about_the_last_turn_that_names_one() -> None:
    turns = ("Who pays in Finland?", "And in Estonia?", "Who leads it?")
    assert asked(question("Since when?", history=turns)) == {"EE"}
    assert asked(question("And Finland?", history=turns)) == {"FI"}


def test_the_gold_field_speaks_where_the_gazetteer_is_under_test() -> None:
    assert asked(question("estnia biobank size", asked=("EE",))) == {"EE"}
    assert asked(question("Estonia against everyone else", asked=())) == set()


def test_quotation_and_hit_about_another_country_are_counted() -> None:
    snapshot = small_library()
    finland = next(p for p in snapshot.rows if p.document == "fi")
    hit = Hit(finland, snapshot.document("fi"), 1.0)
    seen = answer(cited("fi", "FI"), cited("ee", "EE"))
    assert leaks_of(frozenset({"EE"}), snapshot, seen, [hit]) == (
        "quotation fi page 1", "hit fi page 1",
    )  # fmt: skip
    assert leaks_of(frozenset(), snapshot, seen, [hit]) == ()


def test_a_document_about_one_country_is_about_it_whatever_its_passage_claims() -> None:
    seen = answer(cited("fi", "FI", "EE"))
    assert leaks_of(frozenset({"EE"}), small_library(), seen, []) == ("quotation fi page 1",)


def test_a_document_about_one_country_speaks_of_another_in_words_that_name_it() -> None:
    said = replace(cited("fi", "FI", "EE"), quote="Estonia will send samples.")
    assert leaks_of(frozenset({"EE"}), small_library(), answer(said), []) == ()
    assert leaks_of(frozenset({"SE"}), small_library(), answer(said), []) == ("quotation fi page 1",)


def test_a_passage_of_a_common_document_about_nobody_is_no_leak() -> None:
    assert leaks_of(frozenset({"EE"}), small_library(), answer(cited("brief")), []) == ()
    assert leaks_of(frozenset({"EE"}), small_library(), answer(cited("brief", "FI")), []) == ("quotation brief page 1",)


def test_generated_questions_are_many_differ_and_tempt() -> None:
    made = filtered_questions(small_library(), 20)
    assert [m.country for m in made[:4]] == ["EE", "FI", "EE", "FI"]
    assert len({(m.question, m.country) for m in made}) == 20
    tempting = [n for n, m in enumerate(made) if m.question.endswith((" in Finland?", " in Estonia?"))]
    assert tempting == [4, 9, 14, 19]


def test_a_desk_that_keeps_the_filter_leaks_nothing_and_one_that_drops_it_is_found_out() -> None:
    class Deaf(MemoryDesk):
        def search(self, question: str, limit: int = 10, history: object = (), scope: Scope | None = None) -> list[Hit]:
            return super().search(question, limit)

    assert filter_leaks(MemoryDesk(), 40) == ()
    assert filter_leaks(Deaf(), 40)
