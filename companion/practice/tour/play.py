"""Plays the scenes: a buyer writes, the seller reads Chinese, answers in Chinese, sends, and both are archived."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..buyer import Buyer
from ..pairing import Companion, pair
from .hands import DidNotHappen, Hands, until
from .scenes import LISTING, SCENES, Listing, Scene
from .transcript import Transcript

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ..browser import PracticeBrowser

_LOCALES = ("zh_CN", "en")


class Tour:
    """One playing of the tour in an open practice window."""

    def __init__(self, browser: PracticeBrowser, companion: Companion, log: Transcript, out: Path) -> None:
        self.browser = browser
        self.shop = browser.shop
        self.companion = companion
        self.log = log
        self.out = out
        self.tabs: list[tuple[str, Page]] = []

    def play(self, scenes: tuple[Scene, ...] = SCENES) -> None:
        """Everything from pairing to the search. Raises StepFailed at the first step that did not happen."""
        with self.log.step("pair"):
            digits = pair(self.browser, self.companion)
        if digits:
            self.log.line("digits", digits=digits)
        for number, scene in enumerate(scenes, 1):
            self.scene(number, len(scenes), scene)
        self.publish(LISTING)
        self.find_again(scenes)

    # -- one conversation ----------------------------------------------------------------------------------------

    def scene(self, number: int, of: int, scene: Scene) -> None:
        """From the buyer's first message to the archived answer."""
        log, buyer = self.log, self.shop.buyers[scene.buyer]
        language = log.t(f"language_{buyer.language}")
        log.line(
            "scene", number=number, of=of, language=language, buyer=buyer.name, place=log.t(f"place_{scene.place}")
        )
        with log.step("writes"):
            self.shop.arrive(buyer.id)
            page = self.browser.page(scene.url)
            hands = Hands(page, scene.place)
            self.tabs.append((f"{number}-{buyer.id}", page))
            hands.open(buyer.name)
            hands.sees(buyer.asks[0].say[-1])
        for line in (*buyer.hello, *buyer.asks[0].say):
            self.read(hands, line)
        if buyer.asks[0].picture:
            with log.step("picture"):
                until(page, lambda: self._pictures_of(buyer), "picture")
        if scene.careless:
            self.careless(hands, buyer, scene.careless)
        for turn, answer in enumerate(scene.answers):
            guarded = bool(scene.careless) and turn == 0
            self.answer(hands, buyer, answer, turn, already_inserted=guarded)
            if turn == 0:
                page.screenshot(path=self.out / f"{self.log.locale}-{number}-{buyer.id}.png")

    def read(self, hands: Hands, line: str) -> None:
        """A buyer's bubble and the Chinese beside it."""
        with self.log.step("reads"):
            chinese = hands.translation_of(line)
        self.log.spoken("buyer", line, chinese)

    def answer(self, hands: Hands, buyer: Buyer, written: str, turn: int, *, already_inserted: bool) -> None:
        """The seller's Chinese, the buyer's language in the composer, the page's Send, the buyer's reaction."""
        log, before = self.log, len(self.shop.sent(buyer.id))
        if already_inserted:
            target = hands.composer_text()
        else:
            with log.step("previews"):
                target, back = hands.write_in_bar(written)
            log.spoken("seller", written, target)
            log.line("back", back=back)
            with log.step("inserts"):
                hands.insert(target)
                if len(self.shop.sent(buyer.id)) != before:
                    raise DidNotHappen("sent without Send")
        with log.step("sends"):
            hands.press_send()
            hands.until(lambda: len(self.shop.sent(buyer.id)) > before, target)
            if self.shop.sent(buyer.id)[before:] != [target]:
                raise DidNotHappen(f"{self.shop.sent(buyer.id)[before:]} ≠ {target}")
            hands.sees(target)
        following = (
            *buyer.asks[turn].pleased,
            *(buyer.asks[turn + 1].say if turn + 1 < len(buyer.asks) else buyer.bye),
        )
        with log.step("reacts"):
            hands.sees(following[-1])
        for line in following:
            self.read(hands, line)
        with log.step("archived"):
            self.archived(hands.page, buyer, following[-1], "buyer")
            self.archived(hands.page, buyer, target, "seller")

    def careless(self, hands: Hands, buyer: Buyer, written: str) -> None:
        """Chinese straight into the page's composer: the guard pauses once and offers to translate."""
        before = len(self.shop.sent(buyer.id))
        self.log.spoken("seller", written)
        with self.log.step("guard"):
            hands.write_in_page(written)
            hands.composer().press("Enter")
            hands.guard("translate").wait_for()
            hands.page.screenshot(path=self.out / f"{self.log.locale}-guard.png")
            if len(self.shop.sent(buyer.id)) != before:
                raise DidNotHappen("Chinese went out")
        with self.log.step("guard_translates"):
            hands.guard("translate").click()
            hands.until(lambda: hands.composer_text() not in ("", written), written)
        self.log.spoken("seller", written, hands.composer_text())

    # -- a listing ------------------------------------------------------------------------------------------------

    def publish(self, listing: Listing) -> None:
        """A forbidden claim typed into a listing editor is underlined, explained, and taken out with one press."""
        log, page = self.log, self.browser.page(listing.url)
        log.line("listing")
        title = page.locator(listing.title)
        with log.step("listing_marked", words=listing.claim):
            title.wait_for()
            allowed = title.input_value()
            title.fill(f"{allowed} {listing.claim}")
            page.locator("[data-seabridge=check] [part=count]").click()
            page.locator("[data-seabridge=check] [part=card] [part=why]").wait_for()
            page.screenshot(path=self.out / f"{log.locale}-listing.png")
        with log.step("listing_mended"):
            page.locator("[data-seabridge=check] [part=remove]").click()
            until(page, lambda: title.input_value() == allowed, allowed)

    # -- the archive ---------------------------------------------------------------------------------------------

    def archived(self, page: Page, buyer: Buyer, words: str, direction: str) -> None:
        """The companion finds this message, once, with this buyer."""
        core = words.strip("¡¿?!.。？！ 😊🙏😢")

        def found() -> list[dict[str, Any]]:
            hits = self.companion.call("search", {"query": f'"{core}"', "limit": 100})["hits"]
            mine = [hit for hit in hits if hit["direction"] == direction and _same_buyer(hit, buyer)]
            return [hit for hit in mine if "".join(span["text"] for span in hit["text"]).strip() == words.strip()]

        until(page, found, words)
        if len(found()) != 1:
            raise DidNotHappen(f"{words}: archived {len(found())} times")

    def _pictures_of(self, buyer: Buyer) -> list[str]:
        """Hashes of the pictures the archive keeps of this buyer."""
        threads = self.companion.call("thread.list", {"limit": 100})["threads"]
        mine = [one["id"] for one in threads if one["buyer"] == buyer.name or one["language"] == buyer.language]
        rows = [row for one in mine for row in self.companion.call("thread.messages", {"thread_id": one})["messages"]]
        return [image for row in rows if row["direction"] == "buyer" for image in row["images"]]

    def find_again(self, scenes: tuple[Scene, ...]) -> None:
        """Chinese words find foreign messages, on the command line and in the side panel."""
        log = self.log
        log.line("search")
        with log.step("search", query="发货"):
            page = self.browser.page(self.browser.own_page("panel.html"))
            page.set_viewport_size({"width": 420, "height": 800})
            until(page, lambda: len(self._buyers_found("发货")) >= 3, "发货")
        names = {self.shop.buyers[scene.buyer].name for scene in scenes}
        with log.step("panel", query="发货"):
            page.locator("input[type=search]").fill("发货")
            results = page.locator("button.item[data-message]")
            until(
                page,
                lambda: (
                    any(name in (results.first.text_content() or "") for name in names) if results.count() else False
                ),
                "发货",
            )
            page.screenshot(path=self.out / f"{log.locale}-panel-search.png")
            results.first.click()
            page.locator("li.bubble.found").wait_for()
        self.tabs.append(("panel", page))

    def _buyers_found(self, query: str) -> set[str]:
        return {hit["buyer"] for hit in self.companion.call("search", {"query": query, "limit": 100})["hits"]}

    # -- pictures ------------------------------------------------------------------------------------------------

    def pictures(self, locales: tuple[str, ...]) -> None:
        """The open pages once more, with Seabridge in each locale."""
        for locale in locales:
            self.companion.call("settings.set", {"locale": locale})
            for name, page in self.tabs:
                page.bring_to_front()
                page.wait_for_timeout(350)
                page.screenshot(path=self.out / f"{locale}-{name}.png")

    def picture_of_failure(self) -> Path | None:
        """What the last page looked like when a step failed."""
        if not self.browser.context.pages:
            return None
        path = self.out / "failed.png"
        self.browser.context.pages[-1].screenshot(path=path)
        return path


def _same_buyer(hit: dict[str, Any], buyer: Buyer) -> bool:
    # TikTok's page need not say who the buyer is; the thread's number is enough there.
    return hit["buyer"] in ("", buyer.name)


def locales_of(choice: str) -> tuple[str, ...]:
    """The locales pictures are taken in."""
    return _LOCALES if choice == "both" else (choice,)
