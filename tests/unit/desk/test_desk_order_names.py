"""Whom orders were for: found for their conversation, bounded, forgotten."""

from __future__ import annotations

from companion.desk.order_names import FORGET_S, LONGEST, MOST_LINES, MOST_ORDERS, OrderNames, People
from companion.protocol.values import ThreadRef


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def thread(shop: str = "s1", marketplace: str = "temu") -> ThreadRef:
    return ThreadRef(marketplace=marketplace, shop=shop, region="US", thread="t")


def test_the_orders_of_the_conversation_come_apart_from_the_others_newest_first() -> None:
    names = OrderNames()
    for order, line in [("PO-1", "Ana Prado"), ("PO-2", "Bo Li"), ("PO-3333", "Cy Young"), ("PO-4", "Ana Prado")]:
        names.note("temu", "s1", order, [line])
    assert names.of(thread(), ["PO-1"], "about PO-3333?") == People(("Cy Young", "Ana Prado"), ("Bo Li",))
    assert names.of(thread(), [], "PO-1") == People((), ("Ana Prado", "Cy Young", "Bo Li")), "too short to be found"


def test_another_shop_or_marketplace_has_nothing_to_do_with_it() -> None:
    names = OrderNames()
    names.note("temu", "s1", "PO-1", ["Ana Prado"])
    assert names.of(thread("s2"), ["PO-1"], "") == People()
    assert names.of(thread(marketplace="ebay"), ["PO-1"], "") == People()
    assert names.of(thread(""), ["PO-1"], "") == People(("Ana Prado",)), "a page that does not tell its shop"


def test_lines_of_two_looks_add_up_and_are_bounded() -> None:
    names = OrderNames()
    names.note("temu", "s1", "PO-1", ["Ana  Prado", "", "  "])
    names.note("temu", "s1", "PO-1", ["12 Elm Street\nSpringfield", "x" * 1_000])
    assert names.of(thread(), ["PO-1"], "").own == ("12 Elm Street Springfield", "x" * LONGEST, "Ana Prado")
    names.note("temu", "s1", "PO-1", [f"line {n}" for n in range(50)])
    assert len(names.of(thread(), ["PO-1"], "").own) == MOST_LINES
    names.note("temu", "s1", " ", ["Nobody"])
    names.note("temu", "s1", "PO-9", ["", " "])
    assert names.of(thread(), [], "") == People((), names.of(thread(), ["PO-1"], "").own)


def test_the_oldest_go_when_there_are_too_many() -> None:
    names = OrderNames()
    for n in range(MOST_ORDERS + 5):
        names.note("temu", "s1", f"PO-{n}", [f"Buyer {n}"])
    kept = names.of(thread(), [], "").elsewhere
    assert len(kept) == MOST_ORDERS
    assert (kept[0], kept[-1]) == (f"Buyer {MOST_ORDERS + 4}", "Buyer 5")


def test_they_are_forgotten_after_hours() -> None:
    clock = Clock()
    names = OrderNames(clock=clock)
    names.note("temu", "s1", "PO-1", ["Ana Prado"])
    clock.now = FORGET_S / 2
    names.note("temu", "s1", "PO-2", ["Bo Li"])
    clock.now = FORGET_S
    assert names.of(thread(), ["PO-1", "PO-2"], "") == People(("Bo Li",))
    clock.now = 2 * FORGET_S
    assert names.of(thread(), ["PO-1", "PO-2"], "") == People()
