"""The extension's popup over a tab, as its button on the toolbar opens it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from companion.practice.browser import PracticeBrowser

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Opened as a tab it would find itself in front.
_IN_FRONT = """const query = chrome.tabs.query.bind(chrome.tabs);
chrome.tabs.query = asked => asked.active
  ? query({}).then(tabs => tabs.filter(tab => tab.url === URL)) : query(asked);"""


def popup_over(browser: PracticeBrowser, url: str) -> Page:
    """The popup over the tab with this address."""
    return browser.page(browser.own_page("popup.html"), _IN_FRONT.replace("URL", json.dumps(url)))
