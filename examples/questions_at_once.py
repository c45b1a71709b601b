"""Ask several countries the same question at once, awaited: python examples/questions_at_once.py [CORPUS]"""

from __future__ import annotations

import asyncio
import sys

from assistant import open_library


async def main(corpus: str) -> None:
    """Print one line for each country: the verdict, and the first quotation where there is one."""
    library = open_library(corpus)
    countries = sorted({code for document in await library.adocuments() for code in document.countries})[:5]
    asked = [library.aask("Which biobank is there, and for whom?", countries=[code]) for code in countries]
    for code, answer in zip(countries, await asyncio.gather(*asked), strict=True):
        print(code, answer.verdict, answer.citations[0].quote if answer.citations else "–", sep="  ")


asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "corpus"))
