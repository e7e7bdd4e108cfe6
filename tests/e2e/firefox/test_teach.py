"""A page no rule knows is taught in Firefox by pointing, and translated there.

The lesson is begun by the message the popup's button sends: a driver opens no toolbar popup, so neither the press nor
the ``activeTab`` that comes with it is tried here; the host is granted by the build instead.
"""

from __future__ import annotations

import pytest

from ..teach import mall
from .bidi import Tab
from .conftest import World
from .seller import PART

pytestmark = pytest.mark.e2e

BEGIN = """async host => { const [tab] = await chrome.tabs.query({url: `https://${host}/*`});
    return chrome.runtime.sendMessage({type: 'own.teach', tab: tab.id}); }"""
WORDS = "text => [...document.querySelectorAll('main span')].find(each => each.textContent === text)"
COMPOSER = "document.querySelector('hm-composer').shadowRoot"
TRANSLATED = """() => [...document.querySelectorAll('[data-seabridge="bubble"]')]
    .map(each => each.shadowRoot.querySelector('[part~="translation"]')?.textContent ?? '')
    .find(text => /[\u4e00-\u9fff]/.test(text))"""


def test_a_page_is_taught_and_translated(world: World) -> None:
    world.run(lesson(world))


async def lesson(world: World) -> None:
    page = await world.browser.tab(mall.CHAT)
    await page.size(1280, 760)
    own = await world.browser.tab(world.browser.own("options.html"))
    assert await own.eval(BEGIN, mall.HOST) == {"ok": True}
    await own.close()
    await page.activate()
    await press(page, "kind-chat")
    await point(page, "buyer", f"() => ({WORDS})('¿Cuánto tarda el envío?')")
    await point(page, "seller", f"() => ({WORDS})('About five days.')")
    await point(page, "field", f"() => {COMPOSER}.querySelector('textarea')")
    await point(page, "send", f"() => {COMPOSER}.querySelector('button')")
    await point(page, "name", "() => document.querySelector('.css-h1e2a3')")
    for step in ("shop", "time"):
        await asked(page, step)
        await press(page, "skip")
    await asked(page, "other")
    await page.click("() => document.querySelector('[data-open=\"840018\"]')")
    await page.until(f"() => ({PART})('teach', 'count').textContent", what="the other conversation noticed")
    await press(page, "next")
    await asked(page, "try")
    read = await page.eval(f"() => ({PART})('teach', 'panel').innerText")
    assert "Gracias" in read
    assert "840018" in read
    assert await page.eval("() => window.sent") == [], "pointing at the send button sends nothing"
    await press(page, "save")
    await page.until(f"() => ({PART})('teach', 'saved')", what="the page saved")
    await press(page, "done")
    assert await page.until(TRANSLATED, what="a translation on the taught page")
    folder = world.companion.paths.marketplaces
    assert [path.name for path in folder.glob("*/pages/*.yml")] == ["taught-chat.yml"]


async def asked(page: Tab, step: str) -> None:
    ready = f"step => ({PART})('teach', 'ask')?.dataset.step === step"
    await page.until(ready, step, what=f"the question “{step}”")


async def press(page: Tab, part: str) -> None:
    await page.click(f"() => {{ const it = ({PART})('teach', '{part}'); return it && !it.disabled ? it : null; }}")


async def point(page: Tab, step: str, element: str) -> None:
    """Click on what the question asks for, and go on."""
    await asked(page, step)
    await page.click(element)
    await press(page, "next")
