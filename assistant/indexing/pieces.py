"""The tokenizer of multilingual-e5-small as a `tokenizers` file, with the pieces of the scripts of Europe only.

Of 250,002 pieces some 152,000 are Latin, Greek, Cyrillic or no letters; the others are two fifths of the model's size,
of its memory and of the time to open it. Text in another script becomes unknown tokens and is found by its words.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from assistant.indexing.nano import Nano

KEPT = (
    (0x0000, 0x052F),  # Latin, phonetic signs, accents, Greek, Cyrillic
    (0x1AB0, 0x1AFF),  # accents
    (0x1C80, 0x1C8F),  # Cyrillic
    (0x1D00, 0x2BFF),  # phonetic signs, Latin and Greek with accents, punctuation, signs
    (0x2C60, 0x2C7F),  # Latin
    (0x2DE0, 0x2E7F),  # Cyrillic, punctuation
    (0xA640, 0xA69F),  # Cyrillic
    (0xA700, 0xA7FF),  # Latin
    (0xAB30, 0xAB6F),  # Latin
    (0xFB00, 0xFB06),  # ligatures
    (0xFE00, 0xFE2F),  # variation selectors, accents
    (0xFFF0, 0xFFFF),
    (0x1F000, 0x1FAFF),  # pictures
)
"""Code points a kept piece is made of, as ranges and not by the Unicode tables, which change with Python."""
_EDGES = [edge for low, high in KEPT for edge in (low, high + 1)]


def kept_pieces(pieces: Sequence[str]) -> list[int]:
    """Return the numbers of the pieces in scripts of Europe, ascending."""
    return [number for number, piece in enumerate(pieces) if all(map(_is_kept, piece))]


def _is_kept(sign: str) -> bool:
    return bisect_right(_EDGES, ord(sign)) % 2 == 1


def tokenizer_json(model: Nano, keep: Sequence[int] | None = None) -> dict[str, Any]:
    """Return a `tokenizers` file; with `keep` of these pieces only, numbered anew in that order."""
    numbers = range(len(model.pieces)) if keep is None else keep
    place = {old: new for new, old in enumerate(numbers)}
    special = {model.first: "<s>", model.pad: "<pad>", model.last: "</s>", model.unknown: "<unk>"}
    if model.pieces[-1] == "<mask>":
        special[len(model.pieces) - 1] = "<mask>"
    added = [
        {
            "id": place[old], "content": text, "single_word": False, "lstrip": text == "<mask>",
            "rstrip": False, "normalized": False, "special": True,
        }
        for old, text in sorted(special.items())
        if old in place
    ]  # fmt: skip
    space = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    vocabulary = [[model.pieces[number], round(float(model.scores[number]), 6)] for number in numbers]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": _normalizers(model.normal)},
        "pre_tokenizer": space,
        "post_processor": _template(place[model.first], place[model.last]),
        "decoder": space,
        "model": {"type": "Unigram", "unk_id": place[model.unknown], "vocab": vocabulary, "byte_fallback": False},
    }


def _template(first: int, last: int) -> dict[str, Any]:
    """Return how special tokens stand around one text and around two."""
    begin, end = ({"SpecialToken": {"id": name, "type_id": 0}} for name in ("<s>", "</s>"))
    one, other = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    return {
        "type": "TemplateProcessing",
        "single": [begin, one, end],
        "pair": [begin, one, end, end, other, end],
        "special_tokens": {
            name: {"id": name, "ids": [number], "tokens": [name]} for name, number in (("<s>", first), ("</s>", last))
        },
    }


def _normalizers(table: dict[int, str]) -> list[dict[str, Any]]:
    """Return the steps that do what the table does: controls away, odd spaces to a space, NFKC, one space."""
    gone, space = signs_of(table)

    def group(codes: Sequence[int]) -> dict[str, str]:
        return {"Regex": "[" + "".join(f"\\x{{{code:04X}}}" for code in codes) + "]"}

    return [
        {"type": "Replace", "pattern": group(gone), "content": ""},
        {"type": "Replace", "pattern": group(space), "content": " "},
        {"type": "NFKC"},
        {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
    ]


def signs_of(table: dict[int, str]) -> tuple[list[int], list[int]]:
    """Return the code points that go away and those that become a space though NFKC leaves them; ascending."""
    gone = sorted(code for code, to in table.items() if not to)
    return gone, sorted(c for c, to in table.items() if to == " " and unicodedata.normalize("NFKC", chr(c)) != " ")
