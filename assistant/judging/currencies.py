"""The names of European currencies, as sums of money are written: before the number as a code, after it as a word."""

CODES = "EUR|GBP|USD|DKK|SEK|NOK|CZK|PLN|HUF|RON|BGN|CHF|ISK|RSD|UAH"
NAMES = (
    "euros?|pounds?|dollars?|kroner|kronor|krona|krónur|crowns?|koruna|francs?|lev|leva|zloty|złoty|forints?|lei|dinars?|"
    "hryvnias?"
)
"""Alternatives of a regular expression, without the ones that mean something else ("real", "mark")."""
