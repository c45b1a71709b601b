"""Indexing room: the library on disk, its vectors and words, and how it follows the corpus."""
