"""The inbox: who wrote, who wrote last, what is unread, and what is the platform's own mail."""

from __future__ import annotations

import pytest

from .made import css, page, read, told

INBOX = page(
    "threads",
    rows={
        "row": css(".card"),
        "key": css(".card@data-id"),
        "buyer": css(".who"),
        "preview": css(".last"),
        "time": css("time"),
        "unread": css(".badge", ".card.new"),
        "system": css(".official"),
        "last_buyer": css(".in"),
        "last_seller": css(".tick"),
    },
    system_previews=["^\\[System\\]"],
    seller_previews=["^You: (.*)", "^您已"],
    health=[{"field": "rows.buyer"}],
)


def card(preview: str = "hello", more: str = "", name: str = "ana", marks: str = "") -> str:
    return (
        f'<div class="card {marks}" data-id="t-1"><b class="who">{name}</b><time>14:23</time>'
        f'<p class="last">{preview}</p>{more}</div>'
    )


@pytest.mark.parametrize(
    ("more", "marks", "unread"),
    [
        ("", "", 0),
        ('<i class="badge">3</i>', "", 3),
        ('<i class="badge">99+</i>', "", 99),
        ('<i class="badge">0</i>', "", 0),
        ('<i class="badge"></i>', "", 1),
        ('<i class="badge">New</i>', "", 1),
        ('<i class="badge" hidden>3</i>', "", 0),
        ('<i class="badge">5 unread</i>', "", 5),
        # the mark on the row itself: the numbers in its words are not counts
        ("", "new", 1),
        ('<i class="badge">0</i>', "new", 1),
    ],
)
def test_unread(more: str, marks: str, unread: int) -> None:
    found = read(card("order 114 of 20", more, marks=marks), INBOX)
    assert found["threads"][0]["unread"] == unread


def test_unread_in_an_attribute() -> None:
    by_label = page("threads", rows={"row": css(".card"), "buyer": css(".who"), "unread": css(".b@aria-label")})
    for label, count in (("12 unread messages", 12), ("unread", 1), ("false", 0), ("", 0)):
        found = read(card(more=f'<i class="b" aria-label="{label}"></i>'), by_label)
        assert found["threads"][0]["unread"] == count, label


@pytest.mark.parametrize(
    ("preview", "more", "last", "said", "system"),
    [
        ("is it blue?", "", "", "is it blue?", False),
        ("is it blue?", '<i class="in"></i>', "buyer", "is it blue?", False),
        ("yes", '<i class="tick"></i>', "seller", "yes", False),
        ("You: yes", "", "seller", "yes", False),
        ("您已发送图片", "", "seller", "您已发送图片", False),
        # contradicting marks say nothing
        ("You: yes", '<i class="in"></i>', "", "yes", False),
        ("[System] your order", '<i class="in"></i>', "", "[System] your order", True),
        ("win a prize", '<i class="official"></i>', "", "win a prize", True),
    ],
)
def test_who_wrote_last(preview: str, more: str, last: str, said: str, system: bool) -> None:
    [thread] = read(card(preview, more), INBOX)["threads"]
    assert (thread["last"], thread["preview"], thread["system"]) == (last, said, system)


def test_a_thread_as_json_with_its_instant() -> None:
    found = read(card() + card(name="bo"), INBOX)
    row = {"key": "t-1", "preview": "hello", "time": "14:23"}
    assert told(found["threads"]) == [dict(row, buyer="ana"), dict(row, buyer="bo")]
    assert found["threads"][0]["at"] is None, "14:23 has not come yet at noon"
    assert read(card().replace("14:23", "9:05"), INBOX)["threads"][0]["at"] == "2026-11-22T09:05:00Z"
    assert found["health"]["ok"]


def test_a_thread_without_its_buyer_is_not_guessed_at() -> None:
    found = read(card() + card().replace('class="who"', 'class="w"'), INBOX)
    assert found["health"]["missing"] == ["rows.buyer"]


def test_a_description_that_only_guesses_the_buyer_may_find_none() -> None:
    guess = page(
        "threads",
        rows={"row": css(".card"), "buyer": [{"css": ".name", "trust": "low"}], "preview": css(".last")},
        health=[{"field": "rows.row"}],
    )
    assert read(card(), guess)["health"]["ok"]
    assert read(card() + card(""), guess)["health"]["missing"] == ["rows.preview"]


CHAT = {
    "identity": {"thread": css("#who"), "shop": [{"query": "shop"}]},
    "messages": {
        "scroller": [], "row": css(".msg"), "buyer": css(".from"), "seller": css(".own"), "text": css("p"),
    },
    "composer": {"field": css("textarea")},
    "placement": {"anchor": css("p"), "mode": "below"},
}  # fmt: skip


def test_a_conversation_beside_its_inbox_is_the_page_and_the_inbox_is_read_too() -> None:
    chat = page("chat", **CHAT)
    talk = '<b id="who">ana</b><div class="msg from"><p>hi</p></div><textarea></textarea>'
    for pages in ((chat, INBOX), (INBOX, chat)):
        found = read(f"{card()}{card(name='bo')}{talk}", *pages)
        assert found["page"] == "chat"
        assert [row["text"] for row in found["messages"]] == ["hi"]
        assert [row["buyer"] for row in found["threads"]] == ["ana", "bo"]
        assert found["health"]["ok"]
    # an inbox that was not understood is left out rather than half read
    found = read(f"{card()}{card().replace('who', 'x')}{talk}", chat, INBOX)
    assert (found["page"], found["threads"]) == ("chat", [])


def test_the_inbox_alone_and_without_an_address() -> None:
    lone = page("threads", rows=INBOX["rows"], root=css(".cards"))
    found = read(f'<div class="cards">{card()}</div>', page("chat", **CHAT, root=css(".talk")), lone)
    assert found["page"] == "threads"
    found = read(f'<div class="cards">{card()}</div>', lone, url="")
    assert found["address"] == {"url": "", "known": "assumed"}
    assert found["threads"][0]["buyer"] == "ana"
