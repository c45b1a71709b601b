"""The door for MCP clients: tools, resources and prompts of one library, over stdio or over HTTP on this machine.

The one file that imports the SDK (extra `mcp`). The server lists what is allowed and does nothing else: the allow-list
is asked when tools are listed and again at each call. Nothing it does writes, and no question enters a log.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, unquote

import anyio
import mcp_types as types
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from assistant import __version__
from assistant.bounds import LONGEST_NAME
from assistant.contract import document_to_json
from assistant.doors.prompts import REQUESTS, Request
from assistant.doors.threads import in_thread
from assistant.doors.tools import DATA, Tool, marked, tools_of
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.doors.library import Library

T = TypeVar("T")
AT_ONCE = 4
PAGE_OF_RESOURCES = 100
LARGEST_BODY = 256 * 1024
INSTRUCTIONS = (
    "A library of policy documents on genomic medicine. Every sentence it gives is quoted word for word, with document "
    f"and page. Quote it so, keep its verdict, and say where the documents are silent. {DATA}"
)
FAILED = "this could not be done"
_log = logging.getLogger(__name__)


class Desk:
    """What the server does for its client. `allowed` are the tools that it may list and call."""

    def __init__(self, library: Library, allowed: Sequence[str] | None = None) -> None:
        self.library = library
        every = tools_of(library)
        self.tools: Mapping[str, Tool] = {t.name: t for t in every if allowed is None or t.name in allowed}
        self._places = anyio.CapacityLimiter(AT_ONCE)

    async def list_tools(self, ctx: Any, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        """Return the tools that are allowed, with their schemas."""
        hints = types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        )
        listed = [
            types.Tool(
                name=t.name, title=t.title, description=t.description, input_schema=t.takes, output_schema=t.gives,
                annotations=hints,
            )
            for t in self.tools.values()
        ]  # fmt: skip
        return types.ListToolsResult(tools=listed)

    async def call_tool(self, ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Return what a tool gives; what goes wrong is said in one sentence."""
        tool = self.tools.get(params.name)
        if tool is None:
            raise _wrong(f"no tool {params.name[:40]!r} here; there are {', '.join(self.tools) or 'none'}")
        given = params.arguments or {}
        if problem := wrong_with(tool.takes, given):
            return _said(problem)
        try:
            result = await self._work(lambda: tool.work(given))
        except AssistantError as problem_:
            return _said(str(problem_))
        text = types.TextContent(type="text", text=result.text)
        return types.CallToolResult(content=[text], structured_content=result.data)

    async def _work(self, work: Callable[[], T]) -> T:
        """Do the work in a thread; raises AssistantError, or MCPError in place of a fault of ours."""
        async with self._places:
            try:
                return await in_thread(work)
            except AssistantError:
                raise
            except Exception as problem:
                _log.warning("a request failed: %s", type(problem).__name__)  # no text: it may hold a question
                raise MCPError(types.INTERNAL_ERROR, FAILED) from None

    async def list_resources(self, ctx: Any, params: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        """Return the documents, a hundred at a time."""
        cursor = (params.cursor if params else None) or "0"
        if not re.fullmatch("[0-9]{1,9}", cursor):
            raise _wrong("no such cursor")
        first = int(cursor)
        found = await self._words(self.library.documents)
        shown = found[first : first + PAGE_OF_RESOURCES]
        listed = [
            types.Resource(
                uri=f"document://{quote(d.id, safe='')}", name=d.id, title=d.title, mime_type="application/json",
                description=f"{d.kind}, {d.year or 'no year'}, {d.pages} pages",
            )
            for d in shown
        ]  # fmt: skip
        more = first + len(shown) < len(found)
        return types.ListResourcesResult(resources=listed, next_cursor=str(first + len(shown)) if more else None)

    async def list_templates(
        self, ctx: Any, params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        """Return the two kinds of address: a document, and a page of it."""
        document = types.ResourceTemplate(
            uri_template="document://{id}", name="document", title="A document", mime_type="application/json",
            description="What is known of a document: title, publisher, countries, year, pages.",
        )  # fmt: skip
        page = types.ResourceTemplate(
            uri_template="page://{id}/{n}", name="page", title="A page", mime_type="text/plain",
            description="The text of a page, counted from 1.",
        )  # fmt: skip
        return types.ListResourceTemplatesResult(resource_templates=[document, page])

    async def read_resource(self, ctx: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """Return a document or a page; raises MCPError where there is none."""
        uri = str(params.uri)
        kind, text = await self._words(lambda: read(self.library, uri))
        contents = types.TextResourceContents(uri=uri, mime_type=kind, text=text)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(self, ctx: Any, params: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        """Return the requests that are offered to a reader."""
        return types.ListPromptsResult(prompts=list(map(_prompt, REQUESTS)))

    async def get_prompt(self, ctx: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        """Return a request with its arguments."""
        found = next((one for one in REQUESTS if one.name == params.name), None)
        if found is None:
            raise _wrong(f"no prompt {params.name[:40]!r} here; there are {', '.join(r.name for r in REQUESTS)}")
        try:
            text = found.filled(params.arguments or {})
        except AssistantError as problem:
            raise _wrong(str(problem)) from None
        message = types.PromptMessage(role="user", content=types.TextContent(type="text", text=text))
        return types.GetPromptResult(description=found.description, messages=[message])

    async def _words(self, work: Callable[[], T]) -> T:
        try:
            return await self._work(work)
        except AssistantError as problem:
            raise _wrong(str(problem)) from None


def read(library: Library, uri: str) -> tuple[str, str]:
    """Return the media type and the text of an address; raises AssistantError where there is nothing."""
    found = re.fullmatch(r"(document)://([^/?#]+)|(page)://([^/?#]+)/([1-9][0-9]{0,6})", uri)
    if found is None:
        raise AssistantError(f"wanted document://ID or page://ID/NUMBER, got {uri[:80]!r}")
    if found.group(1):
        (document,) = library.documents(documents=unquote(found.group(2)))
        return "application/json", json.dumps({"note": DATA, **document_to_json(document)}, ensure_ascii=False)
    page = library.page(unquote(found.group(4)), int(found.group(5)))
    return "text/plain", f"{DATA}\n{marked(page.text)}"


def wrong_with(schema: dict[str, Any], given: Mapping[str, Any]) -> str:
    """Return in one sentence what is wrong with the arguments of a tool, or ''; it repeats no value."""
    problem = best_match(Draft202012Validator(schema).iter_errors(given))
    if problem is None:
        return "" if _is_whole(given) else "wanted whole characters, got half of one (a lone surrogate)"
    where = "/".join(map(str, problem.absolute_path)) or "the arguments"
    rule, value = problem.validator, problem.validator_value
    if rule == "additionalProperties":
        names = problem.schema["properties"]
        strange = sorted(set(problem.instance) - set(names))[0][:40]
        return f"wanted only {', '.join(names)}, got {strange!r}"
    if rule == "required":
        missing = next(name for name in value if name not in problem.instance)
        return f'wanted "{missing}"'
    limit = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{where}: wanted {rule} {limit[:LONGEST_NAME]}"


def _is_whole(given: Mapping[str, Any]) -> bool:
    return not re.search("[\ud800-\udfff]", json.dumps(given, ensure_ascii=False))


def _said(problem: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=problem)], is_error=True)


def _wrong(problem: str) -> MCPError:
    return MCPError(types.INVALID_PARAMS, problem)


def _prompt(request: Request) -> types.Prompt:
    arguments = [
        types.PromptArgument(name=name, description=told, required=needed) for name, told, needed in request.arguments
    ]
    return types.Prompt(
        name=request.name, title=request.title, description=request.description, arguments=arguments
    )  # fmt: skip


def make_server(library: Library, allowed: Sequence[str] | None = None) -> Server[Any]:
    """Return the server of a library; `allowed` are the tools that it may list and call, None means all."""
    desk = Desk(library, allowed)
    return Server(
        "genomic-policy-assistant",
        version=__version__,
        title="Genomic policy assistant",
        instructions=INSTRUCTIONS,
        on_list_tools=desk.list_tools,
        on_call_tool=desk.call_tool,
        on_list_resources=desk.list_resources,
        on_list_resource_templates=desk.list_templates,
        on_read_resource=desk.read_resource,
        on_list_prompts=desk.list_prompts,
        on_get_prompt=desk.get_prompt,
    )


def serve_stdio(server: Server[Any]) -> None:
    """Serve the one client that started this process, until it leaves."""

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(run)


def web_app(server: Server[Any]) -> Any:
    """Return the web application at `/mcp`: other host names and pages of other sites are refused, nothing is kept."""
    return server.streamable_http_app(
        host="127.0.0.1", json_response=True, stateless_http=True, max_request_body_size=LARGEST_BODY
    )


def serve_http(server: Server[Any], port: int) -> None:
    """Serve programs on this machine at http://127.0.0.1:PORT/mcp until stopped."""
    import uvicorn

    uvicorn.run(web_app(server), host="127.0.0.1", port=port, log_config=None, access_log=False)
