"""Cited answers from the documents of genomic-medicine policy. `assistant.wiring.open_desk` is the front door."""

__version__ = "0.1.0"
