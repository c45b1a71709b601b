"""Small real PDFs, made by hand: every byte is known, so every expected text and box can be worked out."""

from __future__ import annotations

from pathlib import Path

FIRST = (
    "Estonia built public trust over two decades of open talk.",
    "The biobank holds samples of a fifth of the adult people.",
    "Every donor may look at the uses made of the donated data.",
)
SECOND = (
    "Finland passed a law on the secondary use of health data.",
    "A single authority grants the permits that research needs.",
    "Hospitals send their sequence data to a national centre.",
)


def show(text: str, left: float, height: float, size: float = 10, font: str = "F1") -> str:
    """Return the operators that draw one line at (left, height), from the bottom left of the unturned page."""
    safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {left} {height} Tm ({safe}) Tj ET\n"


def paragraph(lines: tuple[str, ...], left: float, height: float, size: float = 10, step: float = 12) -> str:
    return "".join(show(line, left, height - step * index, size) for index, line in enumerate(lines))


def fill(left: float, bottom: float, width: float, high: float, grey: float = 0.85) -> str:
    return f"q {grey} {grey} 1 rg {left} {bottom} {width} {high} re f Q\n"


def picture(left: float, bottom: float, width: float, high: float, grey: int = 128) -> str:
    """Return a picture of one grey (0 to 255) laid over an area."""
    place = f"{width} 0 0 {high} {left} {bottom} cm"
    return f"q {place} BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID {grey:02x}> EI Q\n"


def rule(left: float, height: float, right: float) -> str:
    return f"q 0.5 w {left} {height} m {right} {height} l S Q\n"


def write_pdf(
    path: Path,
    contents: list[str],
    *,
    extra: str = "",
    box: str = "0 0 595 842",
    resources: str = "",
    root: str = "",
    more: tuple[str, ...] = (),
) -> Path:
    """Write a PDF with one page for each content stream; `extra` goes into every page's dictionary, `root` into the
    catalogue. `more` are further objects; the first has the number 5 + 2 for each page."""
    count = len(contents)
    fonts = f"<</Font<</F1 3 0 R/F2 4 0 R>>{resources}>>"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{root}>>",
        f"<</Type/Pages/Kids[{' '.join(f'{5 + 2 * i} 0 R' for i in range(count))}]/Count {count}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for index, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Resources{fonts}/Contents {6 + 2 * index} 0 R{extra}>>"
        )
        objects.append(f"<</Length {len(content.encode('cp1252'))}>>stream\n{content}endstream")
    return _write(path, [*objects, *more])


def appearance(words: str, width: float = 300, high: float = 40, paint: str = "") -> str:
    """Return a form that draws words from its lower left corner: how an annotation looks."""
    content = f"{paint}\nBT /H 10 Tf 0 g 1 0 0 1 4 10 Tm ({words}) Tj ET\n"
    font = "<</Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    head = f"<</Type/XObject/Subtype/Form/BBox[0 0 {width} {high}]/Resources{font}/Length {len(content)}>>"
    return f"{head}stream\n{content}endstream"


def write_hostile(path: Path) -> Path:
    """Write a form that draws itself twice: small, and endless for pdfium."""
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 12>>"
    return _write(
        path,
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
            f"{form}stream\n/X Do /X Do\nendstream",
            "<</Length 6>>stream\n/X Do\nendstream",
        ],
    )


def _write(path: Path, objects: list[str]) -> Path:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n".encode()
    data += f"startxref\n{data.rindex(b'xref', 0, len(data) - 10)}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path
