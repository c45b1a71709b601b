"""The commands that build and look after the library: `index`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.commands import application
from assistant.cli.options import CorpusOption, IndexOption, SettingsOption, settings_of


@application.command(epilog="Example: assistant index --corpus corpus --index index")
def index(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build from nothing.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and stop.")] = False,
    if_stale: Annotated[bool, typer.Option("--if-stale", help="Do nothing when nothing changed.")] = False,
) -> None:
    """Bring the library up to date with the corpus folder."""
    from assistant.cli.progress import run_index

    raise typer.Exit(run_index(settings_of(corpus, index, settings), rebuild, dry_run, if_stale))
