"""What the popup says of a tab, and what the toolbar shows on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from companion.practice.described import shipped

from ..conftest import Seabridge
from ..popup import popup_over

if TYPE_CHECKING:
    from playwright.sync_api import Page

_BADGE = """url => chrome.tabs.query({}).then(all =>
  chrome.action.getBadgeText({tabId: all.find(tab => tab.url === url).id}))"""


def address(marketplace: str, case: str) -> str:
    """Where a practice page stands."""
    page = next(page for page in shipped() if (page.marketplace, page.case) == (marketplace, case))
    mark = "&" if page.url.query else "?"
    return f"{page.address}{mark}practice_page={case}"


@pytest.fixture
def popup(seabridge_page: Seabridge) -> Callable[[Page], Page]:
    """Opens the popup over a tab, which stays in front."""

    def over(page: Page) -> Page:
        above = popup_over(seabridge_page.browser, page.url)
        page.bring_to_front()
        return above

    return over


#: A first reading waits for the page to settle and for the companion; a slow machine may take its time, in ms.
SOON = 30_000


def badge(popup: Page, page: Page) -> str:
    """The sign on the toolbar icon over a tab."""
    text: str = popup.evaluate(_BADGE, page.url)
    return text


def signed(popup: Page, page: Page, changed: bool) -> None:
    """Wait until the icon says, or no longer says, that the page in the tab has changed; the popup knows it first."""
    for _ in range(200):
        if (badge(popup, page) == "?") is changed:
            return
        popup.wait_for_timeout(50)
    raise AssertionError(f"the toolbar shows {badge(popup, page)!r}")
