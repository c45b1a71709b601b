"""The chat before its first visitor: a desk that follows the library and has everything loaded, then the server."""

from __future__ import annotations

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.wiring.desk import open_desk


def open_chat(settings: Settings, host: str, port: int, *, to_network: bool = False) -> None:
    """Serve the chat until it is stopped; `to_network` lets it answer to any host name."""
    from assistant.chat.app import LOOPBACK, create_app, serve

    desk = open_desk(settings)
    first = desk.snapshot().documents()[:1]
    desk.follow()
    desk.warm()
    for document in first:
        try:
            desk.page_image(document.id, 1)
        except AssistantError:
            continue  # a text file has no page image
    serve(create_app(desk, hosts=None if to_network else LOOPBACK), host, port)
