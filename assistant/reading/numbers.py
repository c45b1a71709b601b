"""Numbers of spreadsheet cells as the sheet shows them: 0.25 in the format 0% is "25%" (pure)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

_NAMES = (
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
_MONTHS, _DAYS = _NAMES.split()[:12], _NAMES.split()[12:]
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|_.|\*.')
_DIGITS = re.compile(r"[#0?](?:[#0?,. ]*[#0?,.])?(?:E[+-]?[#0?]+)?")
_DATE = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM", re.IGNORECASE)


def shown(value: Any, form: str) -> str:
    """Return a cell's value in its number format as text; an unknown format gives the plain number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _day(value, form)
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(float(value), form)
    return str(value)


def _number(value: float, form: str) -> str:
    parts = form.split(";")
    part = parts[0]
    if value < 0 and len(parts) > 1:
        part, value = parts[1], -value
    elif value == 0 and len(parts) > 2:
        part = parts[2]
    part = re.sub(r"\[(?:Red|Blue|Black|Green|White|Cyan|Magenta|Yellow|Color\d+|[<>=][^\]]*)\]", "", part, flags=re.I)
    literals: list[str] = []

    def kept(found: re.Match[str]) -> str:
        literals.append(next((group for group in found.groups() if group), ""))
        return chr(0xE000 + len(literals) - 1)

    bare = _LITERAL.sub(kept, part)
    digits = _DIGITS.search(bare)
    if not digits:
        text = f"{value:.10g}" if bare.strip().lower() in ("general", "@", "") and not literals else bare
    else:
        text = bare[: digits.start()] + _digits(value * (100 if "%" in bare else 1), digits[0]) + bare[digits.end() :]
    return "".join(literals[ord(c) - 0xE000] if 0 <= ord(c) - 0xE000 < len(literals) else c for c in text).strip()


def _digits(value: float, form: str) -> str:
    if "E" in form.upper():
        return f"{value:.{len(form.upper().split('E')[0].partition('.')[2])}E}"
    trailing = len(form.strip()) - len(form.strip().rstrip(","))
    whole, _, decimals = form.strip().rstrip(",").partition(".")
    least, most = decimals.count("0"), sum(decimals.count(sign) for sign in "0#?")
    text = f"{abs(value) / 1000**trailing:,.{most}f}"
    if most > least:
        cut = text[len(text) - (most - least) :]
        text = (text[: len(text) - (most - least)] + cut.rstrip("0")).rstrip(".")
    if "," not in whole:
        text = text.replace(",", "")
    return ("-" if value < 0 and text.strip("0.,") else "") + text.rjust(whole.count("0"), "0")


def _day(value: date, form: str) -> str:
    """Return a date in its format; the numbers of the day as 2024-05-01 where the format shows none."""
    names = _LITERAL.sub(lambda found: next((group for group in found.groups() if group), ""), form.split(";")[0])
    names = re.sub(r"\[[^\]]*\]", "", names)
    clock = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    hours = False

    def part(found: re.Match[str]) -> str:
        nonlocal hours
        word = found[0].lower()
        if word[0] == "m" and len(word) <= 2 and hours:
            return f"{clock.minute:02d}"
        hours = word[0] in "hs" or (hours and word[0] == "m")
        known = {
            "yyyy": str(clock.year), "yy": f"{clock.year % 100:02d}", "mmmm": _MONTHS[clock.month - 1],
            "mmm": _MONTHS[clock.month - 1][:3], "mm": f"{clock.month:02d}", "m": str(clock.month),
            "dddd": _DAYS[clock.weekday()], "ddd": _DAYS[clock.weekday()][:3], "dd": f"{clock.day:02d}",
            "d": str(clock.day), "hh": f"{clock.hour:02d}", "h": str(clock.hour),
            "ss": f"{clock.second:02d}", "s": str(clock.second),
        }  # fmt: skip
        return known.get(word, "")

    if not _DATE.search(names) or names.strip().lower() == "general":
        return clock.date().isoformat()
    return _DATE.sub(part, names).strip()
