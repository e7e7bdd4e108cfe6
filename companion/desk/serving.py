"""Opening the desk and closing it again."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

from ..protocol.version import PORTS, PRACTICE_PORTS
from ..runtime.control import announce
from .desk import Desk
from .room import Room
from .server import HttpServer, listen


class Running:
    """An open desk. ``desk.pairings``, ``desk.hub`` and ``desk.dashboard_url()`` are for tray and terminal."""

    def __init__(self, desk: Desk, server: HttpServer) -> None:
        self.desk = desk
        self._server = server
        self._stopped = threading.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.desk.port

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until ``stop``; whether it came."""
        return self._stopped.wait(timeout)

    def stop(self) -> None:
        """Close the sockets, stop the work, take the announcement away. The other rooms are closed by their owner."""
        if self._stopped.is_set():
            return
        self._server.stop()
        self.desk.close()
        self.desk.room.paths.run.unlink(missing_ok=True)
        self._stopped.set()


def serve(room: Room, ports: Sequence[int] | None = None) -> Running:
    """Listen on the first free of ``ports``, announce it in the data folder, take up what is untranslated.

    Raises ``ports_taken`` when none is free.
    """
    chosen = tuple(ports) if ports else PRACTICE_PORTS if room.paths.practice else PORTS
    listening = listen(chosen)
    try:
        from .web import create_app

        desk = Desk(room)
        desk.port = listening.getsockname()[1]
        desk.control_token = announce(room.paths, pid=os.getpid(), port=desk.port)
        server = HttpServer(listening, create_app(desk))
    except BaseException:
        listening.close()
        raise
    server.start()
    desk.backlog.look_again()
    return Running(desk, server)
