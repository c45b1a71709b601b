"""The coverage table of README.md: which themes the national digests speak on, read from their headings.

python corpus/coverage.py           write the table between its marks
python corpus/coverage.py --check   write nothing; exit 1 when the table differs from the digests
"""

from __future__ import annotations

import sys
from pathlib import Path

from dialect import Digest, read_blocks, read_digest

CORPUS = Path(__file__).resolve().parent
README = CORPUS.parent / "README.md"
BEGIN, END = "<!-- coverage -->", "<!-- /coverage -->"
THEMES = {
    "strategy": "Governance and strategy",
    "trust": "Trust and engagement of patients and citizens",
    "data, law": "Infrastructure, data and law",
    "clinic": "Clinical services and reimbursement",
    "workforce": "Workforce and training",
    "ecosystem": "Ecosystem, industry and research",
    "1+MG": "Participation in 1+MG and European projects",
    "milestones": "Milestones",
    "challenges": "Open challenges",
}


def words_by_theme(digest: Digest) -> dict[str, int]:
    """Return how many words stand under each heading of the first level, those of tables and boxes included."""
    found: dict[str, int] = {}
    theme = ""
    for block in read_blocks(digest):
        if block.kind == "heading" and block.level == 1:
            theme = block.text
            found.setdefault(theme, 0)
            continue
        parts = [block.text, *(cell for row in block.rows for cell in row)]
        parts += [text for inner in block.inner for text in (inner.text, *(c for row in inner.rows for c in row))]
        found[theme] = found.get(theme, 0) + sum(len(part.split()) for part in parts)
    return found


def table(digests: list[Digest]) -> str:
    """Return the table in Markdown: a country a line, words of its digest on each theme, "–" where it says nothing."""
    lines = [f"| country | {' | '.join(THEMES)} |", "|---|" + "---:|" * len(THEMES)]
    for digest in sorted(digests, key=lambda one: str(one.facts["title"])):
        words = words_by_theme(digest)
        cells = [str(words.get(theme) or "–") for theme in THEMES.values()]
        lines.append(f"| {str(digest.facts['title']).split(':')[0]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def rewritten(text: str, digests: list[Digest]) -> str:
    """Return the README with a fresh table between its marks; raises ValueError where they are missing."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"README.md: the marks {BEGIN} and {END} are missing")
    return f"{before}{BEGIN}\n{table(digests)}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write or check the table; 0 when it is as it should be, 1 when it differs."""
    sources = sorted((CORPUS / "digests").glob("national-digest-??.md"))
    old = README.read_text(encoding="utf-8")
    fresh = rewritten(old, [read_digest(path) for path in sources])
    if "--check" in arguments:
        if fresh != old:
            sys.stdout.write("README.md: the coverage table differs from the digests; run: python corpus/coverage.py\n")
        return int(fresh != old)
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
