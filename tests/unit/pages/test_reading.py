"""A saved conversation: what was said, by whom, in which order, and when it cannot be told."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from companion.marketplaces import load
from companion.pages.document import Saved
from companion.pages.look import Look
from companion.pages.recognise import recognise
from companion.pages.rows import row_elements
from companion.pages.text import tidy, words
from companion.protocol.pages import ChatPage

from . import made
from .stand import SHOPEE, TIKTOK, read, shopee, shopee_row, texts, tiktok, tiktok_row


def healthy(found: dict[str, Any] | None) -> dict[str, Any]:
    assert found is not None
    assert found["health"]["missing"] == []
    return found


def missing(found: dict[str, Any] | None) -> list[str]:
    assert found is not None
    assert not found["health"]["ok"]
    return list(found["health"]["missing"])


# -- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("a<p>b</p>c", "a\nb\nc"),
        ("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>", "a\nb"),
        ("<b>a</b>\n   <i>b</i>", "a b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>a\n\n  b</pre>", "a\n\n  b"),
        ('<span style="white-space: pre-wrap">a\n\nb</span>', "a\n\nb"),
        ("a\nb", "a\nb"),
        ('x<img alt="🎁" src="e.png">y<img alt="a long description of it">', "x🎁y"),
        ("a<span hidden>b</span>c", "ac"),
        ('a<span style="display:none">b</span>c<i data-seabridge-hidden>d</i>', "ac"),
        ('<span aria-hidden="true">$5</span><span class="offscreen">$5</span>', "$5"),
        ('ok <span aria-hidden="true">👍</span>', "ok 👍"),
        ("a\u00a0b\u200bc\ufeff \u202fd", "a bc  d"),
        ("<textarea>a <b>\nc</textarea>", "a <b>\nc"),
    ],
)
def test_words_are_what_a_person_sees(markup: str, text: str) -> None:
    saved = Saved(f"<html><body><section>{markup}</section></body></html>".encode())
    [section] = [one for one in saved.spots if one.tag == "section"]
    assert tidy(words(section, Look())) == text


def test_words_are_bounded() -> None:
    found = healthy(read(tiktok(tiktok_row("x" * 50_000)), TIKTOK))
    assert len(found["messages"][0]["text"]) == 20_000


# -- order ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "at",
    [
        lambda n: f"top:{n}px",
        lambda n: f"TOP: {n}.5px !important",
        lambda n: f"transform:translateY({n}px)",
        lambda n: f"transform: translate(0, {n}px)",
        lambda n: f"transform:translate3d(0px,{n}px,0)",
        lambda n: f"top:{n - 1000}px;transform:translateY(1000px)",
    ],
)
def test_recycled_rows_are_read_top_to_bottom(at: Any) -> None:
    rows = [shopee_row(f"line {n}", at(n * 60)) for n in (3, 0, 12, 1, 2)]
    found = healthy(read(shopee(*rows), SHOPEE))
    assert texts(found) == [("buyer", f"line {n}") for n in (0, 1, 2, 3, 12)]


def test_offsets_are_found_however_deep_the_row_was_wrapped() -> None:
    rows = [f'<div style="position:absolute;top:{60 * n}px">{"<div>" * 9}{inner}{"</div>" * 9}</div>'
            for n, inner in ((1, shopee_row("second", "")), (0, shopee_row("first", "")))]  # fmt: skip
    assert texts(healthy(read(shopee(*rows), SHOPEE))) == [("buyer", "first"), ("buyer", "second")]


def test_an_order_that_is_not_written_is_not_guessed() -> None:
    rows = [shopee_row("a", "top:60px"), shopee_row("b", ""), shopee_row("c", "top:0")]
    assert missing(read(shopee(*rows), SHOPEE)) == ["messages.sequence"]
    broken = [shopee_row("a", "top:calc(1px + 2px)"), shopee_row("b", "top:tall")]
    assert missing(read(shopee(*broken), SHOPEE)) == ["messages.sequence"]


def test_a_document_with_the_newest_row_first_is_read_oldest_first() -> None:
    tiktok_shop = next(one for one in load().marketplaces if one.name == "tiktok-shop")
    page = next(one for one in tiktok_shop.pages if isinstance(one, ChatPage))
    turned = msgspec.structs.replace(page, messages=msgspec.structs.replace(page.messages, sequence="reverse"))

    def rows(*written: str) -> tuple[list[str], bool]:
        tree = Saved(tiktok(*written).encode()).top
        found = row_elements(tree, turned)
        return [words(row, tree.saved.look).strip() for row in found.elements], found.sure

    assert rows(tiktok_row("two"), tiktok_row("one")) == (["one", "two"], True)
    moved = [
        f'<div style="position:absolute;top:{at}px">{tiktok_row(text)}</div>' for text, at in (("b", 0), ("a", 90))
    ]
    assert rows(*moved)[1] is False


def test_a_list_that_became_a_virtual_one_is_noticed() -> None:
    rows = [f'<div style="position:absolute;top:{at}px">{tiktok_row(text)}</div>' for text, at in (("b", 90), ("a", 0))]
    assert missing(read(tiktok(*rows), TIKTOK)) == ["messages.sequence"]


# -- who, when, what -----------------------------------------------------------------------------------------------


def test_a_clock_behind_digits_is_told_from_them() -> None:
    rows = [shopee_row("Yes 2", "top:0", "send", "9:06"), shopee_row("at 10:30", "top:9px", clock="19:05")]
    found = healthy(read(shopee(*rows), SHOPEE))
    assert [(row["text"], row["time"]) for row in found["messages"]] == [("Yes 2", "9:06"), ("at 10:30", "19:05")]


def test_hidden_rows_and_rows_drawn_twice_are_read_once() -> None:
    twin = f'<div aria-hidden="true">{tiktok_row("once")}</div>'
    page = tiktok(tiktok_row("gone", extra="hidden"), f'<div style="display:none">{tiktok_row("gone")}</div>', twin,
                  tiktok_row("once"))  # fmt: skip
    assert texts(healthy(read(page, TIKTOK))) == [("buyer", "once")]


def test_an_application_silenced_behind_a_dialog_is_read_all_the_same() -> None:
    page = tiktok(tiktok_row("a"), tiktok_row("b", "right")).replace("<body>", '<body aria-hidden="true">')
    assert texts(healthy(read(page, TIKTOK))) == [("buyer", "a"), ("seller", "b")]


def test_rows_in_rows_count_once() -> None:
    page = tiktok(tiktok_row(f"outer {tiktok_row('quoted')}"))
    found = read(page, TIKTOK)
    assert found is not None
    assert len(found["messages"]) == 1


def test_who_wrote_a_row_is_never_guessed() -> None:
    page = tiktok(tiktok_row("a"), tiktok_row("b", "right"))
    assert missing(read(page.replace("chatd-message--right", "_9x").replace("chatd-bubble-main--self", "_9y"), TIKTOK))
    both = page.replace("chatd-message--right", "chatd-message--right chatd-message--left")
    assert missing(read(both, TIKTOK)) == ["messages.direction"]
    assert texts(healthy(read(tiktok(tiktok_row("notice", "center"), tiktok_row("a")), TIKTOK)))[0][0] == "system"


def test_texts_of_one_side_that_are_not_found_are_noticed_and_a_card_is_marked() -> None:
    page = tiktok(tiktok_row("a"), tiktok_row("b", "right").replace("<pre>", "<q>").replace("</pre>", "</q>"))
    found = read(page, TIKTOK)
    assert missing(found) == ["messages.text"]
    card = tiktok_row("Order 1").replace("<pre>", "<q>").replace("</pre>", "</q>")
    found = healthy(read(tiktok(card, tiktok_row("a"), tiktok_row("b")), TIKTOK))
    assert [row["unread"] for row in found["messages"]] == [True, False, False]


def test_messages_that_stand_outside_of_every_row_are_noticed() -> None:
    rows = [shopee_row("a", "top:0"), shopee_row("b", "top:9px", "send").replace("webchat-message-send", "x1")]
    assert missing(read(shopee(*rows), SHOPEE)) == ["messages.row"]


def test_pictures_keep_only_addresses_that_lead_somewhere() -> None:
    def picture(src: str) -> str:
        return tiktok_row("").replace("<pre></pre>", f'<div class="chatd-imageMessage"><img src="{src}"></div>')

    sources = [
        "https://cdn.example/a.jpg",
        "/b.jpg",
        "data:image/png;base64,AA",
        "./Inbox_files/c.jpg",
        "blob:https://x/1",
    ]
    page = tiktok(tiktok_row("see"), *(picture(src) for src in sources))
    found = healthy(read(page, TIKTOK))
    assert [row["images"] for row in found["messages"][1:]] == [
        ["https://cdn.example/a.jpg"], ["https://seller-us.tiktok.com/b.jpg"], [], [], [],
    ]  # fmt: skip
    assert [row["pictures"] for row in found["messages"][1:]] == [1, 1, 1, 1, 1]


def test_only_a_visible_field_is_the_composer() -> None:
    page = tiktok(tiktok_row("a"))
    found = healthy(read(page, TIKTOK))
    assert found["composer"] == {"kind": "textarea", "send": True, "limit": 2000}
    hidden = page.replace("<textarea>", "<textarea hidden>")
    found = read(hidden, TIKTOK)
    assert found is not None
    assert found["composer"] is None
    assert missing(found) == ["composer.field"]
    assert missing(read(page.replace("<textarea></textarea>", "<textarea></textarea>" * 2), TIKTOK)) == [
        "composer.field"
    ]


# -- times ---------------------------------------------------------------------------------------------------------


def test_times_become_instants_only_where_the_zone_is_known() -> None:
    page = tiktok(
        tiktok_row("old", time="Sep 3 5:55 PM"), tiktok_row("inherits"), tiktok_row("today", "right", time="6:30"),
        tiktok_row("ago", time="5 minutes ago"),
    )  # fmt: skip
    known = healthy(read(page, TIKTOK, "America/New_York"))
    assert known["times"] == {
        "zone": "America/New_York", "zone_known": True, "observed_at": "2026-11-22T12:00:00Z", "language": "en",
    }  # fmt: skip
    assert [(row["time"], row["at"]) for row in known["messages"]] == [
        ("Sep 3 5:55 PM", "2026-09-03T21:55:00Z"),
        ("Sep 3 5:55 PM", "2026-09-03T21:55:00Z"),
        ("6:30", "2026-11-22T11:30:00Z"),
        ("5 minutes ago", "2026-11-22T11:55:00Z"),
    ]
    unknown = healthy(read(page, TIKTOK))
    assert not unknown["times"]["zone_known"]
    assert [row["at"] for row in unknown["messages"]] == [None, None, None, "2026-11-22T11:55:00Z"]


# -- which page it is ----------------------------------------------------------------------------------------------

SAVED = "<!-- saved from url=(0113)" + TIKTOK + " -->"


@pytest.mark.parametrize(
    ("before", "head", "known", "shop"),
    [
        (SAVED, "", "saved", "7494000000000000001"),
        ("", f'<link rel="canonical" href="{TIKTOK}">', "canonical", "7494000000000000001"),
        ("", f'<meta property="og:url" content="{TIKTOK}">', "og:url", "7494000000000000001"),
        ("", f'<base href="{TIKTOK}">', "base", "7494000000000000001"),
        (SAVED, '<link rel="canonical" href="https://seller-us.tiktok.com/">', "saved", "7494000000000000001"),
        ("", '<link rel="canonical" href="https://elsewhere.example/">', "assumed", ""),
        ("", "", "assumed", ""),
    ],
)
def test_the_address_is_taken_from_the_file(before: str, head: str, known: str, shop: str) -> None:
    found = read(tiktok(tiktok_row("a"), before=before, head=head))
    assert found is not None
    assert found["marketplace"] == "tiktok-shop"
    assert found["address"]["known"] == known
    assert found["thread"]["shop"] == shop
    assert found["health"]["ok"] == (known != "assumed"), "what only the address tells is missing without it"


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("?group=buyers", True),
        ("?id=7&group=buyers#x", True),
        ("", False),
        ("?group=support", False),
        ("#?group=buyers", False),
    ],
)
def test_a_page_that_only_its_query_tells_from_another_is_recognised_by_it(query: str, known: bool) -> None:
    kinds = made.page(
        "kpi", kpis=[{"name": "late", "unit": "percent", "labels": ["Late"]}], queries=["[?&]group=buyers(&|$)"]
    )
    saved = Saved(b'<!doctype html><div id="root"><p>Late 2%</p></div>')
    assert (recognise(saved, [made.marketplace(kinds)], f"https://seller.example/here{query}") is not None) == known
    assert recognise(saved, [made.marketplace(kinds)]) is None, "without an address nobody knows which it is"


def test_an_address_given_is_the_only_one_believed() -> None:
    page = tiktok(tiktok_row("a"), before=SAVED)
    assert read(page, "https://seller-us.tiktok.com/order") is None
    assert read(page, "https://elsewhere.example/chat/inbox") is None
    found = read(page, "https://seller-th.tiktok.com/chat/inbox/current?oec_seller_id=7494000000000000009")
    assert found is not None
    assert (found["thread"]["shop"], found["thread"]["region"]) == ("7494000000000000009", "TH")


def test_a_known_address_whose_page_is_not_there_says_what_is_missing() -> None:
    found = read("<html><body><p>Loading</p></body></html>", TIKTOK)
    assert missing(found)[0] == "root"
    assert found is not None
    assert found["messages"] == []


def test_a_page_nobody_described_is_none() -> None:
    assert read("<html><body><p>Hello</p></body></html>") is None


@pytest.mark.parametrize(
    "url", ["HTTPS://SELLER-US.TIKTOK.COM:443/chat/./x/../inbox?oec_seller_id=7494000000000000001"]
)
def test_addresses_are_compared_as_browsers_write_them(url: str) -> None:
    found = read(tiktok(tiktok_row("a")), url)
    assert found is not None
    assert found["thread"]["shop"] == "7494000000000000001"


def test_the_keys_are_those_of_every_kind_of_page() -> None:
    found = healthy(read(tiktok(tiktok_row("a")), TIKTOK))
    assert {
        "marketplace",
        "page",
        "health",
        "messages",
        "threads",
        "composer",
        "listing",
        "notices",
        "kpis",
        "orders",
    } <= {*found}
    assert found["page"] == "chat"
    assert len(load().marketplaces) >= 2
