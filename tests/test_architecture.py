"""Holds the house together: imports run one way, each heavy library has one owner, files and functions stay short."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "assistant"
FLOOR = {
    "account",
    "archives",
    "bounds",
    "logs",
    "inert",
    "schemas",
    "asker",
    "report",
    "errors",
    "model",
    "ports",
    "settings",
    "countries",
    "geometry",
    "words",
    "lexicon",
    "figures",
    "endings",
    "places",
    "namesakes",
    "z_scores",
    "originals",
    "contract",
    "evidence",
    "understood",
}
ROOMS = {
    "reading", "indexing", "understanding", "searching", "judging", "composing", "generating", "matrix", "evaluation",
    "chat", "exporting", "fetching",
}  # fmt: skip
BELOW = {"composing": {"judging"}, "generating": {"judging", "composing"}, "matrix": {"judging", "composing"}}
"""Judged sentences become answers, model statements and cells: the only rooms that stand on others."""
OWNERS = {
    "faiss": {"indexing/vectors.py", "evaluation/index_choice.py"},
    "sentence_transformers": {"indexing/sentence_transformers_encoder.py", "evaluation/stock.py"},
    "torch": {"indexing/sentence_transformers_encoder.py"},
    "pypdf": {"reading/pdf.py", "evaluation/stock.py", "evaluation/second_reader.py"},
    "pypdfium2": {"reading/glyphs.py", "reading/overlay.py", "reading/paint.py"},
    "docx": {"reading/office.py", "exporting/word.py", "exporting/brief_word.py"},
    "openpyxl": {"reading/sheets.py", "exporting/workbook.py"},
    "pptx": {"reading/slides.py"},
    "trafilatura": {"reading/web.py"},
    "cssselect": {"reading/css.py"},
    "watchfiles": {"indexing/watch.py"},
    "langchain_core": {"doors/langchain.py", "doors/library.py"},
    "mcp": {"doors/mcp_server.py"},
    "mcp_types": {"doors/mcp_server.py"},
    "jsonschema": {"doors/mcp_server.py"},
    "langchain": {"generating/chat_model.py"},
    "httpx": {"fetching/download.py"},
    "openai": {"generating/spending.py"},
}
BANNED = {"pickle", "joblib", "langchain_community", "langchain_classic", "fitz", "pymupdf", "requests"}
FILES = sorted(ROOT.rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    """Return the dotted names a file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names if node.module == "assistant")
    return names


def room_of(file: Path) -> str:
    """Return floor, a room, wiring, cli or __main__."""
    first = file.relative_to(ROOT).parts[0].removesuffix(".py")
    return "floor" if first in FLOOR else first


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_imports_run_one_way(file: Path) -> None:
    room = room_of(file)
    targets = {n.split(".")[1] for n in imported(ast.parse(file.read_text())) if n.startswith("assistant.")}
    if room == "floor":
        assert targets <= FLOOR
    elif room in ROOMS:
        assert targets <= FLOOR | {room} | BELOW.get(room, set())
    elif room == "wiring":
        assert targets <= FLOOR | ROOMS | {"wiring"}
    elif room == "doors":
        assert targets <= FLOOR | {"wiring", "doors", "__version__"}
    elif room == "cli":
        assert targets <= FLOOR | {"wiring", "doors", "cli", "__init__", "__version__"}
    else:
        assert room in ("__main__", "__init__")


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_heavy_libraries_have_one_owner(file: Path) -> None:
    if file.name == "stock.py":
        return  # it stands for somebody else's program
    tops = {name.split(".")[0] for name in imported(ast.parse(file.read_text()))}
    assert not tops & BANNED
    here = file.relative_to(ROOT).as_posix()
    for library, owners in OWNERS.items():
        assert library not in tops or here in owners
    assert "gradio" not in tops or here.startswith("chat/")


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_files_and_functions_stay_short(file: Path) -> None:
    text = file.read_text()
    assert text.count("\n") <= 310
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or node.lineno) - node.lineno + 1 <= 55, node.name


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))
def test_every_file_says_why_it_exists(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text()))


JUDGED = [f for f in FILES if f.relative_to(ROOT).parts[0] in ("judging", "composing", "generating", "matrix")]
PARSERS = {
    "mentions",
    "countries_in",
    "groups_in",
    "search",
    "match",
    "fullmatch",
    "findall",
    "finditer",
    "sub",
    "split",
}
"""Functions and methods that look for something in a text."""


def _is_question(node: ast.AST) -> bool:
    """Return whether an expression holds the words of the question."""
    return any(
        isinstance(one, ast.Attribute) and one.attr in ("text", "original", "search_text")
        and isinstance(one.value, ast.Name) and one.value.id == "understood"
        for one in ast.walk(node)
    )  # fmt: skip


@pytest.mark.parametrize("file", JUDGED, ids=lambda f: str(f.relative_to(ROOT)))
def test_nobody_below_understanding_parses_the_question_again(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [*node.args, *(k.value for k in node.keywords)]
            if isinstance(node.func, ast.Attribute):
                given.append(node.func.value)
            assert name not in PARSERS or not any(map(_is_question, given)), f"line {node.lineno}"


TESTS = sorted(Path(__file__).parent.rglob("*.py"))
GOLD = sorted((ROOT.parent / "eval" / "gold").glob("*.jsonl"))
OTHERS = sorted((ROOT.parent.parent / "shared" / "questions").glob("*.jsonl"))
"""Questions by other hands, where they are given."""
LONG = 4
"""A question of so many words says more than anybody would ask by chance."""


def test_no_question_of_a_gold_file_is_the_example_of_a_rule() -> None:
    """What is fitted to the questions it is measured with says nothing about others."""
    lines = [line for file in (*GOLD, *OTHERS) for line in file.read_text(encoding="utf-8").splitlines() if line]
    asked = {str(json.loads(line).get("question", "")) for line in lines}
    wanted = {question for question in asked if len(question.split()) > LONG}
    quoted = {
        node.value: file.name
        for file in TESTS
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {text: quoted[text] for text in wanted & quoted.keys()} == {}
