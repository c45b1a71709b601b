"""The evidence matrix: the same search and the same scores, one cell for each country and indicator."""
