"""Chat room: the screen, and what leaves it."""
