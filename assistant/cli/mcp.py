"""`assistant mcp`: the library as tools for a program that speaks the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.commands import application
from assistant.cli.options import CorpusOption, IndexOption, SettingsOption, settings_of
from assistant.errors import SettingsError


@application.command(epilog="Example: assistant mcp --corpus corpus --index index --tool ask --tool get_page")
def mcp(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    tool: Annotated[list[str] | None, typer.Option("--tool", help="Allow this tool only, repeatable.")] = None,
    http: Annotated[bool, typer.Option("--http", help="Serve http://127.0.0.1:PORT/mcp instead of stdio.")] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on this machine, with --http.")] = 7861,
) -> None:
    """Serve the library to programs as read-only tools (MCP), over stdio or on this machine."""
    from assistant.doors.library import Library
    from assistant.doors.tools import NAMES
    from assistant.logs import write_names_only
    from assistant.wiring import open_desk

    if strange := [name for name in tool or () if name not in NAMES]:
        raise SettingsError(f"--tool: wanted one of {', '.join(NAMES)}, got {strange[0]!r}")
    try:
        from assistant.doors.mcp_server import make_server, serve_http, serve_stdio
    except ImportError as problem:
        raise SettingsError(
            f"{problem.name} is not installed; add the extra: genomic-policy-assistant[mcp]"
        ) from problem
    desk = open_desk(settings_of(corpus, index, settings))
    desk.snapshot()
    server = make_server(Library(desk), tool)
    write_names_only()
    if http:
        serve_http(server, port)
    else:
        serve_stdio(server)
