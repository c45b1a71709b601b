"""Small real Word files, made from the XML of their parts: every sign in them is known."""

from __future__ import annotations

import zipfile
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_NAMES = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def run(text: str, settings: str = "") -> str:
    """Return a run of text with its settings, such as <w:strike/>."""
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, settings: str = "") -> str:
    return f"<w:p><w:pPr>{settings}</w:pPr>{''.join(runs)}</w:p>"


def cell(text: str, settings: str = "") -> str:
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{para(run(text)) if text else para()}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def write_docx(path: Path, body: str, **parts: str) -> Path:
    """Write a Word file; `parts` are the insides of styles, numbering, footnotes, endnotes, header1 …"""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    types, links = [], []
    with zipfile.ZipFile(path, "w") as file:
        for number, (name, inside) in enumerate(parts.items(), 1):
            kind = roots.get(name, name.rstrip("0123456789"))
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            file.writestr(f"word/{name}.xml", f"<w:{root} {_NAMES}>{inside}</w:{root}>")
            types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>')
            links.append(f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{name}.xml"/>')
        file.writestr("word/document.xml", f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        file.writestr("word/_rels/document.xml.rels", _links("".join(links)))
        main = f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
        file.writestr("_rels/.rels", _links(main))
        file.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/word/document.xml" ContentType="{_TYPE}document.main+xml"/>{"".join(types)}</Types>',
        )
    return path


def _links(inside: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )
