"""Rich text, e-mails, web archives and separated values: read as they are seen, attachments and comments named."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from assistant.model import Page
from assistant.reading.reader import read_document
from assistant.reading.sentences import split_sentences


def parts(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def test_rich_text_is_read_as_it_is_seen(tmp_path: Path) -> None:
    text = (
        r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}{\stylesheet{\s1 heading 1;}}"  # noqa: E501
        r"{\info{\title A plan}{\creatim\yr2024\mo5\dy1}}{\*\generator Word;}{\header Page 1}"
        r"\pard\outlinelevel0 Plan\par\pard Caf\'e9 in {\f1 \'a3\'f3d\'9f} reads {\strike 50 }{\deleted 60 }10{\super 6}"  # noqa: E501
        r" genomes{\super\chftn}{\footnote\pard\plain {\super\chftn} Law of 2023.} \u8212?\~yes{\v hidden}.{\*\annotation No}\par"  # noqa: E501
        r"\trowd\intbl Country\cell 2023\cell\row\intbl Malta\cell 12\cell\row\pard Page one.\page Page two.\par}"
    )
    (tmp_path / "a.rtf").write_bytes(text.encode("ascii"))
    reading = read_document(tmp_path / "a.rtf")
    assert parts(reading.pages[0]) == [
        ("heading", "Plan"), ("paragraph", "Café in Łódź reads 10⁶ genomes¹ — yes."), ("side", "¹ Law of 2023."),
        ("caption", "Country · 2023"), ("table", "Malta · 12"), ("paragraph", "Page one."),
    ]  # fmt: skip
    assert parts(reading.pages[1]) == [("paragraph", "Page two.")]
    assert (reading.title, reading.created) == ("A plan", "2024-05-01")
    assert reading.warnings == (
        "hidden text was left out: marked as hidden or too small to read",
        "struck-out or deleted text was left out",
        "comments were left out",
    )


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        "Łódź and the plan",
        "a@example.org",
        "Wed, 01 May 2024 10:00:00 +0200",
    )
    return mail


def test_a_message_is_read_and_its_attachments_are_named(tmp_path: Path) -> None:
    mail = message()
    mail.set_content("Malta reads 1,200 genomes.\n\nIt costs ten million euros.\n")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="budget.pdf")
    (tmp_path / "a.eml").write_bytes(bytes(mail))
    reading = read_document(tmp_path / "a.eml")
    assert parts(reading.pages[0]) == [
        ("title", "Łódź and the plan"), ("paragraph", "Malta reads 1,200 genomes."),
        ("paragraph", "It costs ten million euros."),
    ]  # fmt: skip
    assert (reading.title, reading.author, reading.created) == ("Łódź and the plan", "a@example.org", "2024-05-01")
    assert reading.warnings == ("attachments were not read: budget.pdf",)


def test_a_message_that_is_a_web_page_is_read_like_one(tmp_path: Path) -> None:
    mail = message()
    mail.set_content("<html><body><p>It reads <del>50</del> 10<sup>6</sup> genomes.</p></body></html>", subtype="html")
    (tmp_path / "a.mht").write_bytes(bytes(mail))
    reading = read_document(tmp_path / "a.mht")
    assert parts(reading.pages[0]) == [("paragraph", "It reads 10⁶ genomes.")]
    assert reading.warnings == ("struck-out or deleted text was left out",)


def test_separated_values_are_rows_under_their_heads(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        'Country;Genomes;"Budget, EUR"\r\nŁotwa;700;\r\nMalta;"1;2";41\r\n'.encode("cp1250")
    )
    reading = read_document(tmp_path / "a.csv")
    page = reading.pages[0]
    assert parts(page) == [
        ("caption", "Country · Genomes · Budget, EUR"), ("table", "Łotwa · 700 · –"), ("table", "Malta · 1;2 · 41"),
    ]  # fmt: skip
    assert [page.text[slice(*s.lead)] for s in split_sentences(page) if s.lead] == [
        "Country · Genomes · Budget, EUR"
    ] * 2
