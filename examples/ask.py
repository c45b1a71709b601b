"""Ask one question, and print each quotation with the page it stands on: python examples/ask.py [CORPUS]"""

from __future__ import annotations

import sys

from assistant import open_library

library = open_library(sys.argv[1] if len(sys.argv) > 1 else "corpus")
answer = library.ask("How did Estonia win public trust?")
print(f"{answer.verdict} ({answer.probability:.0%}): {answer.headline}")
for citation in answer.citations:
    print(f"[{citation.number}] “{citation.quote}”")
    print(
        f"    {citation.title}, {citation.year}, page {citation.label}, characters {citation.start} to {citation.end}"
    )
