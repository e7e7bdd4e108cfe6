"""The private desk: HTTP and WebSocket on 127.0.0.1, for the extension, the dashboard and the command line."""

from __future__ import annotations

from .desk import Desk
from .room import Room
from .serving import Running, serve

__all__ = ["Desk", "Room", "Running", "serve"]
