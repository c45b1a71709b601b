"""Raised and lowered letters as signs of their own: 10⁶, CO₂, "report.¹²"; never as further digits (pure).

A footnote mark that is stored as a digit becomes part of the number before it, and a power becomes another number.
"""

from __future__ import annotations

_UP = str.maketrans("0123456789+-−=()nabcdefghijklmoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_DOWN = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SHORT = "st nd rd th er re ère e ème me mes lle lles le os as ro do to mo ra da ta ma gr nos no ter bis ten ste de"
_ENDINGS = frozenset(_SHORT.split())
"""What is raised at the end of an ordinal or of a short form (1st, Mme, 2e) and reads as part of the word."""
_SIGNS = {"TM": "™", "SM": "℠", "(R)": "®", "R": "®", "®": "®", "©": "©", "°": "°", "º": "º", "ª": "ª"}


def raised(text: str, before: str) -> str:
    """Return raised text as it is stored after `before`: digits as ⁰–⁹, one letter as a raised one, else with ^."""
    words = " ".join(text.split())
    plain = words.strip("[]")
    if not words or words != plain or len(words) > 24 or len(words.split()) > 3:
        return text
    if words in _SIGNS:
        return text.replace(words, _SIGNS[words])
    if all(char in "0123456789+-−=(),–*†‡§# " for char in words):
        return text.translate(_UP)
    last = before.rstrip()[-1:]
    if len(words) > 1 and words.casefold() in _ENDINGS and last.isalnum():
        return text
    if len(words) == 1:
        return text.translate(_UP)
    return _marked("^", words, text) if last.isalnum() or last in ")]" else text


def lowered(text: str, before: str) -> str:
    """Return lowered text as it is stored after `before`: digits as ₀–₉, else with _."""
    words = " ".join(text.split())
    if not words or len(words) > 24 or len(words.split()) > 3 or not before.rstrip()[-1:].isalnum():
        return text
    if all(char in "0123456789+-−=()," for char in words) or (len(words) == 1 and words.islower()):
        return text.translate(_DOWN)
    return _marked("_", words, text)


def _marked(sign: str, words: str, text: str) -> str:
    inner = words if words.isalnum() else f"({words})"
    return text.replace(words, sign + inner) if words in text else sign + inner
