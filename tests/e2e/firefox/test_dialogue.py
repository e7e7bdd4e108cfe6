"""One full dialogue in Firefox: pairing, reading, writing, sending, archive and side panel."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from .conftest import World
from .launch import EXTENSION_UUID
from .seller import PART

pytestmark = pytest.mark.e2e

QUESTION = "When will order"
ANSWER = "我们今天就给您发货。"


def test_a_buyers_question_is_answered_and_archived(world: World, tmp_path: Path) -> None:
    world.run(dialogue(world, tmp_path))


async def dialogue(world: World, pictures: Path) -> None:
    seller, shop = world.seller, world.shop
    shop.arrive("emily")
    page = await seller.open("emily")
    assert "订单" in await seller.beside(page, QUESTION)
    order = shop.buyers["emily"].order.number
    await seller.until(lambda: any(order in text for _, text in seller.archived("emily")), "the question archived")

    target, back = await seller.write(page, ANSWER)
    assert "today" in target.lower()
    assert "今天" in back
    await page.press("Enter")
    await page.until("text => document.querySelector('textarea').value === text", target, what="the text inserted")
    assert shop.sent("emily") == [], "only the page's own Send sends"
    await seller.send(page)
    await seller.until(lambda: shop.sent("emily") == [target], "the buyer gets it")
    assert "多" in await seller.beside(page, "How long does delivery take?")
    await page.shot(pictures / "page.png")

    archived = await seller.until(lambda: [a for a in seller.archived("emily") if a == ("seller", target)], "archived")
    assert len(archived) == 1

    def found() -> bool:
        hits = world.companion.call("search", {"query": "发货", "limit": 20})["hits"]
        return shop.buyers["emily"].name in {hit["buyer"] for hit in hits}

    # the question's translation is kept in the background
    await seller.until(found, "found by Chinese words")

    panel = await world.browser.tab(world.browser.own("panel.html"))
    await panel.size(420, 800)
    await panel.click("() => document.querySelector('[data-thread]')")
    await panel.until("text => document.body.innerText.includes(text)", target, what="the answer in the panel")
    await panel.shot(pictures / "panel.png")
    assert ANSWER in await panel.eval("() => document.body.innerText"), "what the seller wrote stands beside it"
    title = await panel.eval("() => document.title")
    await panel.close()

    await page.activate()
    await world.browser.press_shortcut("S")
    wanted = (world.browser.own("panel.html"), title)
    for _ in range(200):
        if (shown := await world.browser.sidebar()) == wanted:
            break
        await asyncio.sleep(0.1)
    assert shown == wanted, "the shortcut opens the sidebar, and the panel's script runs in it"
    await world.browser.shoot_sidebar(pictures / "sidebar.png")
    await page.close()


def test_chinese_typed_into_the_page_pauses_once_before_it_is_sent(world: World) -> None:
    world.run(careless(world))


async def careless(world: World) -> None:
    seller, shop = world.seller, world.shop
    shop.arrive("emily")
    page = await seller.open("emily")
    await seller.beside(page, QUESTION)
    await page.click("() => document.querySelector('textarea')")
    await page.type(ANSWER)
    await page.press("Enter")
    await page.click(f"() => ({PART})('guard', 'translate')")
    await page.until("() => /today/i.test(document.querySelector('textarea').value)", what="the translation instead")
    assert shop.sent("emily") == [], "nothing went out"
    await seller.send(page)
    sent = await seller.until(lambda: shop.sent("emily"), "sent once it is translated")
    assert len(sent) == 1
    assert "today" in sent[0]


def test_the_mini_chat_in_a_frame_is_read_too(world: World) -> None:
    world.run(mini_chat(world))


async def mini_chat(world: World) -> None:
    shop = world.shop
    shop.arrive("haruka")
    page = await world.browser.tab("https://seller.shopee.sg/portal/product/list/live/all")
    await page.click("() => document.querySelector('#shopee-mini-chat-embedded button')")
    frame = await page.frame("/webchat/mini")
    names = "[...document.querySelectorAll('[data-cy=\"webchat-conversation-cell-name\"]')]"
    await frame.click(f"() => {names}.find(each => each.innerText.includes('{shop.buyers['haruka'].name}'))")
    translations = "document.querySelectorAll('[data-seabridge=\"bubble\"]')"
    read = await frame.until(
        f"() => [...{translations}].map(each => each.shadowRoot.querySelector('[part~=\"translation\"]')?.textContent)"
        ".find(text => /[\\u4e00-\\u9fff]/.test(text ?? ''))",
        what="a translation in the frame",
    )
    assert not re.search(r"[\u3040-\u30ff]", read), "Chinese, not the buyer's Japanese"


def test_both_sides_showed_the_same_six_digits(world: World) -> None:
    assert re.fullmatch(r"\d{6}", world.digits)
    keys = world.companion.call("pairing.list")["keys"]
    assert [key["origin"] for key in keys] == [f"moz-extension://{EXTENSION_UUID}"], "bound to this extension's origin"
