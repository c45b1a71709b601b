"""A language model may choose words, never facts: its text is checked against the pages, statement by statement."""
