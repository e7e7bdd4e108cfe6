"""The team, for the command line."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import Nothing
from .desk import Desk


class ChangesResult(msgspec.Struct):
    """How often colleagues wrote to the archive since the start; None where there is no team."""

    count: int | None


class RenameParams(msgspec.Struct, forbid_unknown_fields=True):
    """What this seat is called from now on, "" = by user and machine."""

    name: Annotated[str, msgspec.Meta(max_length=500)]


class RenameResult(msgspec.Struct):
    """The name as it is shown."""

    name: str


def changes(desk: Desk, _: Nothing) -> ChangesResult:
    """Whether what the dashboard shows may be old."""
    return ChangesResult(desk.archive_changes if desk.room.team is not None else None)


def rename(desk: Desk, params: RenameParams) -> RenameResult:
    """Call this seat otherwise. Raises ``unknown_method`` for a companion that stands alone."""
    if desk.room.team is None:
        raise SeabridgeError(ErrorCode.UNKNOWN_METHOD, method="team.rename")
    return RenameResult(desk.room.team.rename(params.name))
