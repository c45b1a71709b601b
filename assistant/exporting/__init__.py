"""Exporting room: answers and matrices as files for a meeting, each with its sources, date, revision and settings."""
