"""A question understood once and for all, so that nobody below parses it again."""
