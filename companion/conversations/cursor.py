"""Where the next page begins: strings that the wire carries and only we read. Pure."""

from __future__ import annotations

from ..protocol.errors import ErrorCode, SeabridgeError

#: Beyond every moment.
END = 1 << 62
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def moment(before: str) -> int:
    """The moment a page begins below; "" = the first page. Raises ``bad_params``."""
    return numbers(before, 1)[0] if before else END


def numbers(cursor: str, count: int) -> list[int]:
    """The numbers of a cursor, each within ±``END``. Raises ``bad_params``."""
    try:
        found = [int(part, 36) for part in cursor.split(".")]
    except ValueError:
        found = []
    if len(found) != count or any(abs(number) > END for number in found):
        raise SeabridgeError(ErrorCode.BAD_PARAMS, method="archive", problem="before")
    return found


def written(*parts: int) -> str:
    """Numbers as a cursor."""
    return ".".join(_base36(part) for part in parts)


def _base36(number: int) -> str:
    digits = ""
    rest = abs(number)
    while rest or not digits:
        rest, digit = divmod(rest, 36)
        digits = _DIGITS[digit] + digits
    return f"-{digits}" if number < 0 else digits
