"""What the styles of an OpenDocument file do to text: strike it out, hide it, raise it, begin a page (pure)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SHOW = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
LINK = "{http://www.w3.org/1999/xlink}"


@dataclass(slots=True)
class Look:
    """The styles of a file by family and name, with those they are based on."""

    styles: dict[tuple[str, str], Any] = field(default_factory=dict)

    def read(self, *roots: Any) -> None:
        """Take in the styles below the roots of the parts of a file."""
        for root in roots:
            for style in root.iter(STYLE + "style", TEXT + "list-style") if root is not None else ():
                self.styles[style.get(STYLE + "family") or "list", style.get(STYLE + "name") or ""] = style

    def value(self, family: str, name: str, part: str, attribute: str) -> str:
        """Return a setting of a style or of the nearest that it is based on, '' for none."""
        for _ in range(12):
            style = self.styles.get((family, name))
            if style is None:
                return ""
            for properties in style.iterfind(STYLE + part):
                found = properties.get(attribute)
                if found is not None:
                    return str(found)
            name = style.get(STYLE + "parent-style-name") or ""
        return ""

    def place(self, family: str, name: str) -> str:
        """Return "struck", "hidden", "raised", "lowered" or "" for the text of a style."""
        part = "text-properties"
        if self.value(family, name, part, STYLE + "text-line-through-style") not in ("", "none"):
            return "struck"
        if self.value(family, name, part, STYLE + "text-line-through-type") not in ("", "none"):
            return "struck"
        size = self.value(family, name, part, FO + "font-size").removesuffix("pt")
        tiny = size.replace(".", "", 1).isdigit() and float(size) <= 2
        if tiny or self.value(family, name, part, TEXT + "display") == "none":
            return "hidden"
        position = self.value(family, name, part, STYLE + "text-position").split(" ")[0]
        if position in ("", "0%"):
            return ""
        return "lowered" if position == "sub" or position.startswith("-") else "raised"

    def breaks(self, name: str) -> bool:
        """Return whether a page begins before a paragraph of a style."""
        return self.value("paragraph", name, "paragraph-properties", FO + "break-before") == "page"
