"""Files of messages, by their path on this computer: for the command line."""

from __future__ import annotations

from ..conversations import ledger
from ..conversations.imports.asked import ImportAsked, ImportReport
from .desk import Desk


def import_file(desk: Desk, asked: ImportAsked) -> ImportReport:
    """Take a file in; what buyers wrote is translated afterwards, on this computer."""
    from ..translation.telling import languages_of

    report = desk.room.archive.imports.take_file(
        asked, lambda: desk.room.rules().marketplaces, ledger.read(desk.room.paths.erasures), languages_of
    )
    if report.new and not asked.dry_run:
        desk.backlog.look_again()
    return report
