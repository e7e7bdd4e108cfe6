"""A chat page that Seabridge no longer understands says so on the toolbar, bar or no bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .conftest import Desk, bar, bubbles, field

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e


def badge(desk: Desk, page: Page) -> dict[str, str]:
    """What the toolbar shows while this tab is in front."""
    assert desk.browser.worker is not None
    page.bring_to_front()
    return dict(
        desk.browser.worker.evaluate(
            """async () => {
                const [{id: tabId}] = await chrome.tabs.query({active: true, lastFocusedWindow: true});
                return {text: await chrome.action.getBadgeText({tabId}), title: await chrome.action.getTitle({tabId})};
            }"""
        )
    )


def test_a_page_without_a_composer_is_marked_on_the_toolbar(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("lucia", "¿Tienen este modelo en azul?")
    page = desk.tiktok("lucia")
    bubbles(page).first.wait_for()
    bar(page).wait_for()
    composer = field(page).evaluate_handle("e => e")
    page.evaluate("e => { window.kept = [e, e.parentNode]; e.remove(); }", composer)
    bar(page).wait_for(state="detached")
    eventually(lambda: badge(desk, page)["text"] == "?", 15)
    assert "页面有变化" in badge(desk, page)["title"]
    other = desk.shopee("mariana")
    assert badge(desk, other)["text"] != "?", "the mark belongs to its tab"
    page.evaluate("() => kept[1].append(kept[0])")
    eventually(lambda: badge(desk, page)["text"] != "?", 15)
    assert "页面有变化" not in badge(desk, page)["title"]
