"""Hostile files, made by hand: small themselves, each with one trick against whoever reads it."""

from __future__ import annotations

import zlib
from pathlib import Path

HEAD = "<</Type/Catalog/Pages 2 0 R>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def raw_pdf(path: Path, objects: list[str | bytes], trailer: str = "") -> Path:
    """Write numbered objects with a right cross-reference table; object 1 is the catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        content = body if isinstance(body, bytes) else body.encode("cp1252")
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start, size = len(data), len(objects) + 1
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\n".encode()
    path.write_bytes(data + f"startxref\n{start}\n%%EOF\n".encode())
    return path


def stream(data: bytes, extra: str = "") -> bytes:
    return f"<</Length {len(data)}{extra}>>stream\n".encode() + data + b"\nendstream"


def page(content: int = 4, resources: str = "/Font<</F1 5 0 R>>") -> str:
    box = "/MediaBox[0 0 595 842]"
    return f"<</Type/Page/Parent 2 0 R{box}/Contents {content} 0 R/Resources<<{resources}>>>>"


def one_page(path: Path, content: bytes, resources: str = "/Font<</F1 5 0 R>>", *more: str | bytes) -> Path:
    return raw_pdf(path, [HEAD, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page(4, resources), content, FONT, *more])


def deflate_bomb(path: Path, mebibytes: int = 400) -> Path:
    """Write a page content of a few hundred kilobytes that unpacks to many mebibytes."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(b" " * 2**20) for _ in range(mebibytes)]
    return one_page(path, stream(b"".join(parts) + packer.flush(), "/Filter/FlateDecode"))


def double_bomb(path: Path) -> Path:
    """Write a content packed twice: about a kilobyte for a hundred mebibytes."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * 2**20) for _ in range(100)) + packer.flush()
    return one_page(path, stream(zlib.compress(once, 9), "/Filter[/FlateDecode/FlateDecode]"))


def page_tree_cycle(path: Path) -> Path:
    return raw_pdf(path, [HEAD, "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", page(), stream(b""), FONT])


def endless_count(path: Path) -> Path:
    return raw_pdf(path, [HEAD, "<</Type/Pages/Kids[3 0 R]/Count 999999999>>", page(), stream(b""), FONT])


def one_page_many_times(path: Path, count: int = 200_000) -> Path:
    return raw_pdf(path, [HEAD, f"<</Type/Pages/Kids[{'3 0 R ' * count}]/Count {count}>>", page(), stream(b""), FONT])


def self_drawing(path: Path) -> Path:
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    return one_page(path, stream(b"/X Do"), "/XObject<</X 6 0 R>>", stream(b"/X Do /X Do", form))


def fan_out(path: Path, levels: int = 12) -> Path:
    """Write forms that each draw the next one ten times: 10^12 drawings in two kilobytes."""
    forms = []
    for level in range(levels):
        inner = f"/Resources<</XObject<</X {7 + level} 0 R>>>>" if level + 1 < levels else ""
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{inner}"
        forms.append(stream(b"/X Do " * 10 if inner else b"0 0 1 1 re f", head))
    return one_page(path, stream(b"/X Do"), "/XObject<</X 6 0 R>>", *forms)


def million_operators(path: Path, count: int = 1_000_000) -> Path:
    data = zlib.compress(b"BT /F1 1 Tf " + b"(a)Tj " * count + b"ET", 9)
    return one_page(path, stream(data, "/Filter/FlateDecode"))


def previous_cycle(path: Path) -> Path:
    raw_pdf(path, [HEAD, "<</Type/Pages/Kids[3 0 R]/Count 1>>", page(), stream(b""), FONT])
    data = path.read_bytes()
    start = data.rindex(b"xref", 0, data.rindex(b"startxref"))
    path.write_bytes(data.replace(b"/Root 1 0 R", f"/Root 1 0 R/Prev {start}".encode()))
    return path


def deep_arrays(path: Path, depth: int = 100_000) -> Path:
    return one_page(path, stream(b""), f"/Font<</F1 5 0 R>>/Deep {'[' * depth}{']' * depth}")
