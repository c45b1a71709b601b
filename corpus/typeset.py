"""Typeset the digests: corpus/digests/*.md → corpus/documents/*.pdf, the same bytes from the same sources.

python corpus/typeset.py                    every digest
python corpus/typeset.py national-digest-fr only these
python corpus/typeset.py --check            write nothing; exit 1 naming every PDF that differs from its source
python corpus/typeset.py --catalogue        rewrite the digests' part of catalogue.toml from the front matters
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

from dialect import Digest, DigestError, literal, read_blocks, read_digest, to_typst
from entries import rewritten

CORPUS = Path(__file__).resolve().parent
MONTHS = {
    name: number
    for names in (
        "January February March April May June July August September October November December",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    )
    for number, name in enumerate(names.split(), start=1)
}
WORDS = {
    "en": {
        "contents": "Contents",
        "year": "Year",
        "as_of": "State of knowledge",
        "author": "Written by",
        "licence": "Licence",
        "note": "Digest written for this project",
        "official": "the official publication is",
    },
    "fr": {
        "contents": "Sommaire",
        "year": "Année",
        "as_of": "État des connaissances",
        "author": "Rédaction",
        "licence": "Licence",
        "note": "Synthèse rédigée pour ce projet",
        "official": "la publication officielle est",
    },
}


def knowledge_date(digest: Digest) -> date:
    """The first day of the first month named in ``as_of`` ("March 2026"), else of the digest's year."""
    words = str(digest.facts["as_of"]).replace(",", " ").split()
    for word, year in pairwise(words):
        if word in MONTHS and year.isdigit():
            return date(int(year), MONTHS[word], 1)
    return date(int(digest.facts["year"]), 1, 1)


def _note(digest: Digest, words: dict[str, str]) -> str:
    """The sentence that says what a digest is and which official publication stands behind it."""
    facts = digest.facts
    if "official" not in facts:
        return words["note"] + "."
    parts = [str(facts[name]) for name in ("official", "official_publisher", "official_address") if facts.get(name)]
    separator = " ; " if facts["language"] == "fr" else "; "
    return f"{words['note']}{separator}{words['official']} {', '.join(parts)}."


def typst_source(digest: Digest) -> str:
    """The whole typst source of a digest: template, front matter as arguments, text.

    Raises:
        DigestError: the body is outside the dialect, or the language has no words here.
    """
    facts = digest.facts
    words = WORDS.get(facts["language"])
    if words is None:
        raise DigestError(f"{digest.path.name}: no title-page words for language {facts['language']!r}")
    day = knowledge_date(digest)
    rows = [(words["year"], str(facts["year"])), (words["as_of"], facts["as_of"]), (words["author"], facts["author"]),
            (words["licence"], "CC BY 4.0")]  # fmt: skip
    arguments = {
        "title": literal(facts["title"]),
        "subtitle": literal(facts["subtitle"]),
        "author": literal(facts["author"]),
        "language": literal(facts["language"]),
        "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        "layout": literal(facts.get("layout", "single")),
        "roman": "true" if facts.get("front_matter") else "false",
        "contents": literal(words["contents"]) if facts.get("contents") else "none",
        "facts": "(" + "".join(f"({literal(name)}, {literal(value)}), " for name, value in rows) + ")",
        "note": literal(_note(digest, words)),
        "keywords": "(" + "".join(f"{literal(word)}, " for word in [facts["kind"], *facts["countries"]]) + ")",
    }
    call = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    template = (CORPUS / "template.typ").read_text(encoding="utf-8")
    return f"{template}\n#show: digest.with({call})\n\n{to_typst(read_blocks(digest))}"


def typeset(digest: Digest) -> bytes:
    """The PDF of a digest; the same bytes for the same source on every machine (only typst's own fonts are used)."""
    import typst

    day = knowledge_date(digest)
    seconds = (day - date(1970, 1, 1)).days * 86_400
    source = typst_source(digest).encode("utf-8")
    pdf = typst.compile(source, format="pdf", ignore_system_fonts=True, timestamp=seconds)
    if not isinstance(pdf, bytes):
        raise DigestError(f"{digest.path.name}: typst gave no single PDF")
    return pdf


def update_catalogue(digests: list[Digest], check: bool) -> bool:
    """Rewrite the digests' part of the catalogue, or with ``check`` only look; whether it was out of date."""
    catalogue = CORPUS / "catalogue.toml"
    fresh = rewritten(catalogue, digests)
    stale = fresh != catalogue.read_text(encoding="utf-8")
    if stale and not check:
        catalogue.write_text(fresh, encoding="utf-8")
    if stale:
        sys.stdout.write("catalogue.toml differs from the front matters\n" if check else "catalogue.toml written\n")
    return stale


def update_pdf(digest: Digest, check: bool) -> bool:
    """Write a digest's PDF where it differs from its source, or with ``check`` only look; whether it differed."""
    pdf = typeset(digest)
    target = CORPUS / "documents" / f"{digest.id}.pdf"
    stale = not target.exists() or target.read_bytes() != pdf
    if stale and not check:
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(pdf)
    if stale:
        sys.stdout.write(f"{target.name} differs from its source\n" if check else f"{target.name} written\n")
    return stale


def main(arguments: list[str] | None = None) -> int:
    """Typeset, check or catalogue; 0 when all went well, 1 when something differs or is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, name what differs")
    parser.add_argument("--catalogue", action="store_true", help="rewrite the digests' part of catalogue.toml")
    parser.add_argument("ids", nargs="*", metavar="ID")
    options = parser.parse_args(arguments)
    paths = sorted((CORPUS / "digests").glob("*.md"))
    chosen = [path for path in paths if not options.ids or path.stem in options.ids]
    wrong = bool(set(options.ids) - {path.stem for path in paths})
    if wrong:
        sys.stderr.write("no such digest: " + ", ".join(set(options.ids) - {path.stem for path in paths}) + "\n")
    if not options.catalogue:
        for path in chosen:
            try:
                wrong |= update_pdf(read_digest(path), options.check) and options.check
            except (DigestError, RuntimeError) as error:
                sys.stderr.write(f"{path.stem}: {error}\n")
                wrong = True
    if options.catalogue or (options.check and not options.ids):
        try:
            wrong |= update_catalogue([read_digest(path) for path in paths], options.check) and options.check
        except DigestError as error:
            sys.stderr.write(f"{error}\n")
            wrong = True
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
