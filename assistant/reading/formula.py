"""Formulas of Office files (OMML) as one line of text: x² + √(y) / 2, so that a sentence keeps what it says (pure)."""

from __future__ import annotations

from typing import Any

from assistant.reading.raised import lowered, raised

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OVER = {"\u0302": "\u0302", "\u0305": "\u0305", "\u20d7": "\u20d7", "\u0307": "\u0307", "\u0303": "\u0303"}
DEEPEST = 40


def linear(element: Any, depth: int = 0) -> str:
    """Return a formula element as text in one line."""
    if depth > DEEPEST:
        return ""
    put = _FORMS.get(str(element.tag).removeprefix(_M))
    if put is not None:
        return str(put(element, depth))
    if element.tag in (_M + "t", _W + "t"):
        return element.text or ""
    if str(element.tag).endswith("Pr") or element.tag in (_W + "del", _W + "moveFrom"):
        return ""
    return "".join(linear(child, depth + 1) for child in element)


def _part(element: Any, name: str, depth: int) -> str:
    child = element.find(_M + name)
    return linear(child, depth + 1).strip() if child is not None else ""


def _setting(element: Any, path: str, usual: str) -> str:
    node = element.find("/".join(_M + name for name in path.split("/")))
    value = node.get(_M + "val") if node is not None else None
    return usual if value is None else str(value)


def _held(text: str) -> str:
    """Return a part in brackets where it is more than one number or word."""
    return text if all(char.isalnum() or char in ".," for char in text) else f"({text})"


def _fraction(element: Any, depth: int) -> str:
    return f"{_held(_part(element, 'num', depth))}/{_held(_part(element, 'den', depth))}"


def _script(element: Any, depth: int) -> str:
    base, low, high = (_part(element, name, depth) for name in ("e", "sub", "sup"))
    text = base + (lowered(low, base) if low else "")
    return text + (raised(high, base or "x") if high else "")


def _root(element: Any, depth: int) -> str:
    degree = _part(element, "deg", depth)
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree) or raised(degree, "") + "√"
    return f"{sign}({_part(element, 'e', depth)})"


def _nary(element: Any, depth: int) -> str:
    sign = _setting(element, "naryPr/chr", "∫")
    low, high = _part(element, "sub", depth), _part(element, "sup", depth)
    limits = (f"_({low})" if low else "") + (f"^({high})" if high else "")
    return f"{sign}{limits} {_part(element, 'e', depth)}"


def _brackets(element: Any, depth: int) -> str:
    opened, closed = _setting(element, "dPr/begChr", "("), _setting(element, "dPr/endChr", ")")
    between = _setting(element, "dPr/sepChr", "|")
    return opened + between.join(linear(part, depth + 1) for part in element.findall(_M + "e")) + closed


def _function(element: Any, depth: int) -> str:
    return f"{_part(element, 'fName', depth)} {_part(element, 'e', depth)}"


def _limit(element: Any, depth: int) -> str:
    return f"{_part(element, 'e', depth)}_({_part(element, 'lim', depth)})"


def _accent(element: Any, depth: int) -> str:
    return _part(element, "e", depth) + _OVER.get(_setting(element, "accPr/chr", "\u0302"), "")


def _rows(element: Any, depth: int) -> str:
    return "; ".join(linear(part, depth + 1) for part in element.findall(_M + "e"))


def _matrix(element: Any, depth: int) -> str:
    rows = [", ".join(linear(e, depth + 1) for e in row.findall(_M + "e")) for row in element.findall(_M + "mr")]
    return f"[{'; '.join(rows)}]"


_FORMS = {
    "f": _fraction, "sSup": _script, "sSub": _script, "sSubSup": _script, "rad": _root, "nary": _nary, "d": _brackets,
    "func": _function, "limLow": _limit, "limUpp": _limit, "acc": _accent, "eqArr": _rows, "m": _matrix,
}  # fmt: skip
