"""Write the sources of an answer for Zotero and for LaTeX: python examples/references.py [CORPUS [FOLDER]]"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant import open_library

library = open_library(sys.argv[1] if len(sys.argv) > 1 else "corpus")
folder = Path(sys.argv[2] if len(sys.argv) > 2 else ".")
answer = library.ask("Who grants permits for the secondary use of health data in Finland?")
for form in ("ris", "bib"):
    file = folder / f"references.{form}"
    file.write_bytes(library.export(answer, form))
    print(f"{file.name}: {len({citation.document for citation in answer.citations})} documents")
