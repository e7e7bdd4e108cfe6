"""What a method's handler gets besides its parameters."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from ..protocol.methods.session import HelloParams
from ..protocol.version import PROTOCOL_MAX

if TYPE_CHECKING:
    from .desk import Desk
    from .room import Room


@dataclass(frozen=True, slots=True)
class Challenge:
    """An open proof: used once, whatever comes of it."""

    key_id: str
    key: bytes = field(repr=False)
    transcript: bytes = field(repr=False)


@dataclass(eq=False)
class Session:
    """What is known of one socket (or of the dashboard, or of a program of this user)."""

    origin: str
    hello: HelloParams | None = None
    protocol: int = PROTOCOL_MAX
    #: The key the session was proven with, "" before.
    key_id: str = ""
    challenge: Challenge | None = None
    failed_proofs: int = 0
    gone: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class Call:
    """One request on its way through a handler."""

    desk: Desk
    session: Session
    #: Sends a progress frame; goes nowhere where nobody listens.
    progress: Callable[[msgspec.Struct], None] = lambda _: None
    #: Sends the asker an unasked-for message, later too; goes nowhere where nobody listens.
    push: Callable[[str, msgspec.Struct], None] = lambda _topic, _data: None
    #: Whether the asker cancelled or gave up waiting.
    cancelled: Callable[[], bool] = lambda: False

    @property
    def room(self) -> Room:
        """The other rooms."""
        return self.desk.room
