"""Who orders were for, as captured pages showed it lately: in memory only, to hide those people from remote engines."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from ..protocol.values import ThreadRef

#: A working day, and a second look at the order the next morning.
FORGET_S = 16 * 3600.0
#: Orders kept in all; a page of a busy shop lists 100.
MOST_ORDERS = 400
#: Lines of one order: buyer, consignee, address, telephone.
MOST_LINES = 8
LONGEST = 200
#: An order number shorter than this stands in a text by chance.
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class _Order:
    lines: tuple[str, ...]
    until: float


@dataclass(frozen=True, slots=True)
class People:
    """Lines of the orders a conversation is about, and those of the shop's other orders, newest first."""

    own: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


class OrderNames:
    """Thread-safe. The orders seen longest ago go when there are too many."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, str], _Order] = OrderedDict()

    def note(self, marketplace: str, shop: str, order: str, lines: Iterable[str]) -> None:
        """What a page showed of one order; what it showed before of the same order is added to."""
        if not order.strip():
            return
        with self._lock:
            before = self._kept.pop((marketplace, shop, order), None)
            told = [" ".join(line.split())[:LONGEST] for line in (*lines, *(before.lines if before else ()))]
            kept = tuple(dict.fromkeys(line for line in told if line))[:MOST_LINES]
            if kept:
                self._kept[marketplace, shop, order] = _Order(kept, self._clock() + FORGET_S)
            while len(self._kept) > MOST_ORDERS:
                self._kept.popitem(last=False)

    def of(self, ref: ThreadRef, orders: Collection[str], text: str) -> People:
        """The people of a conversation: of its ``orders``, and of those named in its ``text``.

        A page that does not say whose shop it is counts for every shop of the marketplace.
        """
        own: dict[str, None] = {}
        elsewhere: dict[str, None] = {}
        for order, lines in self._of_shop(ref.marketplace, ref.shop):
            named = len(order) >= _SHORTEST and order in text
            (own if order in orders or named else elsewhere).update(dict.fromkeys(lines))
        return People(tuple(own), tuple(line for line in elsewhere if line not in own))

    def _of_shop(self, marketplace: str, shop: str) -> list[tuple[str, tuple[str, ...]]]:
        with self._lock:
            now = self._clock()
            while self._kept and next(iter(self._kept.values())).until <= now:
                self._kept.popitem(last=False)
            return [
                (order, kept.lines)
                for (where, whose, order), kept in reversed(self._kept.items())
                if where == marketplace and (whose == shop or not whose or not shop)
            ]
