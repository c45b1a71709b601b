"""The digests' own part of catalogue.toml, made from their front matters so that the two cannot drift apart.

Everything outside the two marker lines is written by hand and left as it is.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from dialect import Digest, DigestError

BEGIN = "# BEGIN digests of this project"
END = "# END digests of this project"


def rewritten(catalogue: Path, digests: list[Digest]) -> str:
    """The text of the catalogue with a fresh entry for every digest between the markers.

    Raises:
        DigestError: the markers are missing, or a digest says it summarises a document the catalogue does not have.
    """
    lines = catalogue.read_text(encoding="utf-8").split("\n")
    begin = next((i for i, line in enumerate(lines) if line.startswith(BEGIN)), None)
    end = next((i for i, line in enumerate(lines) if line.startswith(END)), None)
    if begin is None or end is None or end < begin:
        raise DigestError(f"{catalogue.name}: the marker lines {BEGIN!r} and {END!r} are missing")
    official = tomllib.loads("\n".join(lines[:begin] + lines[end:])).get("document", [])
    entries = "\n\n".join(entry(digest, official) for digest in digests)
    return "\n".join([*lines[: begin + 1], "", entries, "", *lines[end:]])


def entry(digest: Digest, official: list[dict[str, Any]]) -> str:
    """The ``[[document]]`` entry of one digest."""
    facts = digest.facts
    fields: dict[str, Any] = {"id": digest.id, "title": facts["title"]}
    if "original_title" in facts:
        fields["original_title"] = facts["original_title"]
    fields |= {
        "publisher": facts["author"],
        "author_body": facts["author"],
        "countries": facts["countries"],
        "kind": facts["kind"],
        "year": facts["year"],
        "language": facts["language"],
        "licence": "CC BY 4.0",
        "verified": False,
        "file": f"documents/{digest.id}.pdf",
        "official": False,
    }
    summarised = summarises(digest, official)
    if summarised:
        fields["digest_of"] = summarised
    return "[[document]]\n" + "\n".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items())


def summarises(digest: Digest, official: list[dict[str, Any]]) -> list[str]:
    """Ids of the official documents a digest stands in for.

    They are those the front matter names, else the document at its ``official_address``; a national digest also
    stands in for every strategy about its country alone.
    """
    known = {str(document["id"]): document for document in official}
    named = [str(name) for name in digest.facts.get("digest_of", ())]
    unknown = [name for name in named if name not in known]
    if unknown:
        raise DigestError(f"{digest.path.name}: digest_of names {unknown[0]!r}, which the catalogue does not have")
    if named:
        return named
    address = digest.facts.get("official_address")
    return [
        name
        for name, document in known.items()
        if (address and document.get("address") == address)
        or (
            digest.facts["kind"] == "national-strategy"
            and document["kind"] == "national-strategy"
            and document["countries"] == digest.facts["countries"]
        )
    ]
