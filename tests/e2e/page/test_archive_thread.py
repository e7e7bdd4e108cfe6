"""What a page shows reaches the archive: once, in order, under the right conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import expect

from companion.desk.team_api import Unshared
from companion.protocol.methods.archive import ThreadListResult
from companion.protocol.values import ThreadMarks, ThreadSummary

from .conftest import Desk, bubbles, choose


def test_every_row_in_visual_order_with_its_time(desk: Desk, eventually: Callable[..., None]) -> None:
    for number in range(5):
        desk.shop.say("lucia", f"Pregunta {number}")
    thread = desk.shop.thread("lucia")
    thread.add("system", "Buyer asked for a refund", desk.shop.clock())
    desk.tiktok("lucia")
    eventually(lambda: "Buyer asked for a refund" in desk.office.archive.texts(thread.id))
    [(key, rows)] = desk.office.archive.rows.items()
    assert key == ("tiktok-shop", desk.shop.accounts["tiktok-us"].shop_id, "US", thread.id)
    assert [row.text for row in rows] == [one.text for one in thread.messages]
    assert [row.direction for row in rows] == [one.direction for one in thread.messages]
    assert all(row.time for row in rows), "rows without a time have the time above"
    window = desk.office.archive.windows[0]
    assert (window.page_language, window.thread.buyer, window.dated) == ("en", thread.name, True)
    assert window.timezone


def test_a_long_conversation_goes_in_bounded_pieces(desk: Desk, eventually: Callable[..., None]) -> None:
    for number in range(230):
        desk.shop.say("lucia", f"Pregunta {number}")
    desk.shop.configure(page=400)
    thread = desk.shop.thread("lucia")
    desk.tiktok("lucia")
    eventually(lambda: "Pregunta 229" in desk.office.archive.texts(thread.id), 40)
    assert desk.office.archive.texts(thread.id) == [one.text for one in thread.messages]
    assert max(len(window.messages) for window in desk.office.archive.windows) <= 100


def test_only_what_is_new_is_told(desk: Desk, eventually: Callable[..., None]) -> None:
    for number in range(40):
        desk.shop.say("lucia", f"Pregunta {number}")
    desk.shop.configure(page=100)
    thread = desk.shop.thread("lucia")
    page = desk.tiktok("lucia")
    eventually(lambda: "Pregunta 39" in desk.office.archive.texts(thread.id))
    storm = desk.shop.start_storm(20, gap_ms=12, mode="cycle")
    eventually(lambda: storm.done, 60)
    page.wait_for_timeout(600)
    told = len(desk.office.archive.windows)
    desk.shop.say("lucia", "Una más")
    eventually(lambda: "Una más" in desk.office.archive.texts(thread.id))
    page.wait_for_timeout(600)
    assert len(desk.office.archive.windows) == told + 1
    assert len(desk.office.archive.windows[-1].messages) <= 12
    assert told <= 2, "rendering anew is nothing new"


def test_hurrying_through_conversations_mixes_nothing(desk: Desk, eventually: Callable[..., None]) -> None:
    for number in range(6):
        desk.shop.say("lucia", f"Lucía {number}")
        desk.shop.say("emily", f"Emily {number}")
    desk.shop.configure(poll_ms=30)
    page = desk.tiktok("lucia")
    names = [desk.shop.thread(buyer).name for buyer in ("emily", "lucia")]
    for turn in range(6):
        page.locator("[data-testid='chat.chatroom.conversation_card']", has_text=names[turn % 2]).click()
        page.wait_for_timeout(120 + 60 * turn)
    for buyer, word, other in (("lucia", "Lucía", "Emily"), ("emily", "Emily", "Lucía")):
        thread = desk.shop.thread(buyer).id
        page.locator("[data-testid='chat.chatroom.conversation_card']", has_text=desk.shop.thread(buyer).name).click()
        eventually(lambda w=word, t=thread: f"{w} 5" in desk.office.archive.texts(t))
        assert not [text for text in desk.office.archive.texts(thread) if text.startswith(other)]


def test_the_web_chat_under_the_shops_own_name(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("mariana", "Boa noite")
    page = desk.shopee("mariana")
    expect(bubbles(page).filter(has_text="Boa noite")).to_have_count(1)
    account = desk.shop.accounts["shopee-br"]
    eventually(lambda: desk.office.archive.rows)
    [(key, rows)] = desk.office.archive.rows.items()
    assert key == ("shopee", account.shop_name, "BR", desk.shop.thread("mariana").name)
    assert rows[-1].text == "Boa noite", "the clock is not part of the words"
    assert len(rows[-1].time) == 5


def test_the_mini_chat_is_the_same_conversation(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("haruka", "在庫はありますか？")
    desk.shopee("haruka")
    eventually(lambda: desk.office.archive.rows)
    page = desk.open("https://seller.shopee.sg/portal/product/list/live/all")
    page.locator("#shopee-mini-chat-embedded button").click()
    frame = page.frame_locator("#shopee-mini-chat-embedded iframe")
    choose(frame, desk.shop.thread("haruka").name)
    expect(frame.locator("[data-seabridge=bubble] [part=translation]").last).to_be_visible()
    desk.shop.say("haruka", "青はありますか？")
    eventually(lambda: "青はありますか？" in desk.office.archive.texts(desk.shop.thread("haruka").name))
    assert len(desk.office.archive.rows) == 1


def test_what_was_seen_while_the_companion_was_away_arrives_later(desk: Desk, eventually: Callable[..., None]) -> None:
    thread = desk.shop.thread("lucia")
    desk.shop.say("lucia", "Antes")
    page = desk.tiktok("lucia")
    eventually(lambda: "Antes" in desk.office.archive.texts(thread.id))
    port = desk.office.port
    desk.office.close()
    try:
        desk.shop.say("lucia", "Mientras tanto")
        expect(page.locator("pre", has_text="Mientras tanto")).to_be_visible()
        page.wait_for_timeout(800)
    finally:
        desk.office.open(port)
    eventually(lambda: "Mientras tanto" in desk.office.archive.texts(thread.id), 40)
    texts = desk.office.archive.texts(thread.id)
    assert len(texts) == len(set(texts))


class Team:
    """A team of which somebody is answering conversation 7."""

    def translating(self, language: str) -> Unshared:
        return Unshared()

    def check(self) -> None: ...

    def answers(self, thread_id: int) -> None: ...

    def rename(self, name: str) -> str:
        return name

    def who_answers(self, thread_ids: Sequence[int]) -> dict[int, str]:
        return {7: "前台 Lin"} if 7 in thread_ids else {}


def test_what_a_colleague_archives_comes_into_an_open_panel(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.office.running
    served = desk.office.running.desk
    monkeypatch.setattr(served.room, "team", Team())
    found: list[ThreadSummary] = []
    monkeypatch.setattr(
        desk.office.archive, "threads", lambda *_: ThreadListResult(threads=found, more=""), raising=False
    )
    panel = desk.browser.page(desk.browser.own_page("panel.html"))
    panel.set_viewport_size({"width": 360, "height": 640})
    expect(panel.locator("section").get_by_role("heading").first).to_be_visible()
    assert panel.locator("[data-thread]").count() == 0
    found.append(
        ThreadSummary(
            id=7, marketplace="shopee", shop="1", region="SG", buyer="Nguyễn Văn A", language="vi", messages=1,
            last_direction="buyer", last_text="Bao giờ giao hàng?", last_translation="什么时候发货？", last_at=1.0,
            marks=ThreadMarks(star=False, tags=[], note="", noted_at=0.0),
        )
    )  # fmt: skip
    served.archive_changed()
    expect(panel.locator("[data-thread='7']")).to_contain_text("前台 Lin 正在回复")
    assert panel.evaluate("document.querySelector('main').scrollWidth <= document.documentElement.clientWidth")
