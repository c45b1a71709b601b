"""`assistant doctor`: what is installed, missing, slow or unsafe, one line each with what to do."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from assistant.cli.commands import application
from assistant.cli.options import CorpusOption, IndexOption, JsonOption, SettingsOption, settings_of


@application.command(epilog="Example: assistant doctor --json")
def doctor(
    corpus: CorpusOption = None, index: IndexOption = None, settings: SettingsOption = None, as_json: JsonOption = False
) -> None:
    """Say what is installed, missing, slow or unsafe, and what to do; exit 1 when something is wrong."""
    from assistant.cli.show import plain
    from assistant.wiring.doctor import examine

    findings = []
    for found in examine(settings_of(corpus, index, settings)):
        findings.append(found)
        if not as_json:
            print(plain(f"{found.sign:8} {found.what}{f' → {found.todo}' if found.todo else ''}"), flush=True)
    if as_json:
        print(json.dumps({"findings": [asdict(found) for found in findings]}, ensure_ascii=False))
    raise typer.Exit(int(any(found.sign == "wrong" for found in findings)))
