"""What the doctor says about a team's database: whether it is reached, how far away it is, and who is there."""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING

from .opening import address_of
from .protocol.errors import SeabridgeError
from .protocol.methods.desk import Check
from .runtime.paths import Paths

if TYPE_CHECKING:
    from .team.looking import Look
    from .team.team import Team

#: Seats named in a line.
_MOST = 12


def team(paths: Paths) -> Check:
    """Driver, server, and how long a question takes; or why it is not reached."""
    try:
        found = _look(paths)
    except SeabridgeError as exc:
        return away(exc)
    if found is None:
        return Check(id="team", state="off", data={})
    return Check(
        id="team",
        state="ok",
        data={
            "version": found.version,
            "driver": found.driver,
            "ms": f"{found.milliseconds:.1f}",
            "where": _where(paths),
            "seat": _own_name(paths),
        },
    )


def seats(paths: Paths) -> Check | None:
    """Which seats were seen, and what they do that only one does; None where there is no team to tell of."""
    try:
        found = _look(paths)
    except SeabridgeError:  # the other check says why
        return None
    if found is None:
        return None
    if not found.begun:
        return Check(id="team_seats", state="off", data={})
    here = [seat.name for seat in found.seats if seat.here]
    gone = [f"{seat.name} ({_when(seat.seen_at)})" for seat in found.seats if not seat.here]
    jobs = [f"{lease.job} → {lease.holder}" for lease in found.leases]
    return Check(
        id="team_seats",
        state="ok",
        data={"here": _named(here), "gone": _named(gone), "jobs": _named(jobs)},
    )


def standing(team: Team) -> Check:
    """The same of a running companion, which knows without asking."""
    problem = team.link.problem
    if problem is not None:
        return away(problem[0], since=problem[1])
    data = {"where": team.link.address.shown, "seat": team.seat.name, "ms": f"{team.link.milliseconds:.1f}"}
    return Check(id="team_here", state="ok", data=data)


def away(exc: SeabridgeError, *, since: float = 0.0) -> Check:
    """``error``: the code whose sentence says what to do."""
    data = {name: str(value) for name, value in exc.data.items()} | {"error": str(exc.code)}
    data["since"] = _when(since or time.time())
    return Check(id="team", state="fail", data=data)


def _look(paths: Paths) -> Look | None:
    address = address_of(paths)
    if address is None:
        return None
    from .team.looking import look

    return look(address)


def _where(paths: Paths) -> str:
    address = address_of(paths)
    return address.shown if address is not None else ""


def _own_name(paths: Paths) -> str:
    from .runtime.documents import Documents
    from .team.seat import name_of

    return name_of(Documents(paths.documents)) if paths.documents.exists() else ""


def _named(names: list[str]) -> str:
    more = len(names) - _MOST
    return ", ".join([*names[:_MOST], *([f"+{more}"] if more > 0 else [])]) or "–"


def _when(at: float) -> str:
    return datetime.datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")
