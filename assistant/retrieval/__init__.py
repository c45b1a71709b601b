"""Retrieval room: what is asked, about whom, and which passages speak to it."""
