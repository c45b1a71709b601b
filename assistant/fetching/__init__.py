"""Brings the official publications of the catalogue into the corpus folder, when a reader asks for it."""
