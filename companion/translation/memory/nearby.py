"""Which stored pairs a line is compared with: those that share most of its character groups.

A memory made of a few templates has the same groups in thousands of pairs; letting the database count them took 250 ms
of one core for a line over 50,000 pairs. Here the pairs of a group are the bits of one whole number, and the groups of
a line are added up for all pairs at once in some ten operations each. The numbers are read when a line first asks for
them, the rarest groups first and only so many rows for one line; what is read stays, since lines of a shop resemble
each other.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple

from .similar import THRESHOLD

#: Pairs of a direction that a line is compared with: some 25 microseconds each.
MOST_CANDIDATES = 40
#: Groups of a longer line are taken at even distances.
MOST_GRAMS = 200
#: Rows one line may make the database read: some 40 ms.
MOST_ROWS = 60_000
#: Groups kept, of 6 kB each where a direction has 50,000 pairs.
MOST_KEPT = 1_500
#: So far it is counted how frequent a group is before it is read.
_COUNTED = 300
#: More new pairs than these are an import, after which reading anew is quicker.
_ONE_BY_ONE = 20

Ask = Callable[[str, Sequence[object]], list[Any]]


class Scope(NamedTuple):
    """Pairs that can answer one another: of one shop and direction."""

    shop: str
    source: str
    target: str

    @property
    def name(self) -> str:
        """As the table of groups has it."""
        return f"{self.source}>{self.target} {self.shop}"


class Made(NamedTuple):
    """A new pair: its id, the length of its key in characters, and the key's groups."""

    scope: Scope
    unit: int
    size: int
    grams: Collection[str]


class Nearby:
    """The groups of one memory. Not thread-safe: the memory's lock is held. ``ask`` runs one SELECT."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._directions: dict[Scope, _Direction] = {}
        self._groups: OrderedDict[tuple[Scope, str], int] = OrderedDict()
        self._version = 0

    def forget(self) -> None:
        """The memory was changed in more than a few new pairs: everything is read anew."""
        self._directions.clear()
        self._groups.clear()

    def added(self, pairs: Collection[Made]) -> None:
        """New pairs, in the order of their ids, the latest of all."""
        if len(pairs) > _ONE_BY_ONE:
            return self.forget()
        for scope, unit, size, grams in pairs:
            if scope in self._directions:
                bit = self._directions[scope].add(unit, size)
                for gram in grams:
                    if (scope, gram) in self._groups:
                        self._groups[scope, gram] |= bit

    def candidates(self, scope: Scope, grams: Collection[str], size: int) -> list[int]:
        """Ids of the pairs of a scope that share most groups with a line of ``size`` characters, in no order."""
        version = self._ask("PRAGMA data_version", ())[0][0]
        if version != self._version:  # another program wrote
            self.forget()
            self._version = version
        direction = self._direction(scope)
        alike = direction.between(int(size * THRESHOLD), int(size / THRESHOLD) + 1)
        if not alike:
            return []
        wanted = sorted(grams)
        wanted = wanted[:: -(-len(wanted) // MOST_GRAMS)]
        self._read(scope, direction, wanted)
        counters: list[int] = []
        for gram in wanted:
            group = self._groups.get((scope, gram), 0) & alike
            if group:
                _add(counters, group)
        while len(self._groups) > MOST_KEPT:
            self._groups.popitem(last=False)
        return direction.ids_of(_most(counters, MOST_CANDIDATES))

    def _direction(self, scope: Scope) -> _Direction:
        if scope not in self._directions:
            keys = "SELECT id, key FROM unit WHERE shop = ? AND source = ? AND target = ? ORDER BY id"
            self._directions[scope] = direction = _Direction()
            for unit, key in self._ask(keys, scope):
                direction.add(unit, len(key))
        return self._directions[scope]

    def _read(self, scope: Scope, direction: _Direction, grams: Iterable[str]) -> None:
        """Read the groups that are not here yet, the rarest first, as far as the rows for one line go."""
        missing = []
        for gram in grams:
            if (scope, gram) in self._groups:
                self._groups.move_to_end((scope, gram))
            else:
                count = "SELECT count(*) FROM (SELECT 1 FROM gram WHERE scope = ? AND gram = ? LIMIT ?)"
                missing.append((self._ask(count, (scope.name, gram, _COUNTED))[0][0], gram))
        rows = 0
        for _count, gram in sorted(missing):
            if rows >= MOST_ROWS:
                return
            units = self._ask("SELECT unit FROM gram WHERE scope = ? AND gram = ?", (scope.name, gram))
            self._groups[scope, gram] = direction.bits_of(unit for (unit,) in units)
            rows += len(units)


class _Direction:
    """The pairs of one scope: each has a bit, in the order of their ids."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._by_size: dict[int, int] = {}

    def add(self, unit: int, size: int) -> int:
        """Its bit."""
        bit = 1 << len(self._ids)
        self._ids.append(unit)
        self._by_size[size] = self._by_size.get(size, 0) | bit
        return bit

    def between(self, low: int, high: int) -> int:
        """The pairs whose key is so many characters long."""
        found = 0
        for size in range(low, high + 1):
            found |= self._by_size.get(size, 0)
        return found

    def bits_of(self, units: Iterable[int]) -> int:
        """The bits of pairs."""
        octets = bytearray(len(self._ids) // 8 + 1)
        first = self._ids[0]
        unbroken = self._ids[-1] - first == len(self._ids) - 1
        for unit in units:
            at = unit - first if unbroken else bisect_left(self._ids, unit)
            octets[at >> 3] |= 1 << (at & 7)
        return int.from_bytes(octets, "little")

    def ids_of(self, bits: int) -> list[int]:
        """The pairs of bits."""
        found = []
        while bits:
            lowest = bits & -bits
            found.append(self._ids[lowest.bit_length() - 1])
            bits ^= lowest
        return found


def _add(counters: list[int], group: int) -> None:
    """Count one more for every pair of a group. ``counters[n]`` holds digit n of all pairs' counts."""
    for digit, counter in enumerate(counters):
        counters[digit], group = counter ^ group, counter & group
        if not group:
            return
    counters.append(group)


def _most(counters: Sequence[int], wanted: int) -> int:
    """The ``wanted`` pairs with the highest counts above none; of equals those that came last."""
    surely, tied = 0, 0
    for counter in counters:
        tied |= counter
    for counter in reversed(counters):
        more = surely | (tied & counter)
        if more.bit_count() > wanted:
            tied &= counter
        else:
            surely, tied = more, tied & ~counter
    while tied and surely.bit_count() < wanted:
        last = 1 << (tied.bit_length() - 1)
        surely, tied = surely | last, tied ^ last
    return surely
