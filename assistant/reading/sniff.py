"""What a file is, by its first bytes: a name may be wrong, and people should be told what it really is (pure)."""

from __future__ import annotations

import re

RICH, MAIL = "a rich-text file", "a web archive or an e-mail"
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file"),
    (b"{\\rtf", RICH),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"BZh", "a packed file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"%!PS", "a PostScript file"),
    (b"MIME-Version:", MAIL),
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


def sniff(start: bytes) -> str:
    """Return "pdf", "zip" (office files are zip too), "html", "" for what may be text, or the words for what it is.

    `start` are the first two thousand bytes or so.
    """
    if b"%PDF-" in start[:1100]:
        return "pdf"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    for sign, words in _SIGNS:
        if start.startswith(sign):
            return words
    letters = start.replace(b"\x00", b"") if is_wide(start) else start
    if _HTML.match(letters.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return "html"
    return "" if _may_be_text(start) else "no text"


def is_wide(start: bytes) -> bool:
    """Return whether bytes are of UTF-16: the pairs of blanks and line ends have a zero on one and the same side."""
    pairs = [start[place : place + 2] for place in range(0, len(start) - 1, 2)]
    low, high = (sum(pair[side] == 0 for pair in pairs) for side in (1, 0))
    return max(low, high) >= 0.03 * len(pairs) and min(low, high) <= 0.05 * max(low, high)


def _may_be_text(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or is_wide(start):
        return True
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in start)
    return b"\x00" not in start and control <= 0.02 * len(start)
