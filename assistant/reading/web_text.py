"""The words of an element of a web page as its reader sees them: <br> is a blank, raised digits stay raised (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.reading.builder import fold
from assistant.reading.raised import lowered, raised

_TAGS = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_TAGS.split())
_ACTIVE = frozenset(["button", "datalist", "audio", "video", "canvas", "map", "progress", "meter", "rt", "rp", "img"])
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_LOWERED = re.compile(r"vertical-align\s*:\s*(?:sub\b|text-bottom)", re.IGNORECASE)
_MARK = re.compile(r"[\s(\[]*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\s)\].]*$", re.IGNORECASE)
_BACK = re.compile(r"[\s↩↑⤴^\ufe0e\ufe0f←⬆]*$|(?:back|jump|retour|zurück|return)\b.{0,30}$", re.IGNORECASE)
PARAGRAPH = "\n\n"
LONGEST_NOTE = 3000
DEEPEST = 200


@dataclass(slots=True)
class Words:
    """Gives the words of elements; the notes whose marks it meets are kept in `met` as (mark, text)."""

    notes: dict[Any, Any] = field(default_factory=dict)
    """From the link that is a footnote's mark to the element that is the footnote."""
    met: list[tuple[str, str]] = field(default_factory=list)

    def of(self, *nodes: Any) -> str:
        """Return the words of elements and pieces of text in order; two line breaks end a paragraph."""
        out: list[str] = []
        for node in nodes:
            if isinstance(node, str):
                out.append(re.sub(r"\s+", " ", node))
            else:
                self._add(node, out, 0)
        return "".join(out)

    def line(self, *nodes: Any) -> str:
        """Return the words as one folded line."""
        return fold(self.of(*nodes))

    def _add(self, node: Any, out: list[str], depth: int) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in _ACTIVE or depth > DEEPEST:
            return
        if tag == "br":
            out.append("\n")
        elif tag in ("input", "select", "textarea"):
            out.append(f" {_value(node)} ")
        elif tag == "math":
            out.append(formula(node))
        else:
            style = node.get("style") or ""
            place = raised if tag == "sup" or _RAISED.search(style) else None
            place = lowered if tag == "sub" or _LOWERED.search(style) else place
            inner: list[str] = []
            self._inside(node, inner, depth)
            text = "".join(inner)
            if place is not None:
                text = place(text, "".join(out[-3:])[-3:])
            if node in self.notes:
                mark = fold(text) if not fold(text).isdigit() else raised(fold(text), "x")
                text = mark
                self.met.append((mark, self._note(self.notes[node], mark)))
            elif tag in BLOCKS:
                text = f" {text} "
            elif tag == "q":
                text = f"“{text}”"
            out.append(text)

    def _inside(self, node: Any, out: list[str], depth: int) -> None:
        out.append(re.sub(r"\s+", " ", node.text or ""))
        for child in node:
            self._add(child, out, depth + 1)
            out.append(re.sub(r"\s+", " ", child.tail or ""))

    def _note(self, node: Any, mark: str) -> str:
        """Return the words of a footnote without its own mark and without the way back."""
        own = Words()
        parts: list[Any] = [node.text or ""]
        for child in node.iter():
            if child is not node and child.tag == "a" and _BACK.fullmatch(own.line(child)):
                child.text, child[:] = "", []
        for child in node:
            parts += [child, child.tail or ""]
        text = own.line(*parts)
        plain = re.escape("".join(char for char in mark if char.isalnum()))
        return re.sub(rf"^(?:{re.escape(mark)}|\[?{plain}\]?[.):]?)\s+", "", text) if plain else text


def notes_in(tree: Any) -> dict[Any, Any]:
    """Return the links of a page that are marks of footnotes, each with the element it leads to."""
    named = {node.get("id") or node.get("name"): node for node in tree.iter() if node.get("id") or node.get("name")}
    found: dict[Any, Any] = {}
    for link in tree.iter("a"):
        target = named.get((link.get("href") or "")[1:]) if (link.get("href") or "").startswith("#") else None
        if target is None or not _MARK.match("".join(link.itertext())):
            continue
        words = f"{link.get('role') or ''} {link.get('class') or ''} {link.get('id') or ''}".lower()
        sup = link.getparent().tag == "sup" or next(link.iter("sup"), None) is not None
        if not (sup or re.search(r"noteref|footnote|endnote|fnref|cite_ref", words)):
            continue
        while target.tag not in BLOCKS and target.getparent() is not None:
            target = target.getparent()
        length = sum(len(text) for text in target.itertext())
        if target.tag not in ("body", "main", "article") and 0 < length <= LONGEST_NOTE and link not in target.iter():
            found[link] = target
    return found


def _value(node: Any) -> str:
    """Return what a form shows: the value of a field, the entry chosen."""
    if node.tag == "textarea":
        return str(node.text or "")
    if node.tag == "select":
        options = list(node.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return " ".join("".join(option.itertext()) for option in chosen)
    shown = (node.get("type") or "text").lower() in ("text", "number", "email", "tel", "url", "date", "month", "search")
    return str(node.get("value") or "") if shown else ""


def formula(node: Any) -> str:
    """Return a formula of MathML in one line."""
    tag = node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""
    if tag in ("annotation", "annotation-xml", "none", "mphantom", ""):
        return ""
    parts = [formula(child) for child in node]
    if tag == "msup" and len(parts) == 2:
        return parts[0] + raised(parts[1], parts[0])
    if tag == "msub" and len(parts) == 2:
        return parts[0] + lowered(parts[1], parts[0])
    if tag == "msubsup" and len(parts) == 3:
        return parts[0] + lowered(parts[1], parts[0]) + raised(parts[2], parts[0])
    if tag == "mfrac" and len(parts) == 2:
        first, second = (part if part.isalnum() else f"({part})" for part in parts)
        return f"{first}/{second}"
    if tag == "msqrt":
        return f"√({''.join(parts)})"
    return (node.text or "").strip() + "".join(parts)
