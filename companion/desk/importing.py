"""Files of messages that the seller drops on the dashboard: looked at, explained, taken in."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..conversations import ledger
from ..conversations.imports.asked import Given, ImportColumn, ImportReport, ImportSaid
from ..protocol.base import Hex32, Instant, Name
from ..protocol.methods.desk import Nothing
from .catalogue import DASHBOARD
from .desk import Desk
from .import_job import Columns, ImportState, Watch, Work


class LookAsked(ImportSaid, forbid_unknown_fields=True, kw_only=True):
    """A file that was uploaded right before, by its SHA-256; None = the one that is held, with other
    things said.

    ``modified``: when the file was changed last.
    """

    sha256: Hex32 | None = None
    name: Name = ""
    modified: Instant = 0.0


class StartAsked(ImportSaid, forbid_unknown_fields=True, kw_only=True):
    """The file that is held."""


def look(desk: Desk, asked: LookAsked) -> ImportState:
    """Say what an import would do; nothing is kept. Raises ``busy``, and ``not_found`` for a file that was not
    uploaded, or too long ago."""
    if asked.sha256 is not None:
        desk.import_job.hold(Given(asked.name, desk.captures.take(DASHBOARD, asked.sha256), asked.modified))
    return desk.import_job.look(_work(desk, asked, dry_run=True), _columns(asked))


def start(desk: Desk, asked: StartAsked) -> ImportState:
    """Take the file in; what buyers wrote is translated afterwards, on this computer. Raises as ``look``."""
    return desk.import_job.start(_work(desk, asked, dry_run=False), _columns(asked))


def state(desk: Desk, _: Nothing) -> ImportState:
    """Where it stands."""
    return desk.import_job.state()


def cancel(desk: Desk, _: Nothing) -> ImportState:
    """Stop; what was taken in stays."""
    return desk.import_job.cancel()


def forget(desk: Desk, _: Nothing) -> ImportState:
    """Let go of the file. Raises ``busy``."""
    return desk.import_job.forget()


def _work(desk: Desk, asked: ImportSaid, *, dry_run: bool) -> Work:
    said = msgspec.structs.replace(asked, dry_run=dry_run)

    def work(given: Given, watch: Watch) -> ImportReport:
        from ..translation.telling import languages_of

        erasures = ledger.read(desk.room.paths.erasures)
        try:
            return desk.room.archive.imports.take_given(
                given, said, lambda: desk.room.rules().marketplaces, erasures, languages_of, watch
            )
        finally:
            if not dry_run:
                desk.backlog.look_again()

    return work


def _columns(asked: ImportSaid) -> Columns:
    def columns(given: Given) -> list[ImportColumn]:
        from ..conversations.imports import reading

        return reading.columns_in(given.data, Path(given.name), asked)

    return columns
