"""Evaluation room: gold questions, metrics, reports, benchmark."""
