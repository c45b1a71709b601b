"""Whose document it is, where neither its title nor its file's name tells: what its cover and its text speak of (pure).

"National Strategy for Genomic Medicine" names no country, its cover does ("Republic of Austria"), and so does every
page after it. Unless the document is known to be Austria's, a passage that does not say "Austria" again answers no
question about Austria.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.countries import countries_in, is_whole, mentions
from assistant.model import Page

COVER, PAGES = 1500, 60
"""Characters in which the country must be named, and pages that are looked through."""
PARAGRAPHS, SHARE = 4, 2 / 3
"""How many paragraphs must name it, and how much of all naming must be its own."""


def country_of(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the one country that the cover names whole and the text speaks of far more than of any other, or ()."""
    cover = "\n".join(page.text for page in pages[:2])[:COVER]
    named = {mention.code for mention in mentions(cover) if is_whole(mention)}
    if not named:
        return ()
    paragraphs = (paragraph for page in pages[:PAGES] for paragraph in page.text.split("\n\n"))
    count = Counter(code for paragraph in paragraphs for code in countries_in(paragraph))
    code, most = max(count.items(), key=lambda item: item[1])
    return (code,) if code in named and most >= PARAGRAPHS and most >= SHARE * count.total() else ()
