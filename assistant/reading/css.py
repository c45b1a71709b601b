"""What the style sheets inside a saved web page do to its elements: hide them, strike them out, raise them.

Only the page's own <style> elements and style attributes are looked at; nothing is fetched. Selectors are those of
CSS 3 (cssselect, the only file that knows it); what depends on the pointer, on print or on a narrow screen is left out.
"""

from __future__ import annotations

import re
from typing import Any

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@media\s*([^{]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}", re.IGNORECASE)
_OTHER = re.compile(r"@[\w-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_NAMES = (
    "display visibility opacity font-size left top text-indent margin-left clip color background background-color "
    "background-image text-decoration text-decoration-line vertical-align"
)
_WANTED = frozenset(_NAMES.split())
MOST_RULES = 4000


def styled(tree: Any) -> None:
    """Write what the page's style sheets say into the style attribute of each element they select (in place)."""
    from cssselect import SelectorError
    from cssselect.parser import parse
    from cssselect.xpath import HTMLTranslator

    translator = HTMLTranslator()
    won: dict[Any, dict[str, tuple[tuple[bool, tuple[int, int, int], int], str]]] = {}
    sheets = "\n".join(style.text or "" for style in tree.iter("style") if _is_screen(style.get("media") or ""))
    for order, (selectors, body) in enumerate(_rules(sheets)):
        declared = declarations(body)
        if not declared:
            continue
        try:
            parts = parse(selectors)
            paths = [
                (part.specificity(), translator.selector_to_xpath(part)) for part in parts if not part.pseudo_element
            ]
        except (SelectorError, RecursionError):
            continue
        for weight, path in paths:
            for node in tree.xpath(path):
                own = won.setdefault(node, {})
                for name, (text, important) in declared.items():
                    rank = (important, weight, order)
                    if name not in own or rank >= own[name][0]:
                        own[name] = (rank, text)
    for node, found in won.items():
        mine = declarations(node.get("style") or "")
        kept = {
            name: text for name, (rank, text) in found.items() if name not in mine or (rank[0] and not mine[name][1])
        }
        kept.update({name: text for name, (text, _) in mine.items() if name not in kept})
        node.set("style", "; ".join(f"{name}: {text}" for name, text in kept.items()))


def _is_screen(media: str) -> bool:
    """Return whether rules hold on a wide screen."""
    words = media.lower()
    return not words.strip() or not re.search(r"print|speech|aural|max-width|prefers|not\s+(?:all|screen)", words)


def _rules(sheets: str) -> list[tuple[str, str]]:
    text = _COMMENT.sub(" ", sheets)[:2_000_000]
    text = _MEDIA.sub(lambda found: found[2] if _is_screen(found[1]) else " ", text)
    text = _OTHER.sub(" ", text)
    return [(found[1].strip(), found[2]) for found in _RULE.finditer(text)][:MOST_RULES]


def declarations(body: str) -> dict[str, tuple[str, bool]]:
    """Return the settings of a rule that show or hide text: name to (value, whether it is marked as important)."""
    found: dict[str, tuple[str, bool]] = {}
    for part in body.split(";"):
        name, colon, text = part.partition(":")
        name = name.strip().lower()
        if colon and name in _WANTED:
            important = "!important" in text.lower().replace(" ", "")
            found[name] = (re.sub(r"!\s*important", "", text, flags=re.IGNORECASE).strip(), important)
    return found
