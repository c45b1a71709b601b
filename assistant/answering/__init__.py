"""Answering room: from passages to an answer whose every quotation is proved."""
