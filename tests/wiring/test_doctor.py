"""The doctor says in one line what is there, what is missing, slow or unsafe, and what to do."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.wiring.doctor import EXTRAS, Finding, examine, extras, folders, language_model, models, open_to_others
from tests.doors.conftest import place as place  # the folder with a small library


def test_a_whole_library_is_well(place: Path) -> None:
    found = list(examine(Settings(place / "corpus", place / "index")))
    assert not [one for one in found if one.sign == "wrong"]
    told = [one.what for one in found]
    assert any(what.endswith("revision 1, 2 documents") for what in told) or any("2 documents" in w for w in told)
    assert any(what.startswith("a question takes ") for what in told)
    assert all("\n" not in one.what + one.todo for one in found)


def test_what_is_missing_names_the_command(tmp_path: Path) -> None:
    found = list(examine(Settings(tmp_path / "corpus", tmp_path / "index")))
    wrong = [one for one in found if one.sign == "wrong"]
    assert [one.what.split()[0] for one in wrong] == ["no", "there"]
    assert "run: assistant index" in wrong[1].what


def test_each_extra_is_told_with_what_needs_it() -> None:
    lacking = {one.todo for one in extras(lambda module: False)}
    assert {f"pip install 'genomic-policy-assistant[{extra}]'" for extra in EXTRAS} <= lacking
    assert "pip install PyStemmer" in lacking
    assert {one.sign for one in extras(lambda module: True)} <= {"ok", "missing"}, "missing: tesseract alone"


@pytest.mark.skipif(os.name != "posix", reason="permissions of files")
@pytest.mark.parametrize(("mode", "sign"), [(0o700, None), (0o750, "unsafe"), (0o755, "unsafe"), (0o777, "unsafe")])
def test_folders_that_others_reach_are_unsafe(tmp_path: Path, mode: int, sign: str | None) -> None:
    tmp_path.chmod(mode)
    found = open_to_others(tmp_path)
    assert (found.sign if found else None) == sign


def test_models_and_folders_are_told(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, encoder_backend="torch", reader="none")
    signs = {one.what: one.sign for one in models(settings)}
    assert (signs["the encoder runs on torch"], signs["reader none"]) == ("slow", "ok")
    assert Finding("ok", f"corpus {tmp_path}: every file is a document") in list(folders(settings))


def test_a_model_that_sees_passages_elsewhere_is_unsafe() -> None:
    (none,) = language_model(Settings())
    assert none.sign == "ok"
    hosted = replace(Settings(), model="openai:x", model_base_url="https://models.example/v1")
    (refused,) = language_model(hosted)
    (agreed,) = language_model(replace(hosted, allow_hosted_model=True))
    assert refused.sign == agreed.sign == "unsafe"
