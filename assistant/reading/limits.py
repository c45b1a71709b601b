"""How long a document may be, and how long its reading may take, as guard and readers both have to know."""

MOST_PAGES = 3000
SECONDS_A_PAGE = 0.25
"""A document of many pages may take as many times this, where that is more than the time set for any file."""


def seconds_for(pages: int, seconds: float) -> float:
    """Return the seconds that a document of so many pages may take, at least `seconds`."""
    return max(seconds, SECONDS_A_PAGE * min(MOST_PAGES, pages))
