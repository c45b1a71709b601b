"""A grid of questions read from a file: our indicators, or a ministry's own template. Wrong lines are named.

Three forms: TOML (as `corpus/indicators.toml`), CSV with a column `question` (and, where wanted, id, domain, name,
terms), or a plain list of questions, one a line, where `# Heading` begins a domain.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant.countries import mentions
from assistant.errors import GridError
from assistant.evidence import Domain, Grid, Indicator
from assistant.words import content_stems

_ID = re.compile(r"[\w.-]{1,40}")
_DOMAIN_FIELDS = {"id", "name"}
_INDICATOR_FIELDS = {"id", "domain", "name", "question", "terms"}
LONGEST = 400
"""A question has at most so many characters."""


def load_grid(file: Path) -> Grid:
    """Return the grid of a file, by its ending (.toml, .csv, else a list); raises GridError naming line and field."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise GridError(str(file), "", f"cannot be read ({problem})") from problem
    if file.suffix.lower() == ".toml":
        grid = _from_toml(text, str(file))
    elif file.suffix.lower() == ".csv":
        grid = _from_csv(text, str(file))
    else:
        grid = _from_lines(text, str(file))
    return _checked(grid, str(file))


def _from_toml(text: str, file: str) -> Grid:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise GridError(file, "", f"is not TOML: {problem}") from problem
    unknown = set(data) - {"title", "domain", "indicator"}
    if unknown:
        raise GridError(file, "", f"has the unknown part {sorted(unknown)[0]!r}; wanted title, domain, indicator")
    domains = []
    for place, entry in enumerate(_tables(data, "domain", file), start=1):
        where = f"domain {place}"
        _known(entry, _DOMAIN_FIELDS, file, where)
        domains.append(Domain(_text(entry, "id", file, where), _text(entry, "name", file, where)))
    indicators = []
    for place, entry in enumerate(_tables(data, "indicator", file), start=1):
        where = f"indicator {place}" + (f" ({entry['id']})" if isinstance(entry.get("id"), str) else "")
        _known(entry, _INDICATOR_FIELDS, file, where)
        terms = entry.get("terms", [])
        if not isinstance(terms, list) or not all(isinstance(term, str) for term in terms):
            raise GridError(file, f"{where}, field 'terms'", f"wanted a list of texts, got {terms!r}")
        question = _text(entry, "question", file, where)
        name = str(entry.get("name") or question)
        identifier = str(entry.get("id") or f"q{place}")
        indicators.append(Indicator(identifier, str(entry.get("domain", "")), name, question, tuple(terms)))
    return Grid(str(data.get("title", "")), tuple(domains), tuple(indicators))


def _tables(data: Mapping[str, Any], name: str, file: str) -> list[dict[str, Any]]:
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise GridError(file, name, f"wanted [[{name}]] tables, got {type(found).__name__}")
    return found


def _known(entry: Mapping[str, Any], known: set[str], file: str, where: str) -> None:
    for field in entry:
        if field not in known:
            raise GridError(file, where, f"has the unknown field {field!r}; wanted {', '.join(sorted(known))}")


def _text(entry: Mapping[str, Any], field: str, file: str, where: str) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not value.strip():
        raise GridError(file, f"{where}, field {field!r}", f"wanted a text, got {value!r}")
    return " ".join(value.split())


def _from_csv(text: str, file: str) -> Grid:
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    names = {name.strip().lower(): name for name in reader.fieldnames or () if name}
    if "question" not in names:
        raise GridError(file, "line 1", f"wanted a column 'question', got {', '.join(names) or 'nothing'}")
    domains: dict[str, Domain] = {}
    indicators: list[Indicator] = []
    for row in reader:
        values = {key: " ".join((row.get(name) or "").split()) for key, name in names.items()}
        if not any(values.values()):
            continue
        where = f"line {reader.line_num}"
        question = _text(values, "question", file, where)
        domain = values.get("domain", "")
        if domain:
            domains.setdefault(domain, Domain(domain, domain))
        terms = tuple(term.strip() for term in values.get("terms", "").split("|") if term.strip())
        identifier = values.get("id") or f"q{len(indicators) + 1}"
        indicators.append(Indicator(identifier, domain, values.get("name") or question, question, terms))
    return Grid(Path(file).stem, tuple(domains.values()), tuple(indicators))


def _from_lines(text: str, file: str) -> Grid:
    domains: dict[str, Domain] = {}
    indicators: list[Indicator] = []
    domain = ""
    for line in text.splitlines():
        line = " ".join(line.split())
        if line.startswith("#"):
            domain = line.lstrip("# ").strip()
            if domain:
                domains.setdefault(domain, Domain(domain, domain))
        elif line:
            question = re.sub(r"^(?:[-*•]|\d+[.)])\s+", "", line)
            indicators.append(Indicator(f"q{len(indicators) + 1}", domain, question, question))
    used = {indicator.domain for indicator in indicators}
    return Grid(Path(file).stem, tuple(d for d in domains.values() if d.id in used), tuple(indicators))


def _checked(grid: Grid, file: str) -> Grid:
    """Return the grid with a domain for those that have none; raises GridError."""
    if not grid.indicators:
        raise GridError(file, "", "holds no question")
    _unique((d.id for d in grid.domains), file, "domain")
    _unique((i.id for i in grid.indicators), file, "indicator")
    known = {domain.id for domain in grid.domains}
    for i in grid.indicators:
        where = f"indicator {i.id}"
        if i.domain not in known and i.domain:
            raise GridError(
                file,
                f"{where}, field 'domain'",
                f"wanted one of {', '.join(sorted(known)) or 'the [[domain]] ids'}, got {i.domain!r}",
            )
        if len(i.question) > LONGEST or not content_stems(i.question):
            raise GridError(file, f"{where}, field 'question'", f"wanted a question in words, got {i.question[:60]!r}")
        named = [m.surface for m in mentions(i.question) if m.strength != "institution"]
        if named:
            reason = f"names {named[0]}; a question of a grid is asked of every country, so leave the country out"
            raise GridError(file, f"{where}, field 'question'", reason)
        for term in i.terms:
            if not content_stems(term):
                raise GridError(file, f"{where}, field 'terms'", f"wanted a word that carries meaning, got {term!r}")
    if any(not i.domain for i in grid.indicators):
        general = Domain("general", "Questions")
        indicators = tuple(
            i if i.domain else Indicator(i.id, general.id, i.name, i.question, i.terms) for i in grid.indicators
        )
        return Grid(grid.title, (*grid.domains, *(() if "general" in known else (general,))), indicators)
    return grid


def _unique(names: Iterable[str], file: str, what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if not _ID.fullmatch(name.replace(" ", "-")[:40]):
            raise GridError(file, f"{what} {name!r}, field 'id'", "wanted letters, digits, points and hyphens")
        if name in seen:
            raise GridError(file, f"{what} {name!r}, field 'id'", "the id is used twice")
        seen.add(name)
