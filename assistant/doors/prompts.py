"""Two requests that a client may offer to its reader: a comparison of countries, and a brief on one (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.doors.tools import DATA
from assistant.errors import QuestionError

LONGEST = 300
RULES = (
    "Use only what the tools of this library give. Quote word for word, and give document, year and page for every "
    "statement. Say which countries the documents are silent on; silence is not absence. Assign no level and no rank. "
    f"Keep the verdict of each answer: what is only closest is not a finding. {DATA}"
)


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt by its name; `arguments` are (name, what it is, whether it must be given)."""

    name: str
    title: str
    description: str
    arguments: tuple[tuple[str, str, bool], ...]
    text: str

    def filled(self, given: Mapping[str, str]) -> str:
        """Return the text with its arguments; raises QuestionError for one that is missing, strange or too long."""
        known = {name for name, _, _ in self.arguments}
        if strange := sorted(set(given) - known):
            raise QuestionError(f"wanted {', '.join(sorted(known))}, got {strange[0][:40]!r}")
        for name, _, needed in self.arguments:
            if needed and not given.get(name, "").strip():
                raise QuestionError(f'wanted "{name}": text')
            if len(given.get(name, "")) > LONGEST:
                raise QuestionError(f'wanted "{name}": at most {LONGEST} characters')
        values = {name: " ".join(given.get(name, "").split()) or "genomic medicine" for name in known}
        return self.text.format(**values)


REQUESTS = (
    Request(
        "compare_countries",
        "Compare countries",
        "What the documents of several countries say on one subject, side by side.",
        (
            ("subject", "What to compare, such as consent for genome data.", True),
            ("countries", "Two to twelve countries, with commas between.", True),
        ),
        "Compare what the documents say on {subject} in these countries: {countries}.\n"
        "Call compare with the countries, then get_page where a quotation needs its surroundings. Give a table: "
        "country, what its documents say (quoted), document and page, year.\n" + RULES,
    ),
    Request(
        "brief_on_a_country",
        "Brief on a country",
        "A brief of one page on a country for a delegate.",
        (
            ("country", "The country.", True),
            ("subject", "What the brief is about (default: genomic medicine).", False),
        ),
        "Write a brief of one page on {country}, about {subject}, for a delegate who has five minutes.\n"
        "Call list_documents for the country, then ask about strategy, public trust, data and law, clinical use, money "
        "and people. End with what the documents do not say.\n" + RULES,
    ),
)
