"""From bytes to letters: which encoding a file was written in, found from its bytes and not from what it says (pure).

UTF-8 that is valid is UTF-8, whatever a file says of itself; with a few stray bytes it stays UTF-8. Without a mark,
UTF-16 shows itself by its blanks. Among the old one-byte encodings the one is taken whose letters make words of the
language that the text then is in: no sign inside a word, no capital after a small letter, no letter of another
alphabet. What had to be guessed is said.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from assistant.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CANDIDATES = (
    "cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1251", "cp1253", "iso8859-7", "cp1257", "iso8859-13", "cp1254",
    "iso8859-16", "iso8859-5", "koi8-r", "koi8-u", "iso8859-4", "cp850", "cp852", "mac-roman", "mac-latin2",
)  # fmt: skip
"""The most usual first: of two that read alike, the first one is taken."""
_RARE = ("cp85", "mac")
UNUSUAL = 0.25
"""What the letters of an encoding of another age must fit better, to be taken."""
_LETTERS = {
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüß", "el": "",
    "en": "éèïçöüñ", "es": "áéíñóúü", "et": "äõöüšž", "fi": "äöåšž", "fr": "àâæçéèêëîïôœùûüÿ", "ga": "áéíóú",
    "hr": "čćđšž", "hu": "áéíóöőúüű", "it": "àèéìíòóùú", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "mt": "ċġħżàèìòù",
    "nl": "éèëïóöü", "no": "æøåéò", "pl": "ąćęłńóśźż", "pt": "àáâãçéêíóôõúü", "ro": "ăâîşţșț",
    "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "sv": "äöåé", "tr": "çğıöşüâî", "is": "áéíóúýþæöð",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}  # fmt: skip
"""The letters beyond ASCII of the languages of Europe."""
_GREEK = re.compile("[\u0384-\u03ce]")
_SIGNS = frozenset("–—‘’‚“”„«»‹›…•§°€£©®™·±²³½¼¾×µ¹ºª¿¡†‡‰\u00a0\u00ad№")
_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s](?=[^\W\d_])")
_CASE = re.compile(r"[^\W\d_]*?([^\W\d_A-ZÀ-ÞА-ЯΑ-Ω])([A-ZÀ-ÖØ-ÞА-ЯΑ-Ω])")
MOST_STRAY = 0.2
"""Share of the signs beyond ASCII that may be wrong in a text that is UTF-8 all the same."""
SAMPLE = 4000
"""Characters of the lines that tell the encodings apart."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's characters, the encoding they came from, and what had to be guessed or replaced, in plain words."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decoded(data: bytes, name: str, declared: str = "") -> Decoded:
    """Return a file's characters; line ends stay as they are. `declared` is what the file says of itself.

    Raises UnreadableDocument, naming the file, where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replaced(data.decode(encoding, "replace"), encoding.removesuffix("-sig"))
    wide = _wide(data)
    if wide:
        warning = f"the file does not say its encoding; it was read as {wide.upper()}"
        found = _replaced(data.decode(wide, "replace").removeprefix("\ufeff"), wide)
        return Decoded(found.text, wide, (*found.warnings, *(() if _is_wide(declared) else (warning,))))
    if b"\x00" in data[:10_000]:
        raise UnreadableDocument(name, "it is not a text file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared)
    wrong = _codec(declared) not in ("", "utf-8", "ascii") and not _is_wide(declared) and not text.isascii()
    return Decoded(text, "utf-8", (f"the file says {declared}, but it is UTF-8",) if wrong else ())


def _replaced(text: str, encoding: str) -> Decoded:
    count = text.count("\ufffd")
    return Decoded(text, encoding, (_lost(count, encoding),) if count else ())


def _lost(count: int, encoding: str) -> str:
    signs = "one sign is" if count == 1 else f"{count} signs are"
    return f"{signs} not valid {encoding.upper()} and could not be read"


def _legacy(data: bytes, declared: str) -> Decoded:
    """Return the characters of bytes that are not valid UTF-8: UTF-8 with stray bytes, or a one-byte encoding."""
    text = data.decode("utf-8", "replace")
    stray = text.count("\ufffd")
    beyond = sum(not char.isascii() for char in text)
    if stray <= MOST_STRAY * beyond and not _codec(declared).startswith(("cp", "iso")):
        return Decoded(text, "utf-8", (_lost(stray, "utf-8"),))
    own = _codec(declared)
    own = "cp1252" if own in ("iso8859-1", "ascii") else own  # what browsers do
    first = (own,) if own and own != "utf-8" else ()
    lines = b"\n".join(line for line in re.split(rb"[\r\n]+", data) if not line.isascii())
    scores = {name: _score(lines[: 4 * SAMPLE], name) for name in dict.fromkeys((*first, *_CANDIDATES))}
    best = max(scores, key=lambda name: scores[name])
    if first and scores[own] > -1 and scores[best] - scores[own] < 0.15:
        return Decoded(data.decode(own, "replace"), own)
    says = f"the file says {declared}, which does not fit" if declared else "the file does not say its encoding"
    return Decoded(data.decode(best, "replace"), best, (f"{says}; it was read as {_spoken(best)}",))


def _score(lines: bytes, encoding: str) -> float:
    """Return how well the letters of an encoding fit the language they then make; 1 is perfect, -9 impossible."""
    try:
        text = lines.decode(encoding)
    except UnicodeDecodeError:
        text = lines.decode(encoding, "replace")
        if text.count("\ufffd") > 0.02 * sum(not char.isascii() for char in text):
            return -9.0
    from py3langid.langid import classify

    text = text[:SAMPLE]
    language = str(classify(text)[0])
    own = frozenset(_LETTERS.get(language, ""))
    beyond = [char for char in text if not char.isascii()]
    total = sum(_worth(char, own, language) for char in beyond)
    odd = sum(not char.isascii() and char not in "’·\u00ad" for char in _INSIDE.findall(text))
    cases = sum(not (low + high).isascii() for low, high in _CASE.findall(text))
    return (total - 2 * odd - 2 * cases) / max(1, len(beyond)) - UNUSUAL * encoding.startswith(_RARE)


def _worth(char: str, own: frozenset[str], language: str) -> float:
    if char.isalpha():
        if char.lower() in own or (language == "el" and _GREEK.match(char)):
            return 1.0
        return -0.5
    if char in _SIGNS:
        return 0.6
    return -2.0 if "\x80" <= char <= "\x9f" else -0.5


def _wide(data: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" where the blanks and line ends of a text stand in pairs of bytes, else ""."""
    start = data[: 20_000 - 20_000 % 2]
    if len(start) < 8 or b"\x00" not in start:
        return ""
    pairs = len(start) // 2
    for name, blank in (("utf-16-le", b" \x00"), ("utf-16-be", b"\x00 ")):
        aligned = sum(start[place : place + 2] == blank for place in range(0, 2 * pairs, 2))
        try:
            text = start.decode(name)
        except UnicodeDecodeError:
            text = start[:-2].decode(name, "replace")
        fine = sum(char.isalnum() or char.isspace() or char in ".,;:!?()<>/=\"'-" for char in text)
        if aligned >= 0.03 * pairs and fine > 0.85 * len(text) and "\x00" not in text:
            return name
    return ""


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name.strip().strip("\"'")).name if name else ""
    except LookupError:
        return ""


def _is_wide(name: str) -> bool:
    return _codec(name).startswith(("utf-16", "utf-32"))


def _spoken(encoding: str) -> str:
    return encoding.replace("cp125", "Windows-125").replace("iso8859", "ISO-8859")


def declared_in(start: bytes) -> str:
    """Return the encoding that a web page or an XML file names in its first bytes, '' for none."""
    head = start[:4096].replace(b"\x00", b"").decode("latin-1")
    for pattern in (r"charset\s*=\s*[\"']?([\w.:-]+)", r"encoding=[\"']([\w.:-]+)"):
        found = re.search(pattern, head, re.IGNORECASE)
        if found:
            return found[1]
    return ""
