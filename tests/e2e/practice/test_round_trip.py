"""What ``companion.pages`` reads of a captured living page is what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from companion.marketplaces import load
from companion.pages.capture import capture
from companion.pages.document import Saved
from companion.pages.recognise import recognise
from companion.pages.report import report
from companion.practice.browser import PracticeBrowser

if TYPE_CHECKING:
    from playwright.sync_api import Page

TIKTOK = "/chat/inbox/current?lang=en"
SHOPEE = "/new-webchat/conversations"


def read(page: Page) -> dict[str, Any]:
    """The captured page as ``seabridge marketplace test`` would read the saved file, by its own address."""
    taken = capture(page)
    assert not taken.truncated
    found = recognise(Saved(taken.html.encode()), load().marketplaces, "")
    assert found is not None, "not recognised"
    return report(found, observed_at=1_763_800_000.0, zone="")


def said(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["author"], one["text"]) for one in result["messages"] if one["author"] != "system"]


@pytest.mark.parametrize(("buyer", "url"), [("emily", TIKTOK), ("dewi", TIKTOK), ("mariana", SHOPEE), ("ploy", SHOPEE)])
def test_a_living_chat(practice_shop: PracticeBrowser, buyer: str, url: str) -> None:
    shop = practice_shop.shop
    account = shop.accounts[shop.buyers[buyer].account]
    shop.arrive(buyer)
    page = practice_shop.page(f"https://{account.host}{url}")
    page.get_by_text(shop.buyers[buyer].name).first.click()
    expected = [(one.direction, one.text) for one in shop.thread(buyer).messages if one.direction != "system"]
    # the list shows the last line too; the one before it stands in the conversation alone
    for _, text in expected[-2:]:
        expect(page.get_by_text(text).last).to_be_visible()
    result = read(page)
    assert said(result) == expected
    assert result["page"] == "chat"
    assert result["health"]["ok"], result["health"]
    assert result["account"]["region"] == account.region
    assert result["thread"]["buyer"] == shop.buyers[buyer].name
