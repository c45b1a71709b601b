"""Trace the figures of the digests to the dossiers they were written from, so that none rests on memory or a slip.

python corpus/tracing.py    list figures that no dossier holds; exit 1 when one is not in trace-allowed.toml

The dossiers lie beside the repository (``../shared``) and are not part of it: where they are missing there is nothing
to compare with, and the exit status is 2. A figure found proves that the dossier has it, not that the sentence around
it is right: that stays with the reader. Years are the weakest: a wrong one often stands elsewhere in the dossier.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dialect import DigestError, read_digest
from figures import Figure, figures, known_figures, names, plain

CORPUS = Path(__file__).resolve().parent
SHARED = CORPUS.parent.parent / "shared"
ALLOWED = CORPUS / "trace-allowed.toml"
COMMON = ("initiative", "policy-brief-and-cevs", "sources")
# Not "year" and "as_of": they say when the digest was written, which no dossier knows.
TRACED_FACTS = ("title", "subtitle", "official", "official_address", "original_title")


@dataclass(frozen=True)
class Allowed:
    """One reviewed exception: the digest's id (or ``*``), the figure as normalised, and why no dossier holds it."""

    digest: str
    figure: str
    reason: str


@dataclass(frozen=True)
class Held:
    """What one line of a common dossier holds."""

    keys: frozenset[str]
    text: str
    names: frozenset[str]


@dataclass(frozen=True)
class Trace:
    """What one digest's figures rest on: how many there are, how many its own dossier and the others hold, the rest."""

    digest: str
    total: int
    own: int
    common: int
    missing: tuple[tuple[int, Figure], ...]


def traced_lines(path: Path) -> list[tuple[int, str]]:
    """Return the numbered lines (from 1) of a digest that state facts; raises DigestError on a broken front matter."""
    digest = read_digest(path)
    lines = list(enumerate(path.read_text(encoding="utf-8").split("\n"), 1))
    front = [(n, line) for n, line in lines[: digest.first_line - 1] if line.split(" = ")[0] in TRACED_FACTS]
    return front + lines[digest.first_line - 1 :]


def trace(
    digest: str,
    lines: Iterable[tuple[int, str]],
    own: str,
    common: list[Held],
    title: str = "",
    language: str = "en",
) -> Trace:
    """Compare the figures of the numbered lines with the text of the country's dossier and lines of the common ones.

    A digest with a dossier of its own may lean on a common line only where that shares a name with the digest's line
    or title besides the figure (addresses and identifiers need none): the common dossiers hold so many figures that
    most small numbers would be found by chance.
    """
    ours, mine = known_figures(own), plain(own)
    alone = not own
    missing: list[tuple[int, Figure]] = []
    counts = {"own": 0, "common": 0}
    for number, line in lines:
        about = names(line) | names(title)
        for figure in figures(line, language):
            if figure.held_by(ours, mine):
                counts["own"] += 1
            elif any(figure.held_by(one.keys, one.text) for one in common if alone or figure.mark or about & one.names):
                counts["common"] += 1
            else:
                missing.append((number, figure))
    return Trace(digest, sum(counts.values()) + len(missing), counts["own"], counts["common"], tuple(missing))


def held(lines: Iterable[str]) -> list[Held]:
    """Return the lines that have a figure, as compared; a line bears the names of the headings it stands under too."""
    found: list[Held] = []
    headings: dict[int, frozenset[str]] = {}
    for line in lines:
        level = len(line) - len(line.lstrip("#"))
        if level:
            headings = {one: words for one, words in headings.items() if one < level} | {level: names(line)}
        if re.search(r"\d", line):
            found.append(Held(known_figures(line), plain(line), names(line).union(*headings.values())))
    return found


def certain(text: str) -> str:
    """Return a dossier without the statements it marks ``[unsure]``: from the mark before it, or the line's begin."""
    return re.sub(r"[^\[\]\n]*\[unsure[^\]]*\]", "", text)


def read_allowed(path: Path) -> list[Allowed]:
    """Read the reviewed exceptions; raises DigestError naming the entry that lacks a field or a reason."""
    allowed = []
    for place, entry in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("allowed", []), 1):
        values = [str(entry.get(name, "")).strip() for name in ("digest", "figure", "reason")]
        if not all(values) or len(entry) != 3:
            raise DigestError(f"{path.name}: entry {place} is {entry}; wanted digest, figure and reason, none empty")
        allowed.append(Allowed(*values))
    return allowed


def judge(traces: Iterable[Trace], allowed: list[Allowed]) -> tuple[list[str], list[str]]:
    """Return the report's lines and the faults: exceptions nobody reviewed, and entries that excuse nothing."""
    report, faults, used = [], [], set()
    for one in traces:
        report.append(
            f"{one.digest}: {one.own + one.common} of {one.total} figures found "
            f"({one.own} in the country's dossier, {one.common} in the common ones)"
        )
        for line, figure in one.missing:
            excuse = next((a for a in allowed if a.digest in (one.digest, "*") and a.figure == figure.key), None)
            used.add(excuse)
            report.append(f"  line {line}: {figure.key}: {excuse.reason if excuse else 'IN NO DOSSIER'}")
            if excuse is None:
                faults.append(f"{one.digest}, line {line}: {figure.key} (written {figure.text!r}) is in no dossier")
    faults += [f"{ALLOWED.name}: {a.digest} {a.figure} excuses nothing any more" for a in allowed if a not in used]
    return report, faults


def common_text(shared: Path) -> str:
    """Return the text of the dossiers on no one country and of the documents beside them (text files and PDFs)."""
    from pypdf import PdfReader

    texts = [certain((shared / "domain" / f"{name}.md").read_text(encoding="utf-8")) for name in COMMON]
    texts += [path.read_text(encoding="utf-8") for path in sorted((shared / "documents").glob("*.txt"))]
    for path in sorted((shared / "documents").glob("*.pdf")):
        texts += [page.extract_text() for page in PdfReader(path).pages]
    return "\n".join(texts)


def trace_all(shared: Path, folder: Path = CORPUS / "digests") -> list[Trace]:
    """Trace every digest of the folder; a digest on no country or on several has the common dossiers alone."""
    common = held(common_text(shared).splitlines())
    traces = []
    for path in sorted(folder.glob("*.md")):
        facts = read_digest(path).facts
        dossiers = [shared / "domain" / "countries" / f"{code.lower()}.md" for code in facts["countries"]]
        own = certain(dossiers[0].read_text(encoding="utf-8")) if len(dossiers) == 1 else ""
        traces.append(trace(path.stem, traced_lines(path), own, common, facts["title"], facts["language"]))
    return traces


def main() -> int:
    """Print the report; 0 when every figure is traced or excused, 1 when not, 2 when the dossiers are not there."""
    if not (SHARED / "domain").is_dir():
        sys.stderr.write("The dossiers are not beside the repository (../shared/domain): nothing to trace against.\n")
        return 2
    report, faults = judge(trace_all(SHARED), read_allowed(ALLOWED))
    sys.stdout.write("\n".join([*report, *(f"FAULT {fault}" for fault in faults)]) + "\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
