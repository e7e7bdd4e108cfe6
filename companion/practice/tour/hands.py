"""The seller's hands and eyes in the tour: what a person does and sees on a page, through the extension's real UI."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .scenes import Place

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator, Page

#: How long one thing may take before the tour says it did not happen.
PATIENCE_S = 12.0
_STEP_MS = 50
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d{4,}|[0-9A-Z]{10,}")

_ROWS: dict[Place, str] = {"tiktok": '[data-testid="chat.chatroom.message_card"]'}
_SHOPEE_ROWS = '[data-cy="webchat-message-receive"], [data-cy="webchat-message-send"]'
_SHOPEE_INPUT = '[data-cy="webchat-conversation-detail-input"]'


class DidNotHappen(Exception):
    """A step of the tour that could not be seen to happen."""


class Hands:
    """One open chat page."""

    def __init__(self, page: Page, place: Place) -> None:
        self.page = page
        self.place = place
        self.scope: Page | Frame = page

    # -- doing ---------------------------------------------------------------------------------------------------

    def open(self, buyer: str) -> None:
        """Open the buyer's conversation, in the mini chat after opening that."""
        if self.place == "mini":
            self.page.locator("#shopee-mini-chat-embedded button").first.click()
            self.until(lambda: self._mini() is not None, "mini chat")
            self.scope = self._mini() or self.page
        name = {
            "tiktok": '[data-testid="chat.chatroom.conversation_card_username"]',
        }.get(self.place, '[data-cy="webchat-conversation-cell-name"]')
        self.scope.locator(name, has_text=buyer).first.click()

    def write_in_bar(self, text: str) -> tuple[str, str]:
        """Type into the Seabridge bar; returns the target text and the back-translation line once both stand there."""
        field = self.bar("input")
        field.click()
        field.press_sequentially(text, delay=4)
        core = text.rstrip("。！？")
        self.until(lambda: core in self.text_of(self.bar("back")), "back-translation")
        return self.text_of(self.bar("target")), self.text_of(self.bar("back"))

    def insert(self, expected: str) -> None:
        """Enter in the bar: the page's composer has to hold exactly the expected text."""
        self.bar("input").press("Enter")
        self.until(lambda: self.composer_text() == expected, "insert")

    def write_in_page(self, text: str) -> None:
        """Type straight into the page's own composer."""
        self.composer().click()
        self.composer().press_sequentially(text, delay=4)

    def press_send(self) -> None:
        """The page's own Send: the button, or the nameless last icon."""
        if self.place == "tiktok":
            self.scope.locator("#chat-input-send-button").click()
        else:
            self.scope.locator(f"{_SHOPEE_INPUT} i").last.click()

    # -- seeing --------------------------------------------------------------------------------------------------

    def row(self, text: str) -> Locator:
        """The newest bubble with this text."""
        return (
            self.scope.locator(_ROWS.get(self.place, _SHOPEE_ROWS))
            .filter(has=self.scope.locator("pre", has_text=text))
            .last
        )

    def sees(self, text: str) -> None:
        """The message is on the page."""
        self.until(lambda: self.row(text).is_visible(), text)

    def translation_of(self, text: str) -> str:
        """The Chinese beside a bubble: visible, next to it, with every long number of the original in it."""
        beside = self.row(text).locator('[data-seabridge="bubble"] [part="translation"]')
        self.until(lambda: bool(_HAN.search(self.text_of(beside))) and beside.is_visible(), text)
        words = self.text_of(beside)
        missing = [number for number in _NUMBER.findall(text) if number not in words]
        if missing:
            raise DidNotHappen(f"{text} → {words}: {missing}")
        if not _touches(self.row(text).bounding_box(), beside.bounding_box()):
            raise DidNotHappen(f"{text} → {words}: not beside its bubble")
        original = self.row(text).locator("pre").first
        if not original.is_visible():
            raise DidNotHappen(f"{text}: original hidden")
        return words

    def guard(self, part: str) -> Locator:
        """A part of the guard's dialog."""
        return self.scope.locator(f'[data-seabridge="guard"] [part="{part}"]')

    def bar(self, part: str) -> Locator:
        """A part of the bar."""
        return self.scope.locator(f'[data-seabridge="bar"] [part="{part}"]')

    def composer(self) -> Locator:
        """The page's own field."""
        if self.place == "tiktok":
            return self.scope.locator("textarea[placeholder]").first
        return self.scope.locator(f"{_SHOPEE_INPUT} textarea, {_SHOPEE_INPUT} [contenteditable=true]").first

    def composer_text(self) -> str:
        """What stands in it."""
        field = self.composer()
        return str(field.evaluate("node => 'value' in node ? node.value : node.innerText")).strip()

    def text_of(self, found: Locator) -> str:
        """Text of the first match, "" when there is none."""
        return (found.first.text_content() or "").strip() if found.count() else ""

    def until(self, ready: Callable[[], Any], what: str, patience_s: float = PATIENCE_S) -> None:
        """Wait while the pages keep being served. Raises DidNotHappen."""
        until(self.page, ready, what, patience_s)

    def _mini(self) -> Frame | None:
        return next((frame for frame in self.page.frames if "/webchat/mini" in frame.url), None)


def until(page: Page, ready: Callable[[], Any], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until ``ready`` holds. Raises DidNotHappen with ``what``."""
    end = time.monotonic() + patience_s
    while not ready():
        if time.monotonic() > end:
            raise DidNotHappen(what)
        page.wait_for_timeout(_STEP_MS)


def _touches(row: Any, beside: Any) -> bool:
    """Whether the translation lies in, under or next to the row and has a size."""
    if not row or not beside or beside["width"] < 10 or beside["height"] < 8:
        return False
    apart = max(beside["y"] - (row["y"] + row["height"]), row["y"] - (beside["y"] + beside["height"]))
    return bool(apart <= 12)
