"""Makes `assistant/data/territories.json`: what CLDR (by Babel) knows of countries, so that answering needs no Babel.

    python eval/territories.py

For every country: its ISO 3166 alpha-3 code, its name in each official language of the Union and in the official
languages of the country itself, and which share of its people speak those. Babel reads a file a language, a third of a
second for all of them; the table is read in some milliseconds. A test makes it again and compares.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from assistant.endings import plain

TARGET = Path(__file__).parents[1] / "assistant" / "data" / "territories.json"
UNION = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()  # noqa: SIM905
"""The official languages of the European Union."""
NEIGHBOURS = "be bs ca is mk nb nn ru sq sr tr uk".split()  # noqa: SIM905
"""Other languages that documents of Europe are in."""
NO_COUNTRY = frozenset(
    """AC AI AQ AS AW AX BL BM BQ BV CC CK CP CQ CW CX DG EA EH EU EZ FK FO GF GG GI GP GS GU HM IC IM IO JE KY MF MP MQ
    MS NC NF NU PF PM PN QO RE SH SJ SX TA TC TF TK UM UN VG VI WF XA XB YT ZZ""".split()  # noqa: SIM905
)
"""Territories of CLDR that are no country, or parts of one; those that count as a part stand in the gazetteer."""
_ARTICLE = {"ga": re.compile(r"^(?:an|na) ", re.IGNORECASE), "mt": re.compile(r"^[a-zċġħż]{1,3}-", re.IGNORECASE)}
_SPACED = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿԱ-֏\u10a0-\u10ff\u0590-\u06ff]")
"""Letters of scripts that part words by blanks."""


def countries() -> list[str]:
    """Return the alpha-2 codes of the countries, sorted."""
    from babel import Locale

    return sorted(c for c in Locale.parse("en").territories if re.fullmatch("[A-Z]{2}", c) and c not in NO_COUNTRY)


def clean(name: str, language: str) -> str:
    """Return a name as texts write it: without its article, what stands in brackets or after a comma."""
    bare = re.sub(r"\s*\(.*?\)|,.*", "", name).replace("’", "'").strip()
    return _ARTICLE[language].sub("", bare) if language in _ARTICLE else bare


def names_in(language: str, codes: list[str]) -> dict[str, list[str]]:
    """Return code → its names in a language; the Chinese regions are left out, whose names there are titles."""
    from babel import Locale

    found: dict[str, list[str]] = {}
    for tag in (language, "pt_PT") if language == "pt" else (language,):
        table = Locale.parse(tag).territories
        for code in codes:
            name = clean(table.get(code, ""), language)
            if name and code not in ("HK", "MO") and name not in found.setdefault(code, []):
                found[code].append(name)
    return {code: names for code, names in found.items() if names}


def spoken(codes: list[str]) -> dict[str, dict[str, float]]:
    """Return language → country → share of its people (0 to 1) for official languages that a twentieth speaks."""
    from babel.core import get_global

    found: dict[str, dict[str, float]] = {}
    for code, languages in get_global("territory_languages").items():
        for language, facts in languages.items():
            main = language.split("_")[0]
            share = facts["population_percent"] / 100
            if code in codes and facts["official_status"] in ("official", "de_facto_official") and share >= 0.05:
                found.setdefault(main, {})[code] = round(share, 2)
    return {language: dict(sorted(places.items())) for language, places in sorted(found.items())}


def own_names(languages: dict[str, dict[str, float]]) -> dict[str, list[str]]:
    """Return code → what the country is called in its own official languages, in scripts that part words by blanks."""
    from babel import Locale, UnknownLocaleError

    found: dict[str, set[str]] = {}
    for language, places in languages.items():
        try:
            table = Locale.parse(language).territories
        except UnknownLocaleError:
            continue
        for code in places:
            name = clean(table.get(code, ""), language)
            if _SPACED.match(name) and code not in ("HK", "MO"):
                found.setdefault(code, set()).add(name)
    return {code: sorted(names) for code, names in sorted(found.items())}


def every(*tables: dict[str, list[str]]) -> dict[str, str]:
    """Return name → code over all languages, as names are compared; one that means two countries is left out."""
    owners: dict[str, set[str]] = {}
    for code, names in ((code, names) for table in tables for code, names in table.items()):
        for name in names:
            words = [plain(word) for word in re.findall(r"[^\W_]+", name)]
            if sum(map(len, words)) > 3:
                owners.setdefault(" ".join(words), set()).add(code)
    return {name: found.pop() for name, found in sorted(owners.items()) if len(found) == 1}


def table() -> dict[str, Any]:
    """Return what the file holds."""
    from babel.core import get_global

    codes = countries()
    languages = spoken(codes)
    aliases = get_global("territory_aliases").items()
    three = {a: b[0] for a, b in aliases if re.fullmatch("[A-Z]{3}", a) and len(b) == 1 and b[0] in codes}
    own = own_names(languages)
    names = {language: names_in(language, codes) for language in sorted([*UNION, *NEIGHBOURS])}
    return {
        "alpha3": {**three, "XKX": "XK"},
        "spoken": languages,
        "own": own,
        "every": every(*names.values(), own),
        "names": names,
    }


def written() -> str:
    """Return the text of the file: a line for each part, so that a difference can be read."""
    made = table()
    parts = [f"{json.dumps(key)}: {json.dumps(made[key], ensure_ascii=False)}" for key in made if key != "names"]
    names = [f"{json.dumps(code)}: {json.dumps(found, ensure_ascii=False)}" for code, found in made["names"].items()]
    return "{\n" + ",\n".join([*parts, '"names": {\n' + ",\n".join(names) + "\n}"]) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
