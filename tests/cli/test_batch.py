"""The batch contract and the command line, on a small corpus of text files with the real encoder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ESTONIA = """Visit report Estonia

The visit to Estonia took place on 19 and 20 May 2021.

Estonia won public trust through decades of campaigns in films and soap operas.
The Estonian Biobank holds samples of more than 200,000 donors."""
FINLAND = """Visit report Finland

Findata grants permits for the secondary use of health data in Finland since 2020.
The Finnish Biobank Act came into force on 1 September 2013."""


def run(*arguments: str, check: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], capture_output=True, text=True, check=check, timeout=180
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    root = tmp_path_factory.mktemp("batch")
    (root / "corpus" / "visits").mkdir(parents=True)
    (root / "corpus" / "visits" / "estonia-visit-2021.txt").write_text(ESTONIA, encoding="utf-8")
    (root / "corpus" / "visits" / "finland-visit-2021.txt").write_text(FINLAND, encoding="utf-8")
    (root / "corpus" / "empty.txt").write_text("")
    options = ("--corpus", str(root / "corpus"), "--index", str(root / "index"))
    done = run("index", *options)
    assert done.returncode == 1, done.stderr
    assert "unread: empty.txt" in done.stdout
    return options


def test_ask_batch(place: tuple[str, ...], tmp_path: Path) -> None:
    questions = [
        '{"id": "a", "question": "Which campaigns won Estonia public trust?"}',
        "not json",
        "",
        '{"id": "b", "question": "And how many donors has the biobank?", "history": ["How did Estonia win trust?"]}',
        '{"id": "c", "question": 5}',
        '{"id": "d", "question": "Who grants permits?", "countries": ["FI"], "documents": ["finland-visit-2021.txt"]}',
        '{"id": "e", "question": "How did Portugal win public trust?"}',
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(questions), encoding="utf-8")
    done = run("ask", *place, "--batch", str(tmp_path / "q.jsonl"), "--output", str(tmp_path / "a.jsonl"))
    assert done.returncode == 1, done.stderr
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "", "b", "c", "d", "e"]
    assert set(lines[1]) == set(lines[3]) == {"id", "error"}
    first = lines[0]
    assert {"id", "question", "understood", "verdict", "declined", "text", "statements", "citations", "searched",
            "fingerprint", "milliseconds"} <= set(first)  # fmt: skip
    assert (first["verdict"], first["declined"]) == ("answered", False)
    citation = first["citations"][0]
    assert citation["file"] == "visits/estonia-visit-2021.txt"
    assert (citation["page"], citation["label"], citation["verified"], citation["boxes"]) == (1, "1", True, [])
    assert citation["quote"] == " ".join(ESTONIA[citation["start"] : citation["end"]].split())
    assert first["milliseconds"]["total"] > 0
    assert "200,000" in lines[2]["text"]
    assert "Findata" in lines[4]["text"]
    assert (lines[5]["verdict"], lines[5]["declined"]) == ("no-documents", True)
    assert lines[5]["searched"] == [{"country": "PT", "documents": 0, "found": 0}]


def test_search_batch(place: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": "x", "question": "biobank law in Finland"}\n', encoding="utf-8")
    done = run(
        "search", *place, "--batch", str(tmp_path / "q.jsonl"), "--output", str(tmp_path / "h.jsonl"), "--top", "3"
    )
    assert done.returncode == 0, done.stderr
    (line,) = [json.loads(text) for text in (tmp_path / "h.jsonl").read_text(encoding="utf-8").splitlines()]
    hit = line["hits"][0]
    assert set(hit) == {
        "rank",
        "score",
        "document",
        "file",
        "page",
        "label",
        "start",
        "end",
        "text",
        "section",
        "countries",
    }
    assert hit["file"] == "visits/finland-visit-2021.txt"
    assert hit["text"] == FINLAND[hit["start"] : hit["end"]]
    assert {h["file"] for h in line["hits"]} == {"visits/finland-visit-2021.txt"}


def test_one_json_object(place: tuple[str, ...]) -> None:
    done = run("ask", *place, "When did the Finnish Biobank Act come into force?", "--json")
    answer = json.loads(done.stdout)
    assert "1 September 2013" in answer["text"]


def test_an_answer_is_printed_or_saved_in_the_form_asked_for(place: tuple[str, ...], tmp_path: Path) -> None:
    question = "When did the Finnish Biobank Act come into force?"
    ris = run("ask", *place, question, "--format", "ris").stdout.splitlines()
    assert (ris[0], ris[1], ris[-2]) == ("TY  - RPRT", "ID  - finland-visit-2021", "ER  - ")
    done = run("ask", *place, question, "--format", "csl", "--output", str(tmp_path / "refs.json"))
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "refs.json").read_text(encoding="utf-8"))[0]["id"] == "finland-visit-2021"
    done = run("ask", *place, question, "--output", str(tmp_path / "refs.bib"))
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8").startswith("@techreport{finland-visit-2021,"), (
        done.stderr
    )


def test_plain_text_in_a_pipe(place: tuple[str, ...]) -> None:
    done = run("ask", *place, "When was the visit to Estonia?")
    assert "\x1b" not in done.stdout
    assert "19 and 20 May 2021" in done.stdout
    assert "visits/estonia-visit-2021.txt" in done.stdout


def test_a_second_index_embeds_nothing(place: tuple[str, ...]) -> None:
    assert "0 passages embedded" in run("index", *place).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "x", "--index", "nowhere-at-all"), "there is no library in nowhere-at-all; run: assistant index"),
        (("ask", "x", "--year", "20"), "--year: wanted 2021 or 2018-2024, got '20'"),
        (("ask", "x", "--kind", "novel"), "--kind: wanted one of"),
        (("ask", "x", "--country", "XX"), "--country: wanted an ISO code such as EE, got 'XX'"),
        (("index", "--corpus", "nowhere-at-all", "--index", "{folder}/index"), "nowhere-at-all"),
        (("ask", "x", "--json", "--format", "ris"), "--json and --format ris: give one of them"),
        (("ask", "--batch", "q", "--format", "ris"), "the questions of a batch are answered in JSON"),
        (("chat", "--host", "0.0.0.0"), "the chat has no login"),
    ],
)
def test_errors_are_one_sentence(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(*(argument.replace("{folder}", str(tmp_path)) for argument in arguments))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["ask", "search", "index", "status", "chat"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Example: assistant {command}" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import atexit, sys; from assistant.cli import main;"
        "heavy=('numpy','gradio','faiss','torch','langchain_core','pydantic','mcp','rich.markdown','rich.console');"
        "atexit.register(lambda: sys.stderr.write(str([m for m in heavy if m in sys.modules])));"
        "sys.argv = ['assistant', '--help']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "Exit codes: 0 all went well" in done.stdout


def test_asking_imports_no_torch_and_no_gradio(place: tuple[str, ...]) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.settings import load_settings;"
        "from assistant.wiring import open_desk;"
        f"open_desk(load_settings(corpus=Path({place[1]!r}), index=Path({place[3]!r}))).ask('donors in Estonia');"
        "heavy=('torch','sentence_transformers','transformers','scipy','sklearn','gradio','langchain_core','pypdf','pypdfium2');"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
