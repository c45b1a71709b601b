"""Markdown and reStructuredText: what is markup, hidden or struck is no text; tables are tables."""

from __future__ import annotations

from pathlib import Path

from assistant.model import Page
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences


def read(tmp_path: Path, text: str, name: str = "a.md") -> Page:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_document(tmp_path / name).pages[0]


def quotable(page: Page) -> list[str]:
    return [page.text[s.start : s.end] for s in split_sentences(page)]


def leads(page: Page) -> list[str | None]:
    return [page.text[slice(*s.lead)] if s.lead else None for s in split_sentences(page)]


def test_front_matter_is_what_the_file_says_of_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        '---\ntitle: "Genomics plan: Malta"\nauthor: Ministry desk\ndate: 2024-05-01 # draft\nlang: mt\n---\n\n'
        "# Plan\n\nMalta funds a genome of 1,200 people.\n"
    )
    reading = read_document(tmp_path / "a.md")
    facts = (reading.title, reading.author, reading.created, reading.language)
    assert facts == ("Genomics plan: Malta", "Ministry desk", "2024-05-01", "mt")
    assert quotable(reading.pages[0]) == ["Malta funds a genome of 1,200 people."]
    (tmp_path / "b.md").write_text("% The law\n% Made: 22.03.2024\n\n# § 1\n\nIt applies to data.\n")
    reading = read_document(tmp_path / "b.md")
    assert (reading.title, quotable(reading.pages[0])) == ("The law", ["It applies to data."])


def test_a_title_over_lines_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: >\n  A long\n  title\ndate: 2022\n---\nIt holds.\n")
    reading = read_document(tmp_path / "a.md")
    assert (reading.title, reading.created, quotable(reading.pages[0])) == ("A long title", "2022", ["It holds."])


def test_a_rule_is_no_front_matter(tmp_path: Path) -> None:
    page = read(tmp_path, "---\n\nMalta funds genomes.\n\n---\n\nGozo does too.\n")
    assert quotable(page) == ["Malta funds genomes.", "Gozo does too."]


def test_struck_and_hidden_words_are_left_out_and_named(tmp_path: Path) -> None:
    text = (
        "The plan reads ~~50,000~~ <ins>80,000</ins> genomes.\n\n<del>All data are sold.</del>\n\n"
        "It has <!-- was: two\n\nlines --> three aims.\n\n{--Old.--}{++New words.++}\n\n"
        "`~~kept~~` is code of ten letters.\n"
    )
    page = read(tmp_path, text)
    assert quotable(page) == [
        "The plan reads 80,000 genomes.", "It has three aims.", "New words.", "`~~kept~~` is code of ten letters.",
    ]  # fmt: skip
    warnings = read_document(tmp_path / "a.md").warnings
    assert warnings == ("hidden text was left out: struck out", "hidden text was left out: in a comment")


def test_html_inside_markdown_is_read_as_it_is_seen(tmp_path: Path) -> None:
    text = "They ask for consent<br>form and 10<sup>6</sup> <b>variants</b> &amp; CO<sub>2</sub> in medi\u00adcine.\n"
    assert quotable(read(tmp_path, text)) == ["They ask for consent form and 10⁶ variants & CO₂ in medicine."]


def test_a_table_keeps_every_cell_under_its_head(tmp_path: Path) -> None:
    rows = "| Country | 2023 | 2024 |\n|---|--:|---|\n| Latvia |  | 650 |\nEstonia|700|<del>8</del> 800\n"
    text = f"Some words.\n\n{rows}\nEnd.\n"
    page = read(tmp_path, text)
    assert quotable(page) == ["Some words.", "Latvia · – · 650", "Estonia · 700 · 800", "End."]
    assert leads(page) == [None, "Country · 2023 · 2024", "Country · 2023 · 2024", None]


def test_a_table_of_html_is_a_table(tmp_path: Path) -> None:
    text = (
        "Words.\n\n<table><thead><tr><th>Country</th><th colspan=2>Genomes</th></tr></thead>\n<tr><td>Malta</td><td>1<sup>2"  # noqa: E501
        "</sup></td><td><del>3</del>4 | 5</td></tr></table>\n\nEnd.\n"
    )
    page = read(tmp_path, text)
    assert quotable(page) == ["Words.", "Malta · 1² · 4 | 5", "End."]
    assert leads(page)[1] == "Country · Genomes · Genomes"


def test_text_between_rules_at_the_start_is_no_front_matter(tmp_path: Path) -> None:
    page = read(tmp_path, "---\nNote: Malta funds genomes.\nIt began in 2023.\n---\n\nGozo does too.\n")
    assert "It began in 2023." in quotable(page)


def test_a_footnote_stands_with_its_sentence(tmp_path: Path) -> None:
    text = (
        "First one. Malta pays.[^1] Then more.\n\n[^1]: The budget law of 2023 says so.\n[link]: https://a.example/x\n"
    )
    page = read(tmp_path, text)
    assert quotable(page) == ["First one.", "Malta pays.[^1]", "Then more.", "[^1]: The budget law of 2023 says so."]
    assert leads(page) == [None, None, None, "Malta pays.[^1]"]


def test_restructured_text_is_read_without_its_markup(tmp_path: Path) -> None:
    text = (
        "Plan of Malta\n=============\n\n:author: Desk\n\n"
        "Malta pays [1]_ for `the biobank <https://a.example/b>`__ of all.\n\n"
        ".. [1] The law of 2023,\n   as amended.\n\n.. _label:\n\n.. image:: a.png\n   :alt: Not a sentence at all.\n\n"
        ".. note:: Heads up\n   :class: x\n\n   Consent is asked twice.\n\n.. A comment of the writer.\n\n"
        "Money\n-----\n\n"
        "+---------+------+\n| Country | 2024 |\n+=========+======+\n| Malta   | 12   |\n+---------+------+\n"
    )
    page = read(tmp_path, text, "a.md")
    assert quotable(page) == [
        "Malta pays [1]_ for `the biobank`__ of all.", "[1] The law of 2023,\n   as amended.", "Heads up",
        "Consent is asked twice.", "Malta · 12",
    ]  # fmt: skip
    assert leads(page)[1] == "Malta pays [1]_ for `the biobank`__ of all."
    assert [(b.kind, b.level, page.text[b.start : b.end]) for b in page.blocks if b.kind in ("title", "heading")] == [
        ("title", 0, "Plan of Malta"), ("heading", 2, "Money"),
    ]  # fmt: skip
