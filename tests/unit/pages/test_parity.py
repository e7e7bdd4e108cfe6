"""The saved page is read as the living one: the same rows as the extension's own reader in Chromium."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from companion.marketplaces import load, rules_dir
from companion.pages.chat import Chat
from companion.pages.document import Saved
from companion.pages.reading import Reading
from companion.pages.recognise import recognise
from companion.pages.select import MOST, matches
from companion.practice.browser import PracticeBrowser, open_practice
from companion.practice.pairing import until
from companion.practice.shop import PracticeShop
from companion.practice.world import Settings
from companion.protocol.pages import Marketplace

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page, Playwright

pytestmark = pytest.mark.e2e

CHATS = {
    "tiktok-us": "https://seller-us.tiktok.com/chat/inbox/current?lang=en",
    "tiktok-uk": "https://seller-uk.tiktok.com/chat/inbox/current",
    "tiktok-id": "https://seller-id.tiktok.com/chat/inbox/current",
    "shopee-sg": "https://seller.shopee.sg/new-webchat/conversations",
    "shopee-br": "https://seller.shopee.com.br/new-webchat/conversations",
    "shopee-th": "https://seller.shopee.co.th/new-webchat/conversations",
    "shopee-vn": "https://banhang.shopee.vn/new-webchat/conversations",
}
NAMES = '[data-testid="chat.chatroom.conversation_card_username"], [data-cy="webchat-conversation-cell-name"]'
BUYERS = ["emily", "lucia", "ivan", "camille", "jonas", "omar", "dewi", "haruka", "minjun", "mariana", "ploy", "linh"]
Row = tuple[str, str, str, tuple[str, ...]]


@cache
def rules() -> list[Marketplace]:
    return load().marketplaces


def saved_rows(markup: str, url: str) -> tuple[list[Row], dict[str, str], list[str]]:
    """Rows, identity and what is missing of a saved page."""
    found = recognise(Saved(markup.encode()), rules(), url)
    if found is None or not found.drawn or not isinstance(found.read, Chat):
        return [], {}, ["root"]
    chat = found.chat
    who = {name: getattr(chat.identity, name) for name in ("shop", "region", "thread", "buyer")}
    return (
        [(row.direction, row.text, row.time, row.images) for row in chat.rows],
        who,
        [fault.field for fault in chat.missing],
    )


def chat_rows(markup: str, url: str) -> list[Any]:
    """The rows with what is doubtful about each."""
    found = recognise(Saved(markup.encode()), rules(), url)
    return list(found.chat.rows) if found else []


def live_rows(read: dict[str, Any]) -> list[Row]:
    return [(row["direction"], row["text"], row["time"], tuple(row["images"])) for row in read["rows"]]


@pytest.fixture(scope="module")
def window(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, reader: str) -> Iterator[PracticeBrowser]:
    settings = Settings(mount_ms=40, poll_ms=80, every_ms=0, pace=0.0)
    shop = PracticeShop(settings=settings, live=False)
    profile = tmp_path_factory.mktemp("profile")
    with open_practice(shop, profile, headless=True, locale="en", playwright=playwright) as browser:
        browser.context.add_init_script(reader)
        yield browser


def open_chat(window: PracticeBrowser, buyer: str) -> Page:
    shop = window.shop
    shop.arrive(buyer)
    shop.say(buyer, "Do you ship 2 by 9:30?\nsecond line")
    person = shop.buyers[buyer]
    page = window.page(CHATS[person.account])
    page.locator(NAMES, has_text=person.name).first.click()
    row = '[data-testid="chat.chatroom.message_card"], [data-cy="webchat-message-receive"]'
    page.locator(row, has_text="second line").first.wait_for()
    return page


# -- case pages ----------------------------------------------------------------------------------------------------

PAGES = sorted((rules_dir() / "marketplaces").glob("*/pages/*.yml"))


def cases_of(kind: str) -> list[tuple[Path, str]]:
    """Description and case for every case of a kind of page."""
    pages = ((path, yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)) for path in PAGES)
    return [(path, name) for path, page in pages if page["page"] == kind for name in page["cases"]]


def name_of(value: Any) -> str:
    return value if isinstance(value, str) else value.stem


@contextmanager
def case_page(path: Path, name: str, window: PracticeBrowser) -> Iterator[tuple[Frame, str, str]]:
    """A case page under its real address: the frame it stands in, and what a browser would save of it, with address."""
    cases = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["cases"]
    markup = (path.parents[1] / "cases" / f"{name}.html").read_text("utf-8")
    url, outer = cases[name]["url"], cases[name].get("inside")
    bodies = {url: markup}
    if outer:
        frame = f'<iframe src="{html.escape(url)}"></iframe>'
        around = (path.parents[1] / "cases" / f"{outer}.html").read_text("utf-8")
        bodies[cases[outer]["url"]] = around.replace("</body>", frame + "</body>")
    address = cases[outer]["url"] if outer else url
    page = window.context.new_page()
    try:
        page.route(
            lambda address: address in bodies,
            lambda route: route.fulfill(body=bodies[route.request.url], content_type="text/html; charset=utf-8"),
        )
        page.goto(address)
        shown = page.frame(url=url) if outer else page.main_frame
        assert shown is not None
        shown.wait_for_load_state()
        yield shown, bodies[address].replace("></iframe>", f' srcdoc="{html.escape(markup)}"></iframe>'), address
    finally:
        page.close()


@pytest.mark.parametrize(("path", "name"), cases_of("chat"), ids=name_of)
def test_a_case_page_is_read_as_in_the_browser(path: Path, name: str, window: PracticeBrowser) -> None:
    with case_page(path, name, window) as (shown, saved, address):
        live = shown.evaluate("reader.read(wire)")
    rows, who, missing = saved_rows(saved, address)
    if live is None:
        assert (rows, missing) == ([], ["root"])
        return
    assert rows == live_rows(live)
    assert who == live["thread"]
    assert missing == [fault["field"] for fault in live["missing"]] == []


def saved_inbox(markup: str, url: str, description: str) -> dict[str, Any] | None:
    """What the companion reads of one described inbox, as the wire would tell it; None when it is not drawn there."""
    found = recognise(Saved(markup.encode()), rules(), url)
    for one in () if found is None or not found.drawn else (found.read, *found.beside):
        if isinstance(one, Reading) and f"{one.marketplace.name}/{one.page.id}" == description:
            content = [
                {**row, "last": row["last"] or "unknown", "preview": row["preview"][:500]} for row in one.content
            ]
            account = {"shop": one.account.shop, "region": one.account.region}
            return {"account": account, "rows": content, "lost": list(dict.fromkeys(f.field for f in one.missing))}
    return None


@pytest.mark.parametrize(("path", "name"), cases_of("threads"), ids=name_of)
def test_an_inbox_is_read_as_in_the_browser(path: Path, name: str, window: PracticeBrowser) -> None:
    description = f"{path.parents[1].name}/{yaml.load(path.read_text('utf-8'), yaml.CSafeLoader)['id']}"
    with case_page(path, name, window) as (shown, saved, address):
        live = shown.evaluate("name => reader.readThreads(wire, name)", description)
    assert live == saved_inbox(saved, address, description)


SELECTORS = """
*; html; :root; body > *; div div; div > div; [class]; [class*="a"]; [class^="c"]; [class$="e"]; [data-testid]; [style]
[role="option"]; [aria-selected="true"]; [data-cy]; [data-cy*="message"]; [data-cy$="receive"]; #root; #app; span; pre
:has(> pre); :has(> * > pre); div:has(pre) > *; :not(div); div:not([class]); :is(pre, span, img); :where(pre) > *
:first-child; :last-child; :only-child; div:nth-child(2); div:nth-last-child(1); div:nth-of-type(2n+1); div:empty
div:first-of-type; pre:last-of-type; pre + *; pre ~ *; div + div; div ~ div; textarea[placeholder]; [type="BUTTON"]
[DATA-TESTID]; [data-testid|="chat"]; [class~="chatd-message"]; button, textarea; :not(:has(*)); [lang|="en"]
[rel~="x"]; :has(textarea) button; :not(body > *); [class="" i]; [role="OPTION" i]; a[href]; [hidden]
img[alt=""]; *|div
"""


@pytest.mark.parametrize("buyer", ["emily", "mariana"])
def test_selectors_find_what_the_browser_finds(buyer: str, window: PracticeBrowser) -> None:
    page = open_chat(window, buyer)
    markup = page.content().replace("<script", "<script type=x ")
    page.close()
    saved = Saved(markup.encode())
    everything = matches(saved.top, "*", saved)
    place = {element: at for at, element in enumerate(everything)}
    asked = [css.strip() for css in SELECTORS.replace("\n", ";").split(";") if css.strip()]
    sheet = window.context.new_page()
    try:
        sheet.set_content(markup)
        live = sheet.evaluate(
            """all => { const every = Array.from(document.querySelectorAll('*'));
            return [every.map(one => one.localName),
                all.map(css => Array.from(document.querySelectorAll(css), one => every.indexOf(one)))]; }""",
            asked,
        )
    finally:
        sheet.close()
    assert [element.tag for element in everything] == live[0], "the same tree"
    assert len(everything) < MOST
    found = {css: [place[element] for element in matches(saved.top, css, saved)] for css in asked}
    assert found == dict(zip(asked, live[1], strict=True))
    assert not saved.refused
    assert sum(1 for hits in found.values() if hits) > 30


# -- the practice shop, drawn and saved -----------------------------------------------------------------------------


@pytest.mark.parametrize("buyer", BUYERS)
def test_a_page_saved_from_the_shop_is_read_as_it_was_shown(buyer: str, window: PracticeBrowser) -> None:
    page = open_chat(window, buyer)
    try:
        for mode in ("", "cycle", "replace"):
            if mode:
                storm = window.shop.start_storm(2, mode=mode)  # type: ignore[arg-type]
                until(page, lambda storm=storm: storm.done, "the storm does not end")  # type: ignore[misc]
            # one moment for both readers
            live, markup = page.evaluate("() => [reader.read(wire), document.documentElement.outerHTML]")
            rows, who, missing = saved_rows(f"<!doctype html>{markup}", page.url)
            assert missing == []
            assert rows == live_rows(live)
            assert who == live["thread"]
            told = [(m.direction, m.text) for m in window.shop.thread(buyer).messages]
            shown = [(direction, text) for direction, text, _, _ in rows if text and direction != "system"]
            kept = [one for one in told if one[1] and one[0] != "system"]
            assert shown == kept[len(kept) - len(shown) :], "a contiguous end of what the shop knows"
            assert ("buyer", "Do you ship 2 by 9:30?\nsecond line") in shown
    finally:
        page.close()


def test_the_mini_chat_saved_in_its_frame_is_read(window: PracticeBrowser) -> None:
    window.shop.arrive("haruka")
    window.shop.say("haruka", "mini line")
    page = window.page("https://seller.shopee.sg/portal/product/list/all")
    try:
        page.locator("#shopee-mini-chat-embedded button").first.click()
        inner = page.frame_locator("#shopee-mini-chat-embedded iframe")
        inner.locator('[data-cy="webchat-conversation-cell-name"]', has_text="haruka").first.click()
        inner.locator('[data-cy="webchat-message-receive"]', has_text="mini line").first.wait_for()
        frame = next(one for one in page.frames if one is not page.main_frame and "/webchat/mini" in one.url)
        content = frame.content()
        around = page.content()
        assert around.count("<iframe ") == 1
        whole = around.replace("<iframe ", f'<iframe srcdoc="{html.escape(content)}" ')
        rows, who, missing = saved_rows(whole, page.url)
    finally:
        page.close()
    assert missing == []
    assert rows[-1][:2] == ("buyer", "mini line")
    assert who["shop"]


# -- the page that changed overnight --------------------------------------------------------------------------------

MUTATE = r"""([kind, seed]) => {
    let state = seed + 1;
    const chance = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const all = Array.from(document.body.querySelectorAll('*'));
    const shuffle = list => { for (let i = list.length - 1; i > 0; i--) {
        const j = Math.floor(chance() * (i + 1)); [list[i], list[j]] = [list[j], list[i]]; } return list; };
    const rows = ['[data-testid="chat.chatroom.message_card"]', '[data-cy="webchat-message-receive"]',
        '[data-cy="webchat-message-send"]'].join();
    const hashed = () => '_' + Math.floor(chance() * 1e9).toString(36);
    const some = (renamed, name) => renamed.has(name) ? renamed.get(name)
        : renamed.set(name, chance() < 0.3 ? hashed() : name).get(name);
    const renamed = new Map();
    if (kind === 'classes') for (const one of all) if (one.classList.length)
        one.setAttribute('class', Array.from(one.classList, hashed).join(' '));
    if (kind === 'some-classes') for (const one of all) if (one.classList.length)
        one.setAttribute('class', Array.from(one.classList, name => some(renamed, name)).join(' '));
    if (kind === 'marks') for (const one of all) for (const name of ['data-testid', 'data-cy'])
        if (one.hasAttribute(name)) one.setAttribute(name, some(renamed, one.getAttribute(name)));
    if (kind === 'wrap') for (const one of all) if (chance() < 0.25 && one.parentElement) {
        const inline = ['SPAN', 'I', 'B', 'IMG'].includes(one.tagName);
        const around = document.createElement(inline ? 'span' : 'div'); one.replaceWith(around); around.append(one); }
    if (kind === 'siblings') for (const row of document.querySelectorAll(rows))
        for (const one of [row, ...row.querySelectorAll('*')])
            if (one.children.length > 1 && Array.from(one.childNodes).every(node => node.nodeType === 1))
                one.append(...shuffle(Array.from(one.children)));
    if (kind === 'order') { const holders = Array.from(document.querySelectorAll(rows), row => row.parentElement)
        .filter(holder => holder.style.position === 'absolute' || holder.style.transform);
        if (holders.length > 1) holders[0].parentElement.append(...shuffle(holders)); }
    return '<!doctype html>' + document.documentElement.outerHTML;
}"""
KINDS = ("classes", "some-classes", "marks", "wrap", "siblings", "order")


@pytest.mark.parametrize("buyer", ["emily", "haruka", "ploy", "dewi"])
def test_a_page_that_changed_is_read_right_or_said_to_have_changed(buyer: str, window: PracticeBrowser) -> None:
    page = open_chat(window, buyer)
    address = page.url
    markup = page.content()
    page.close()
    truth, who, missing = saved_rows(markup, address)
    assert truth
    assert missing == []
    sheet = window.context.new_page()
    survived = dict.fromkeys(KINDS, 0)
    dice = random.Random(7)
    try:
        for kind in KINDS:
            for _ in range(6):
                sheet.set_content(markup.replace("<script", "<script type=x "))
                changed = sheet.evaluate(MUTATE, [kind, dice.randrange(10**6)])
                rows, now, faults = saved_rows(changed, address)
                if faults:
                    continue
                survived[kind] += 1
                # a row whose words were not found is marked as such; all others are read as before
                told = {at for at, row in enumerate(chat_rows(changed, address)) if row.unread}
                same = len(rows) == len(truth) and all(
                    one[0] == other[0] and (one[1] == other[1] or at in told)
                    for at, (one, other) in enumerate(zip(rows, truth, strict=True))
                )
                assert same, f"{kind}: read otherwise and called healthy: {rows} instead of {truth}"
                times = [row[2] for row in rows]
                assert not any(times) or times == [row[2] for row in truth], f"{kind}: {times}"
                assert now["shop"] == who["shop"]
                assert now["thread"] == who["thread"]
    finally:
        sheet.close()
    print(f"{buyer}: pages still read, of 6 each: {survived}")
    for kind in ("siblings", "order"):
        assert survived[kind] == 6, survived


INBOXES = [("tiktok-shop", "inbox", "inbox"), ("shopee", "inbox", "inbox"), ("ebay", "threads", "inbox-de")]


@pytest.mark.parametrize(("market", "stem", "name"), INBOXES, ids=lambda value: str(value))
def test_an_inbox_that_changed_is_doubted_by_both_readers_alike(
    market: str, stem: str, name: str, window: PracticeBrowser
) -> None:
    path = rules_dir() / "marketplaces" / market / "pages" / f"{stem}.yml"
    description = f"{market}/{yaml.load(path.read_text('utf-8'), yaml.CSafeLoader)['id']}"
    dice = random.Random(11)
    doubted = 0
    with case_page(path, name, window) as (shown, saved, address):
        page = shown.page
        truth = shown.evaluate("name => reader.readThreads(wire, name)", description)
        for kind in ("classes", "some-classes", "marks", "wrap"):
            for _ in range(4):
                shown.evaluate("markup => { document.documentElement.innerHTML = markup; }", saved)
                changed = shown.evaluate(MUTATE, [kind, dice.randrange(10**6)])
                live = shown.evaluate("name => reader.readThreads(wire, name)", description)
                kept = saved_inbox(changed, address, description)
                # of a page that both doubt the details may differ: neither tells them as facts
                good = [None if one is None or one["lost"] else one for one in (live, kept)]
                assert good[0] == good[1], kind
                assert good[0] is None or [row["buyer"] for row in good[0]["rows"]] == [
                    row["buyer"] for row in truth["rows"]
                ], f"{kind}: read otherwise and called healthy"
                doubted += good[0] is None
        assert page.url == address
    print(f"{description}: doubted {doubted} of 16")
