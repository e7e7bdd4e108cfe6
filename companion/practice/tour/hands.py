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
PATIENCE_S = 20.0
#: How much of a buyer's own words a translation may cover (a chip at a corner does).
COVER = 0.25
_STEP_MS = 50
_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d{4,}|[0-9A-Z]{10,}")

_ROWS: dict[Place, str] = {"tiktok": '[data-testid="chat.chatroom.message_card"]'}
_SHOPEE_ROWS = '[data-cy="webchat-message-receive"], [data-cy="webchat-message-send"]'
_SHOPEE_INPUT = '[data-cy="webchat-conversation-detail-input"]'


#: One measurement of a row, its words (the first text node, without the clock behind it) and the translation beside
#: it, taken in one go because the page may draw anew between two questions. Null while something is not there.
_MEASURE = """row => {
    const host = row.querySelector('[data-seabridge="bubble"]');
    const said = host && !host.hidden && host.shadowRoot.querySelector('[part="translation"]');
    const words = row.querySelector('pre')?.firstChild;
    if (!said || !words) return null;
    const range = document.createRange();
    range.selectNodeContents(words);
    const plain = box => ({x: box.x, y: box.y, width: box.width, height: box.height});
    return {text: said.textContent.trim(), row: plain(row.getBoundingClientRect()),
        words: plain(range.getBoundingClientRect()), beside: plain(said.getBoundingClientRect())};
}"""


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
        """Enter in the bar: the page's composer holds exactly the expected text, and still does when Seabridge has
        made sure of it (it empties its own line then)."""
        self.bar("input").press("Enter")
        self.until(lambda: self.bar("input").input_value() == "", "insert")
        self.until(lambda: self.composer_text() == expected, "insert", 1.0)

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
        """The Chinese beside a bubble: next to it, not on top of it, with every long number of the original in it.

        Raises DidNotHappen with the last reason.
        """
        last = ["no translation", ""]

        def good() -> bool:
            last[0], last[1] = judge(text, self._measure(text))
            return last[0] == ""

        try:
            self.until(good, text)
        except DidNotHappen as late:
            raise DidNotHappen(f"{text} → {last[1]}: {last[0]}") from late
        return last[1]

    def _measure(self, text: str) -> Any:
        from playwright.sync_api import Error

        row = self.row(text)
        try:
            return row.evaluate(_MEASURE, timeout=1000) if row.count() else None
        except Error:  # drawn anew while being looked at
            return None

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


def judge(text: str, seen: Any) -> tuple[str, str]:
    """What is wrong with what stands beside a bubble, "" = nothing; and what stands there. Pure."""
    if seen is None:
        return "no translation", ""
    words = str(seen["text"])
    if not _HAN.search(words):
        return "not Chinese", words
    if missing := [number for number in _NUMBER.findall(text) if number not in words]:
        return f"lost {missing}", words
    if not touches(seen["row"], seen["beside"]):
        return "not beside its bubble", words
    if covered(seen["words"], seen["beside"]) > COVER:
        return "lies on top of the original", words
    return "", words


def touches(row: Any, beside: Any) -> bool:
    """Whether the translation has a size and lies in, under or next to the row. Boxes: x, y, width, height in px."""
    if beside["width"] < 10 or beside["height"] < 8:
        return False
    apart = max(beside["y"] - (row["y"] + row["height"]), row["y"] - (beside["y"] + beside["height"]))
    return bool(apart <= 12)


def covered(words: Any, beside: Any) -> float:
    """Which part of the words' box lies under the translation, 0..1."""
    wide = min(words["x"] + words["width"], beside["x"] + beside["width"]) - max(words["x"], beside["x"])
    high = min(words["y"] + words["height"], beside["y"] + beside["height"]) - max(words["y"], beside["y"])
    area = words["width"] * words["height"]
    return float(max(0.0, wide) * max(0.0, high) / area) if area else 0.0
