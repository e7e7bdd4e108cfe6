"""``seabridge team``: the team's database, who is there, who does what, and what this seat is called."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from ..locales import text
from ..opening import address_of
from ..runtime import control
from ..runtime.database_url import VARIABLE
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .keeping import when
from .offline import runs
from .printing import Say, as_json, complain, line


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """--name, --json."""
    parser.add_argument("--name", metavar="NAME", help=say("cli_team_name"))
    parser.add_argument("--json", action="store_true", help=say("cli_json"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Rename this seat where asked, then show the team; 1 where there is none."""
    address = address_of(paths)
    if address is None:
        complain(text("team_alone", locale, variable=VARIABLE))
        return 1
    if options.name is not None:
        _rename(paths, options.name)
    from ..runtime.documents import Documents
    from ..team.looking import look
    from ..team.seat import name_of

    found = look(address)
    own = name_of(Documents(paths.documents))
    if options.json:
        told: dict[str, Any] = {"database": address.shown, "seat": own, **asdict(found)}
        as_json(told)
        return 0
    line(text("team_where", locale, where=address.shown, version=found.version, ms=f"{found.milliseconds:.1f}"))
    line(text("team_seat", locale, seat=own))
    line(text("team_seats" if found.seats else "team_no_seats", locale))
    for seat in found.seats:
        state = text("team_runs" if seat.here else "team_seen", locale, at=when(seat.seen_at))
        line(f"  {'●' if seat.here else '○'} {seat.name}  {state}  {seat.program}")
    for lease in found.leases:
        line(text("team_job", locale, job=lease.job, seat=lease.holder, at=when(lease.taken_at)))
    return 0


def _rename(paths: Paths, name: str) -> None:
    """The running companion does it, so that it goes by its new name at once; else others hear of it at the next
    start."""
    if runs(paths):
        control.call(paths, "team.rename", {"name": name})
        return
    from ..runtime.documents import Documents
    from ..team.seat import rename

    with DataLock(paths):
        rename(Documents(paths.documents), name)
