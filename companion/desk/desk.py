"""The desk itself: what lives as long as the companion and is shared by all sockets."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from ..protocol.methods.checks import ChecksChanged
from ..protocol.methods.desk import Settings
from ..protocol.methods.pages import PagesChanged
from ..protocol.methods.team import ArchiveChanged
from ..protocol.version import PRODUCT
from .backing import Backing
from .backlog import Backlog
from .captures import Captures
from .check_job import CheckJob
from .export_job import ExportJob
from .hub import Hub
from .idem import IdemCache
from .import_job import ImportJob
from .installs import Installs
from .keys import Keys
from .lanes import Lanes
from .order_names import OrderNames
from .pairing import Pairings
from .preload import Preload
from .room import Room
from .tickets import Tickets, Tokens
from .updating import Updating

if TYPE_CHECKING:
    from .blobs import Upload

#: A dashboard nobody uses for so long asks to be opened again.
DASHBOARD_IDLE_S = 12 * 3600
TICKET_S = 60


class Desk:
    """Services behind the wire. ``port`` is known once the server listens."""

    product = PRODUCT

    def __init__(self, room: Room) -> None:
        self.room = room
        self.port = 0
        self.instance = instance_of(room)
        self.keys = Keys(room.documents, room.secrets)
        self.pairings = Pairings(self.keys, instance=self.instance, port=lambda: self.port)
        self.hub = Hub()
        self.lanes = Lanes()
        self.idem = IdemCache()
        self.backlog = Backlog(room)
        self.preload = Preload(room)
        self.installs = Installs(room, installed=self.backlog.look_again)
        self.backing = Backing(room)
        self.updating = Updating(room)
        self.uploads: Tickets[Upload] = Tickets(TICKET_S, limit=200)
        self.captures = Captures()
        self.order_names = OrderNames()
        self.check_job = CheckJob()
        self.export_job = ExportJob()
        self.import_job = ImportJob()
        self.dashboard_tickets: Tickets[bool] = Tickets(TICKET_S)
        self.dashboard_tokens = Tokens(DASHBOARD_IDLE_S)
        self.control_token = ""
        #: How often a colleague's companion wrote to the archive since the start.
        self.archive_changes = 0
        room.settings.subscribe(self._tell_settings)

    @property
    def origin(self) -> str:
        """The address of the dashboard's own pages."""
        return f"http://127.0.0.1:{self.port}"

    def dashboard_url(self) -> str:
        """An address that opens the dashboard once, within 60 s."""
        return f"{self.origin}/dashboard#ticket={self.dashboard_tickets.issue(True)}"

    def revoke(self, key_id: str) -> None:
        """End a pairing and the sessions that stand on it."""
        self.keys.revoke(key_id)
        self.hub.revoke(key_id)

    def rules_changed(self) -> str:
        """The descriptions are read anew and every extension hears of it; their version."""
        self.room.rules_changed()
        self.room.checking.rules_changed()
        version = self.room.rules().version
        self.hub.publish("pages", PagesChanged(version=version))
        self.checks_changed()
        return version

    def ready_checks(self) -> None:
        """A conversation was opened: its first message is checked while it is typed, and the rules take half a second
        to be read."""
        checking = self.room.checking
        if not checking.ready:
            self.lanes.submit("slow", checking.checker)

    def checks_changed(self) -> None:
        """Rules, own words, marks or waivers are others: what is open is checked again."""
        self.hub.publish("checks", ChecksChanged())

    def archive_changed(self) -> None:
        """A colleague's companion wrote to the archive: pages that show it read it anew."""
        self.archive_changes += 1
        self.hub.publish("archive", ArchiveChanged())
        self.backlog.look_at_theirs()

    def close(self) -> None:
        """Close the sockets and stop the work behind them."""
        self.hub.close()
        self.installs.cancel()
        self.check_job.cancel()
        self.export_job.cancel()
        self.import_job.cancel()
        self.lanes.close()
        self.backlog.close()
        self.preload.close()

    def _tell_settings(self, settings: Settings) -> None:
        self.hub.publish("settings", settings)
        self.preload.settings_changed()


def instance_of(room: Room) -> str:
    """The random id of this data folder, made at first use."""
    stored = room.documents.get("desk", "instance")
    if stored is not None and isinstance(stored.get("id"), str):
        return str(stored["id"])
    made = secrets.token_urlsafe(16)
    room.documents.put("desk", "instance", {"id": made})
    return made
