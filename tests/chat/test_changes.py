"""What a refresh changed, in plain words."""

from __future__ import annotations

from assistant.chat.changes import changes_html, report_html
from assistant.chat.pages import library_html

REPORT = """# Library revision 74

2026-12-01 03:14 UTC, from revision 37.

- `added: a/ee.pdf (+7 −0 =0 passages)`
- `metadata: fi.pdf (+0 −0 =3 passages)`
- `unread: b.pdf: it needs a password`
- `1 of 338 watched questions have other closest passages`
- `question “Who pays?”: now fi.pdf, page 4, no longer a/ee.pdf, page 1`

Library revision 74: 2 documents changed, 1 unread, 7 passages embedded in 1.5 s.
"""
TITLES = {"a/ee.pdf": "Visit to Estonia", "fi.pdf": "Plan of Finland"}


def test_a_report_says_which_documents_and_what_it_means() -> None:
    shown = changes_html([(74, REPORT), (37, "no report of ours")], TITLES)
    assert "<details open><summary>1 December 2026, 03:14 UTC</summary>" in shown
    assert "<li>New: <em>Visit to Estonia</em></li>" in shown
    assert "<li>Described anew in the catalogue: <em>Plan of Finland</em></li>" in shown
    assert "<li>Could not be read: <em>b.pdf: it needs a password</em></li>" in shown
    means = "<strong>“Who pays?”</strong>: now also “Plan of Finland”, page 4, no longer “Visit to Estonia”, page 1"
    assert f"1 watched question now finds other passages:</p><ul><li>{means}</li>" in shown
    assert "Version 37 of the library" in shown


def test_counts_stand_folded() -> None:
    before, folded = report_html(REPORT, TITLES).split('<details class="figures-of">')
    assert "passages embedded in 1.5 s" in folded
    assert "embedded" not in before
    assert "+7" not in before + folded


def test_of_many_documents_the_first_are_named() -> None:
    many = "\n".join(f"- `added: {n}.pdf (+1 −0 =0 passages)`" for n in range(37))
    assert "New: 37 documents — <em>0.pdf</em>;" in report_html(many, {})
    assert "<em>7.pdf</em> and 29 more" in report_html(many, {})


def test_files_that_are_passed_over_are_named() -> None:
    shown = library_html([], [], 1, "", [("notes.py", "files ending in .py are not read")])
    assert "1 other file in the folder is passed over" in shown
    assert "<strong>notes.py</strong>: files ending in .py are not read" in shown
