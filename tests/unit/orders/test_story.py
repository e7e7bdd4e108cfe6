"""A buyer's whole story across shops, orders and marketplaces."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from companion.cli import main
from companion.conversations import Archive
from companion.conversations.looks import Look
from companion.orders import story
from companion.protocol.methods.archive import MessageSeenParams, ThreadMarkParams
from companion.protocol.methods.buyer import BuyerStory, BuyerStoryParams
from companion.protocol.values import SeenMessage, ThreadRef

DAY = 86_400
NOW = 1_788_420_600.0


class Thanks:
    def only_thanks(self, text: str) -> bool:
        return text == "thanks"

    def counted(self, marketplace: str) -> bool:
        return False


def see(archive: Archive, thread: str, at: float, *rows: str, order: str = "", **where: Any) -> int:
    """The conversation's id; "<text" is the seller's."""
    ref = ThreadRef(
        **{"marketplace": "shopee", "shop": "sg-1", "region": "sg", "buyer": "Ana", **where, "thread": thread}
    )
    said = [
        SeenMessage(direction="seller" if row[0] == "<" else "buyer", text=row.lstrip("<"), order=order) for row in rows
    ]
    return archive.see(MessageSeenParams(thread=ref, messages=said, observed_at=at)).thread_id


def look(archive: Archive, order: str, at: float, shop: str = "sg-1", **values: str) -> None:
    archive.facts.note("order", [Look("shopee", "sg", shop, order, values, "shopee/order")], at)


@pytest.fixture
def archive(open_archive: Callable[[], Archive]) -> Iterator[Archive]:
    opened = open_archive()
    opened.closings = Thanks()
    yield opened
    assert opened.check() == []
    opened.close()


def told(archive: Archive, buyer: str = "ana", **asked: Any) -> list[BuyerStory]:
    return story.tell(archive, BuyerStoryParams(buyer=buyer, **asked), NOW).stories


def test_shops_stand_together_and_marketplaces_apart(archive: Archive) -> None:
    late = see(archive, "t2", NOW - 5 * DAY, "again", shop="my-1", region="my")
    early = see(archive, "t1", NOW - 9 * DAY, "hello", "<hi", buyer=" ANA ")
    other = see(archive, "t1", NOW - DAY, "hola", marketplace="amazon")
    see(archive, "t3", NOW, "somebody else", buyer="Anabel")
    amazon, shopee = told(archive)
    assert (amazon.marketplace, amazon.accounts, [c.thread.id for c in amazon.conversations]) == ("amazon", 1, [other])
    assert (shopee.marketplace, shopee.accounts) == ("shopee", 2)
    assert [c.thread.id for c in shopee.conversations] == [early, late]
    assert (shopee.first_at, shopee.last_at) == (NOW - 9 * DAY, NOW - 5 * DAY)
    assert [s.marketplace for s in told(archive, marketplace="shopee")] == ["shopee"]
    assert told(archive, "nobody") == []


def test_the_newest_conversations_when_there_are_more(archive: Archive) -> None:
    ids = [see(archive, f"t{n}", NOW - n * DAY, "hello") for n in (3, 2, 1)]
    found = story.tell(archive, BuyerStoryParams(buyer="Ana", limit=2), NOW)
    assert found.more
    assert [c.thread.id for c in found.stories[0].conversations] == ids[1:]


def test_the_open_question_and_the_languages(archive: Archive) -> None:
    asked = see(archive, "t1", NOW - 3 * DAY, "¿dónde está?", "<mañana", "¿seguro?", "please")
    see(archive, "t2", NOW - 2 * DAY, "hi", "<hello", "thanks")
    see(archive, "t3", NOW - DAY, "thanks")
    for message, language in ((1, "es"), (3, "es"), (4, "en")):
        archive.translations.add(message, "zh", "…", "argos", "machine", [], language, True)
    first, closed, thanks_for_nothing = told(archive)[0].conversations
    assert (first.thread.id, first.open, first.open_since) == (asked, "¿seguro?", NOW - 3 * DAY)
    assert first.languages == ["es", "en"]
    assert (closed.open, closed.open_since) == ("", None)
    assert thanks_for_nothing.open == "thanks"


def test_orders_are_named_seen_or_bought(archive: Archive) -> None:
    thread = see(archive, "t1", NOW - 3 * DAY, "where is it?", order="A-1")
    see(archive, "t1", NOW - 2 * DAY, "and this?", order="A-2", marketplace="amazon")
    look(archive, "A-1", NOW - 2 * DAY, items='["shirt"]', amount="S$ 9", status="To ship")
    look(archive, "A-1", NOW, shop="elsewhere", amount="S$ 1", buyer="Bo")
    look(archive, "B-7", NOW - 5 * DAY, buyer="Ana")
    (amazon,) = (each for each in told(archive) if each.marketplace == "amazon")
    assert [(o.order, o.seen_at) for o in amazon.orders] == [("A-2", None)]
    (shopee,) = (each for each in told(archive) if each.marketplace == "shopee")
    bought, named = shopee.orders
    assert (bought.order, bought.threads) == ("B-7", [])
    assert (named.order, named.at, named.threads) == ("A-1", NOW - 3 * DAY, [thread])
    assert (named.items, named.amount, named.status, named.stale) == (["shirt"], "S$ 9", "To ship", True)
    assert shopee.accounts == 1


def test_the_command_tells_it(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    thread = see(archive, "t1", NOW - 3 * DAY, "where \x1b[31mis it?", order="A-1")
    see(archive, "t2", NOW, "hello", shop="my-1")
    archive.mark(ThreadMarkParams(thread_id=thread, star=True, tags=["VIP"], note="first customer"))
    assert main(["buyer", "Ana"]) == 0
    shown = capsys.readouterr().out
    for part in ("★", f"#{thread}", "[VIP]", "first customer", "A-1", "2 "):
        assert part in shown
    assert "\x1b" not in shown
    assert main(["buyer", "Ana", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stories"][0]["accounts"] == 2
    assert main(["buyer", "An"]) == 1
    assert "Ana" in capsys.readouterr().out
