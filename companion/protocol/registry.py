"""What a method is, and the one table of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from .decode import decode
from .errors import ErrorCode, SeabridgeError

Access = Literal["open", "proven"]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the wire.

    ``access``: "open" answers any extension Origin that said hello, "proven" needs a proven session.
    ``timeout_s``: how long the extension waits before it gives up and sends a cancel.
    ``progress``: event name to payload type, for methods that report on the way.
    """

    name: str
    params: type[msgspec.Struct]
    result: type[msgspec.Struct]
    access: Access = "proven"
    timeout_s: float = 15.0
    progress: type[msgspec.Struct] | None = None
    doc: str = ""

    def parse(self, raw: bytes | msgspec.Raw) -> Any:
        """Decode the parameters; raises SeabridgeError ``bad_params`` naming the faulty field."""
        try:
            return decode(raw, self.params)
        except (msgspec.DecodeError, UnicodeError) as exc:
            raise SeabridgeError(ErrorCode.BAD_PARAMS, method=self.name, problem=str(exc)[:200]) from exc


METHODS: dict[str, Method] = {}
#: topic → payload type of unasked-for messages.
PUSHES: dict[str, type[msgspec.Struct]] = {}


def method(entry: Method) -> Method:
    """Enter a method into the table; a name can be taken once."""
    if entry.name in METHODS:
        raise ValueError(f"method {entry.name} is declared twice")
    METHODS[entry.name] = entry
    return entry


def topic(name: str, payload: type[msgspec.Struct]) -> None:
    """Enter a push topic into the table."""
    PUSHES[name] = payload
