"""Which messages left over a blocking finding. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ..protocol.values import ArchivedMessage
from .checked import Check, digest_of

#: A message is told to leave and seen on the page within seconds, in whichever order.
CLOCKS_S = 10.0


def overruled(checks: Iterable[Check], messages: Iterable[ArchivedMessage]) -> dict[int, Check]:
    """Messages that were sent anyway, by their ids; ``messages`` in order of time.

    A check belongs to the first message of the same text that was seen after it and has none yet.
    """
    known = sorted((one for one in checks if one.anyway), key=lambda one: one.at)
    said = [
        (one, {digest_of([one.text]), digest_of([one.text.strip()])}) for one in messages if one.direction == "seller"
    ]
    found: dict[int, Check] = {}
    for check in known:
        for one, digests in said:
            if one.id not in found and check.digest in digests and one.observed_at >= check.at - CLOCKS_S:
                found[one.id] = check
                break
    return found
