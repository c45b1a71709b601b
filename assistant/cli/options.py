"""Options that several commands share, and what they become."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import SettingsError
from assistant.model import KINDS, Scope
from assistant.settings import Settings, load_settings

CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="Folder of documents (ASSISTANT_CORPUS).")]
IndexOption = Annotated[Path | None, typer.Option("--index", help="Folder of the library (ASSISTANT_INDEX).")]
SettingsOption = Annotated[Path | None, typer.Option("--settings", help="A TOML settings file.")]
CountryOption = Annotated[list[str] | None, typer.Option("--country", help="ISO code, repeatable: EE.")]
KindOption = Annotated[list[str] | None, typer.Option("--kind", help="Kind of document, repeatable.")]
YearOption = Annotated[str | None, typer.Option("--year", help="One year or a range: 2018-2024.")]
DocumentOption = Annotated[list[str] | None, typer.Option("--document", help="Document id or file, repeatable.")]


class Format(StrEnum):
    """How one answer is printed or saved: in a terminal, as a text, as data, or its sources alone."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    RIS = "ris"
    BIBTEX = "bibtex"
    CSL = "csl"


FormatOption = Annotated[
    Format | None, typer.Option("--format", help="How an answer is printed, or saved with --output; or its sources.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
BatchOption = Annotated[Path | None, typer.Option("--batch", help="A file of questions, one JSON object a line.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", help="Where the answers of a batch go; or one answer as .docx, .md, .json, .ris or .bib."),
]
HistoryOption = Annotated[list[str] | None, typer.Option("--history", help="An earlier question, oldest first.")]
ModelOption = Annotated[
    str | None, typer.Option("--model", help="A chat model that words the answers: PROVIDER:NAME (ASSISTANT_MODEL).")
]
ModelUrlOption = Annotated[
    str | None, typer.Option("--model-url", help="Where its server listens (ASSISTANT_MODEL_BASE_URL).")
]
HostedOption = Annotated[
    bool, typer.Option("--allow-hosted", help="Agree that passages go to a model outside this machine.")
]


def settings_of(
    corpus: Path | None,
    index: Path | None,
    file: Path | None,
    model: str | None = None,
    model_url: str | None = None,
    allow_hosted: bool = False,
) -> Settings:
    """Return the settings for a command; raises SettingsError."""
    return load_settings(
        file,
        corpus=corpus,
        index=index,
        model=model,
        model_base_url=model_url,
        allow_hosted_model=True if allow_hosted else None,
    )


def one_format(form: Format | None, as_json: bool, batch: bool) -> Format | None:
    """Return the format asked for, by --format or --json, None for none; raises SettingsError where both disagree."""
    if as_json and form not in (None, Format.JSON):
        raise SettingsError(f"--json and --format {form}: give one of them")
    if batch and form not in (None, Format.JSON):
        raise SettingsError(f"--format {form}: the questions of a batch are answered in JSON, one object a line")
    return Format.JSON if as_json else form


def typed(text: str) -> str:
    """Return text of the command line as whole characters: bytes that are no text become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def scope_from(
    countries: list[str] | None, kinds: list[str] | None, year: str | None, documents: list[str] | None
) -> Scope | None:
    """Return the filters as a scope, or None when none is set; raises SettingsError for a wrong one."""
    if not (countries or kinds or year or documents):
        return None
    for kind in kinds or ():
        if kind not in KINDS:
            raise SettingsError(f"--kind: wanted one of {', '.join(KINDS)}, got {kind!r}")
    return Scope(
        countries=tuple(_country(code) for code in countries) if countries else None,
        kinds=tuple(kinds) if kinds else None,
        years=_years(year) if year else None,
        documents=tuple(documents) if documents else None,
    )


def _country(text: str) -> str:
    from assistant.doors.filters import country_code

    code = country_code(text)
    if code is None:
        raise SettingsError(f"--country: wanted an ISO code such as EE, got {text!r}")
    return code


def _years(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?", text.strip())
    if not match:
        raise SettingsError(f"--year: wanted 2021 or 2018-2024, got {text!r}")
    first, last = int(match.group(1)), int(match.group(2) or match.group(1))
    if first > last:
        raise SettingsError(f"--year: wanted an earlier year first, got {text!r}")
    return first, last
