"""The commands `ask`, `search`, `status`, `index`, `chat` and their kin; each imports what it needs when it runs."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from assistant.cli.options import (
    BatchOption,
    CorpusOption,
    CountryOption,
    DocumentOption,
    Format,
    FormatOption,
    HistoryOption,
    HostedOption,
    IndexOption,
    JsonOption,
    KindOption,
    ModelOption,
    ModelUrlOption,
    OutputOption,
    SettingsOption,
    YearOption,
    one_format,
    scope_from,
    settings_of,
    typed,
)

application = typer.Typer(
    name="assistant",
    help="Cited answers from policy briefs, visit reports and national strategies on genomic medicine.",
    epilog="Exit codes: 0 all went well, 1 a part failed, 2 nothing could be done, 130 stopped; index has 3 and 4 too.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"max_content_width": 110},
    rich_markup_mode=None,  # the help in boxes takes as long again as everything else
    pretty_exceptions_enable=False,
)
QuestionArgument = Annotated[str | None, typer.Argument(help="The question, in plain words.")]


@application.command(epilog='Example: assistant ask "How did Estonia win public trust?" --country EE')
def ask(
    question: QuestionArgument = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    year: YearOption = None,
    document: DocumentOption = None,
    history: HistoryOption = None,
    form: FormatOption = None,
    as_json: JsonOption = False,
    batch: BatchOption = None,
    output: OutputOption = None,
    model: ModelOption = None,
    model_url: ModelUrlOption = None,
    allow_hosted: HostedOption = False,
) -> None:
    """Answer a question with quoted sentences and their pages; without a question, hold a small conversation."""
    from assistant.cli.batch import run_batch
    from assistant.cli.conversation import Conversation, converse
    from assistant.cli.files import print_answer, save_answer
    from assistant.cli.show import show_stream
    from assistant.contract import Question, answer_to_json
    from assistant.wiring import open_desk

    form = one_format(form, as_json, batch is not None)
    desk = open_desk(settings_of(corpus, index, settings, model, model_url, allow_hosted))
    given = scope_from(country, kind, year, document)
    desk.snapshot()
    if notice := desk.model_notice():
        sys.stderr.write(f"{notice}\n")

    def work(item: Question) -> dict[str, object]:
        return answer_to_json(desk.ask(item.question, item.history, item.scope or given), item.id)

    if batch is not None:
        raise typer.Exit(1 if run_batch(batch, output, work) else 0)
    before = tuple(map(typed, history or ()))
    if question is None and form is None and output is None and sys.stdin.isatty():
        converse(Conversation(desk, given, before))
        return
    text = _wanted(question)
    if output is not None:
        save_answer(desk, desk.ask(text, before, given), output, form)
    elif form in (None, Format.TEXT):
        show_stream(desk.ask_stream(text, before, given))
    else:
        print_answer(desk, desk.ask(text, before, given), form)


@application.command(epilog='Example: assistant search "data access by industry" --kind policy-brief --json')
def search(
    question: QuestionArgument = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    country: CountryOption = None,
    kind: KindOption = None,
    year: YearOption = None,
    document: DocumentOption = None,
    history: HistoryOption = None,
    top: Annotated[int, typer.Option("--top", min=1, max=200, help="How many passages.")] = 10,
    as_json: JsonOption = False,
    batch: BatchOption = None,
    output: OutputOption = None,
) -> None:
    """List the best passages for a question, without an answer."""
    from assistant.cli.batch import run_batch
    from assistant.contract import Question, hits_to_json
    from assistant.wiring import open_desk

    desk = open_desk(settings_of(corpus, index, settings))
    given = scope_from(country, kind, year, document)
    desk.snapshot()

    def work(item: Question) -> dict[str, object]:
        hits = desk.search(item.question, top, item.history, item.scope or given)
        labels = {h.passage.key: desk.snapshot().page(h.document.id, h.passage.page).label for h in hits}
        return hits_to_json(hits, item.id, labels)

    if batch is not None:
        raise typer.Exit(1 if run_batch(batch, output, work) else 0)
    text = _wanted(question)
    if as_json:
        print(json.dumps(work(Question("", text, tuple(map(typed, history or ())))), ensure_ascii=False))
        return
    from assistant.cli.show import show_hits

    show_hits(desk.search(text, top, tuple(map(typed, history or ())), given))


def _wanted(question: str | None) -> str:
    if question is not None:
        return typed(question)
    if not sys.stdin.isatty():
        return sys.stdin.read()
    raise typer.BadParameter("a question is missing; or give --batch FILE")


@application.command(epilog="Example: assistant status --document fi-strategy")
def status(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    document: DocumentOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what the library holds, what was guessed and what could not be read; with --document how it was read."""
    from dataclasses import asdict

    from assistant.cli.show import show_reading, show_status, wanted_documents
    from assistant.wiring import model_names, open_desk, passed_over

    found = settings_of(corpus, index, settings)
    snapshot = open_desk(found).snapshot()
    if document:
        chosen = wanted_documents(snapshot, document)
        if as_json:
            print(json.dumps({"documents": [asdict(item) for item in chosen]}, ensure_ascii=False))
        for item in () if as_json else chosen:
            show_reading(item)
        return
    encoder, reader = model_names(found)
    if not as_json:
        show_status(snapshot, snapshot.unread(), passed_over(found))
        print(f"encoder {encoder}, reader {reader}")
        return
    data = {
        "revision": snapshot.revision,
        "encoder": encoder,
        "reader": reader,
        "documents": [asdict(document) for document in snapshot.documents()],
        "unread": [asdict(item) for item in snapshot.unread()],
        "passed_over": [{"file": file, "reason": reason} for file, reason in passed_over(found)],
    }
    print(json.dumps(data, ensure_ascii=False))


@application.command(epilog="Example: assistant chat --port 7860")
def chat(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    settings: SettingsOption = None,
    port: Annotated[int, typer.Option("--port", help="Port on this machine.")] = 7860,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; others than loopback need --open.")] = (
        "127.0.0.1"
    ),
    open_to_network: Annotated[bool, typer.Option("--open", help="Allow an address other than loopback.")] = False,
    model: ModelOption = None,
    model_url: ModelUrlOption = None,
    allow_hosted: HostedOption = False,
) -> None:
    """Serve the chat on this machine."""
    from assistant.cli.show import where_it_will_be
    from assistant.errors import SettingsError
    from assistant.wiring import open_chat

    if host not in ("127.0.0.1", "localhost", "::1") and not open_to_network:
        raise SettingsError(f"--host {host}: the chat has no login; add --open to serve it to the network on purpose")
    for line in where_it_will_be(host, port, open_to_network):
        print(line, flush=True)
    given = settings_of(corpus, index, settings, model, model_url, allow_hosted)
    open_chat(given, host, port, to_network=open_to_network)


def _register() -> None:
    from assistant.cli import bench, doctor, evaluation, fetch, library, matrix, mcp  # noqa: F401  (registers their commands)


_register()
