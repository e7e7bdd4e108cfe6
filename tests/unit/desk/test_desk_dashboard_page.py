"""The dashboard in a real Chromium: opened once, used by hand and keyboard, closed to every other page."""

from __future__ import annotations

import dataclasses
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from companion.conversations.manuals import NewManual
from companion.desk.client import ORIGIN
from companion.locales import LOCALES, catalogue
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import ThreadMarkParams
from companion.protocol.methods.desk import PairingListResult
from companion.protocol.methods.inbox import InboxRef, InboxRow, InboxSeenParams
from companion.protocol.pages import Marketplace
from companion.protocol.values import Hold, LaterText, ThreadMarks

from .fakes import Office, open_office, seen, until
from .test_desk_keeping import FakeKeeper, FakeLooking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

STATIC = Path(__file__).parents[3] / "companion" / "desk" / "static"
PROBES = Path(__file__).parent / "probes"
PAGES = ("overview", "search", "catalogue", "check", "rules", "keeping", "pairing", "languages", "settings")
LISTING = "listing/tiktok/7490001/US%2F1729400000000000001"
LONG = "How much is shipping to Leeds? I need it before Friday, the last parcel took nine days and nobody answered."


def test_every_text_the_pages_ask_for_is_in_the_catalogue() -> None:
    script = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    names = set(re.findall(r"dash_[a-z0-9_]+", script))
    keys = {key for key in catalogue() if key.startswith("dash_")}
    assert {n for n in names if n not in keys and not (n.endswith("_") and any(k.startswith(n) for k in keys))} == set()
    prefixes = tuple(name for name in names if name.endswith("_"))
    described = {f"{name}_more" for name in names}
    assert {key for key in keys - names - described if not key.startswith(prefixes)} == set(), "texts nobody shows"


def test_the_pages_never_write_html() -> None:
    for path in STATIC.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", path.read_text("utf-8"))


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    from companion.practice.browser import chromium

    opened = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox", "--disable-quic"])
    yield opened
    opened.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path)
    office.rules.marketplaces = [Marketplace(name="tiktok", title="TikTok Shop", hosts=[], pages=[])]
    office.archive.see(
        seen(("k1", "buyer", "Quiero un reembolso"), ("k2", "seller", "¿Por qué?"), ("k3", "buyer", LONG))
    )
    office.room.open_keeper = FakeKeeper
    yield office
    office.running.stop()


def enter(browser: Browser, office: Office, *, width: int = 1280, locale: str = "zh-CN", **context: Any) -> Page:
    """The dashboard, freshly opened; whatever the browser complains about fails the test."""
    page = browser.new_context(viewport={"width": width, "height": 800}, locale=locale, **context).new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints  # type: ignore[attr-defined]
    page.goto(office.desk.dashboard_url())
    page.wait_for_selector(".checks")
    return page


def visit(page: Page, address: str) -> None:
    """Another page of the dashboard, once it stands there: the one before is not it."""
    page.evaluate(
        """address => {
            if (location.hash === `#${address}`) return;
            document.querySelector('main').querySelector('h1').dataset.left = '';
            location.hash = address;
        }""",
        address,
    )
    page.wait_for_selector("main h1:not([data-left])")


def held(page: Page, words: str) -> None:
    """Requests with these words in them wait for ``letGo()``, as behind a slow companion."""
    page.evaluate(
        """words => { const real = window.fetch; const gate = new Promise(done => { window.letGo = done; });
            window.fetch = async (path, asked) => {
                if (String(asked?.body).includes(words)) await gate;
                return real(path, asked); }; }""",
        words,
    )


def leave(page: Page) -> None:
    assert page.complaints == []  # type: ignore[attr-defined]
    page.context.close()


def changed(shop: Office) -> None:
    """The page shows another text for the first message now, and no longer the third."""
    shop.archive.later[1] = [LaterText(text="Quiero un <b>cambio", cut=True, seen_at=1788420600.0, hits=[])]
    shop.archive.gone[3] = 1788420700.0


@pytest.mark.e2e
@pytest.mark.parametrize("width", [360, 820, 1280])
@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_every_page_fits_and_speaks_the_language(browser: Browser, shop: Office, width: int, locale: str) -> None:
    changed(shop)
    row = InboxRow(buyer="Lucía Peña de la Torre", preview=LONG, last="buyer", unread=1)
    inbox = InboxRef(marketplace="tiktok", shop="1", region="US")
    shop.archive.inboxes.see(InboxSeenParams(inbox=inbox, rows=[row], observed_at=1788420600.0))
    page = enter(browser, shop, width=width, locale=locale)
    tall = "[...document.querySelectorAll('.threads .strong')].filter(e => e.offsetHeight > 60).map(e => e.innerText)"
    assert page.evaluate(tall) == [], "a name is not squeezed into a column of letters"
    manual = "Handbuch-Faltkorb-2026-DE-mehrsprachig.pdf"
    shop.archive.manuals.put(NewManual(manual, "application/pdf", "de", b"x" * 2_400, [], ["LB-72"]), 1.0)
    for name in (*PAGES, "thread/1", "story/1", "import", LISTING):
        visit(page, name)
        page.wait_for_timeout(150)  # what comes later than its page must fit as well
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        cut = page.evaluate(
            "[...document.querySelectorAll('main *, nav *')]"
            ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className || e.tagName)"
        )
        assert cut == [], name
        shown = page.inner_text("body")
        assert not re.search(r"\b(dash|doctor|error)_[a-z]", shown), name
        assert bool(re.search("[一-龥]", page.inner_text("nav"))) == (locale == "zh-CN")
        if name == "catalogue":
            # a small file is not told in tenths of a megabyte
            expect(page.locator("main")).to_contain_text("2 kB")
    leave(page)


@pytest.mark.e2e
def test_a_link_opens_it_once(browser: Browser, shop: Office) -> None:
    url = shop.desk.dashboard_url()
    first, second = browser.new_context().new_page(), browser.new_context().new_page()
    first.goto(url)
    first.wait_for_selector(".checks")
    assert "ticket" not in first.url
    first.reload()
    first.wait_for_selector(".checks")
    second.goto(url)
    second.wait_for_selector("body.locked h1")
    first.evaluate("document.body.dataset.before = ''")
    first.goto(shop.desk.dashboard_url())  # a fresh link in a tab that is open
    first.wait_for_selector("body:not([data-before]) .checks")
    for page in (first, second):
        page.context.close()


@pytest.mark.e2e
def test_an_expired_session_says_how_to_come_back(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop)
    shop.desk.dashboard_tokens._open.clear()
    # what looks for pairings may have found out before the press
    page.evaluate("""document.querySelector('nav a[href="#languages"]')?.click()""")
    page.wait_for_selector("body.locked h1")
    assert "seabridge dashboard" in page.inner_text("body")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('code'))")
    page.wait_for_timeout(2_000)  # longer than it waits between two looks for pairings
    assert page.evaluate("getSelection().toString()") == "seabridge dashboard"
    page.context.close()


@pytest.mark.e2e
def test_the_seller_pairs_and_revokes(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop)
    shown: list[str] = []
    done: list[Any] = []

    def extension() -> None:
        with shop.client() as client:
            done.append(client.pair(lambda _, digits: shown.append(digits)))

    thread = threading.Thread(target=extension)
    thread.start()
    page.wait_for_selector(".pending")
    until(lambda: shown)
    assert page.inner_text(".digits").replace("\n", "") == shown[0]
    assert ORIGIN in page.inner_text(".pending")
    page.click(".pending button.main")
    thread.join(30)
    assert done
    expect(page.locator(".pending")).to_have_count(0)  # its end draws the list of the paired anew
    page.click('nav a[href="#pairing"]')
    page.wait_for_selector(".rows li")
    revoke = page.locator(".rows button")
    revoke.click()
    assert shop.desk.keys.everyone().keys, "the first click only asks"
    revoke.click()
    until(lambda: shop.desk.keys.everyone() == PairingListResult(keys=[]))
    leave(page)


@pytest.mark.e2e
def test_the_seller_refuses_in_the_browser(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop)
    codes: list[str] = []

    def extension() -> None:
        from companion.protocol.errors import SeabridgeError

        with shop.client() as client:
            try:
                client.pair(lambda *_: None)
            except SeabridgeError as error:
                codes.append(error.code)

    thread = threading.Thread(target=extension)
    thread.start()
    page.click(".pending .actions button:not(.main)")
    thread.join(30)
    assert codes == ["pairing_refused"]
    leave(page)


@pytest.mark.e2e
def test_with_several_shops_a_line_names_its_own(browser: Browser, shop: Office) -> None:
    shop.archive.shops = 2
    keeper = shop.room.keeper
    keeper.elsewhere, keeper.away = 3, ("F:\\backup",)
    page = enter(browser, shop, locale="en-US")
    expect(page.locator(".threads li").first).to_contain_text("TikTok Shop · Shop 7490001")
    card = page.locator(".card", has=page.get_by_role("heading", name="Backups"))
    expect(card).to_contain_text("There is no backup in this folder yet")
    expect(card).to_contain_text("In other folders: 3.")
    expect(card).to_contain_text("F:\\backup")
    page.click('nav a[href="#search"]')
    page.fill("#query", "reembolso")
    expect(page.locator(".threads li").first).to_contain_text("TikTok Shop · Shop 7490001 · Buyer")
    leave(page)


@pytest.mark.e2e
def test_a_backup_at_a_click(browser: Browser, shop: Office) -> None:
    shop.room.open_keeper = FakeKeeper
    keeper = shop.room.keeper
    page = enter(browser, shop, locale="en-US")
    card = page.locator(".card", has=page.get_by_role("heading", name="Backups"))
    card.get_by_text("There is no backup yet").wait_for()
    card.get_by_role("button").click()
    card.get_by_role("button", name="Backing up").wait_for()
    keeper.go.set()
    card.get_by_text("Backups: 1, 5 MB").wait_for()
    assert card.get_by_role("button", name="Back up now").is_enabled()
    keeper.trouble = SeabridgeError(ErrorCode.BACKUP_FAILED, path="E:\\usb", problem="unplugged")
    card.get_by_role("button").click()
    card.get_by_role("alert").get_by_text("could not be written to E:\\usb: unplugged").wait_for()
    leave(page)


@pytest.mark.e2e
def test_keeping_is_decided_without_a_command_line(
    browser: Browser, shop: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.room.open_keeper = FakeKeeper
    keeper = shop.room.keeper
    keeper.go.set()
    shop.archive.hold(1, None)
    page = enter(browser, shop, locale="en-US")
    page.click('nav a[href="#keeping"]')
    page.fill("#backup-folder", "E:")
    page.get_by_text("There is no such place").wait_for()
    save = page.locator("form:has(#backup-folder) button")
    expect(save).to_be_disabled()
    page.fill("#backup-folder", "/net")
    page.get_by_text("on another computer").wait_for()
    save.click()
    until(lambda: keeper.plan.folder == "/net")
    page.uncheck("#backup-daily")
    page.get_by_label("weeks").fill("0")
    page.keyboard.press("Tab")
    until(lambda: (keeper.plan.daily, keeper.plan.kept.weeks) == (False, 0))

    page.locator("[data-prove]").evaluate("button => { button.dataset.same = '' }")
    page.get_by_role("button", name="Set a passphrase").click()
    page.get_by_label("New passphrase").fill("correct horse")
    for again, told in (("correct hose", "The two differ"), ("correct horse", "Backups made from now on are sealed")):
        page.get_by_label("Once more").fill(again)
        page.locator(".secret button").click()
        page.get_by_text(told).wait_for()
    assert keeper.secret == "correct horse"

    page.locator("[data-prove]").click()
    page.get_by_text("Pictures missing: 1").wait_for()
    # the list was asked for again after each change, and as it is the same nothing was drawn anew under a press
    expect(page.locator("[data-prove][data-same]")).to_have_count(1)
    keeper.trouble = SeabridgeError(ErrorCode.BACKUP_PASSPHRASE, path="/usb")
    page.locator("[data-prove]").click()
    asked = page.get_by_label("Passphrase of this backup")
    asked.fill("of last year")
    [known] = keeper.look.backups()
    older = dataclasses.replace(known, name="seabridge-0123abcd-20260902-072000.zip", at=known.at - 86_400)
    monkeypatch.setattr(FakeLooking, "backups", lambda _: [known, older])
    page.check("#backup-daily")
    expect(page.locator("[data-prove]")).to_have_count(2)
    expect(asked).to_have_value("of last year")
    keeper.trouble = None

    page.select_option("#retention", "12")
    page.get_by_text("would be due now and be erased for good within a day: 30").wait_for()
    assert keeper.plan.months == 0, "shown first"
    rule = page.get_by_role("button", name="Use this rule")
    rule.click()
    page.get_by_role("button", name="Sure? It erases 30").click()
    until(lambda: keeper.plan.months == 12)

    page.locator("summary", has_text="Kept past their time (1)").click()
    expect(page.locator(".threads")).to_contain_text("Maria")

    page.fill("#erase-name", "Ana")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Anabel").wait_for()
    page.fill("#erase-name", "Ben")
    page.keyboard.press("Enter")
    page.get_by_text("/gone").wait_for()
    page.check("#erase-held")
    page.get_by_role("button", name="Erase for good").click()
    page.get_by_role("button", name="Sure?").click()
    page.get_by_text("Erased for good. Conversations: 1, messages: 3").wait_for()
    assert keeper.done[-1] == ([3], True, "Ben")
    leave(page)


@pytest.mark.e2e
def test_a_page_left_while_it_waited_does_not_cover_the_next(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop)
    held(page, "catalogue.list")
    page.evaluate("location.hash = '#catalogue'")
    # it would say "loading" a quarter of a second after it was asked for
    page.wait_for_timeout(100)
    page.evaluate("location.hash = '#settings'")
    heading = page.locator("main h1")
    expect(heading).to_have_text(page.locator('nav a[href="#settings"]').inner_text())
    page.wait_for_timeout(400)
    expect(heading).to_be_visible()
    page.evaluate("window.letGo()")
    leave(page)


@pytest.mark.e2e
def test_finding_a_conversation_by_keyboard(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop)
    page.click('nav a[href="#search"]')
    page.focus("#query")
    page.keyboard.type("reembolso")
    expect(page.locator(".threads mark")).to_have_text("reembolso")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".talk")
    assert page.locator("[data-here]").inner_text().startswith("Quiero un reembolso")
    assert page.locator(".bubble.seller").count() == 1
    page.go_back()
    page.wait_for_selector("#query")
    assert page.input_value("#query") == "reembolso", "the search is still there"
    leave(page)


@pytest.mark.e2e
@pytest.mark.parametrize("width", [360, 1280])
def test_a_conversation_opens_at_the_hit_else_at_the_newest(browser: Browser, shop: Office, width: int) -> None:
    shop.archive.see(seen(*((f"m{at}", "buyer" if at % 2 else "seller", f"line {at}") for at in range(40))))
    page = enter(browser, shop, width=width)

    def seen_whole(text: str) -> bool:
        """Whether a bubble stands between the head of the conversation and what is fixed at the bottom."""
        bubble = page.locator(".bubble", has_text=re.compile(rf"\b{text}\b"))
        box, head = bubble.bounding_box(), page.locator(".talk-head").bounding_box()
        assert box is not None
        assert head is not None
        bar = page.locator("nav").bounding_box() if width < 820 else None
        return head["y"] + head["height"] <= box["y"] and box["y"] + box["height"] <= (bar["y"] if bar else 800)

    page.evaluate("location.hash = 'thread/1'")
    page.wait_for_selector(".talk")
    assert seen_whole("line 39")
    assert not seen_whole("line 5")
    page.evaluate("location.hash = 'thread/1/9'")  # the sixth of the forty, behind three
    page.wait_for_selector("[data-here]")
    assert seen_whole("line 5")
    assert not seen_whole("line 39")
    leave(page)


@pytest.mark.e2e
def test_a_search_is_narrowed_and_ordered(browser: Browser, shop: Office) -> None:
    shop.archive.see(seen(("k4", "seller", "Su reembolso salió ayer")))
    page = enter(browser, shop, locale="en-US")
    page.click('nav a[href="#search"]')
    page.fill("#query", "reembolso")
    hits = page.locator(".threads li")
    expect(hits).to_have_count(2)
    expect(hits.first).to_contain_text("salió ayer")
    expect(hits.first).to_contain_text("TikTok Shop · You")
    page.click(".told button[aria-pressed=false]")
    expect(hits.first).to_contain_text("Quiero")
    page.click(".chip >> text=By me")
    expect(hits).to_have_count(1)
    assert page.input_value("#query") == "reembolso from:me"
    page.click(".chip >> text=By me")
    expect(hits).to_have_count(2)
    assert page.input_value("#query") == "reembolso"
    page.fill("#query", "reembolso -lang:es before:soon")
    expect(page.locator(".empty")).to_contain_text("“soon” is not a date")
    page.complaints.clear()  # type: ignore[attr-defined]  # the browser notes every refused request
    page.fill("#query", "reembolso -lang:es")
    page.click(".chip >> text=Not Language: Spanish")
    assert page.input_value("#query") == "reembolso"
    expect(page.locator(".chip", has_text="Not Language")).to_have_count(0)
    page.focus("#query")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1).locator("a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#query")).to_be_focused()
    leave(page)


@pytest.mark.e2e
def test_a_conversation_is_marked_and_its_buyers_story_told(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop)
    page.goto(page.url.split("#")[0] + "#thread/1")
    page.get_by_role("button", name="加星标").click()
    page.locator(".marks .row input").fill("<b>VIP")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="去掉标签 <b>VIP").wait_for()
    page.locator(".marks summary").click()
    page.fill("#note", "下次送小礼物")
    page.get_by_role("button", name="保存").click()
    until(lambda: shop.archive.marks.note == "下次送小礼物")
    assert (shop.archive.marks.star, shop.archive.marks.tags) == (True, ["<b>VIP"])
    page.select_option(".hold select", "until")
    page.fill(".hold input", "2999-12-31")
    until(lambda: shop.archive.kept is not None and shop.archive.kept.until is not None)
    page.get_by_role("link", name="全部往来").click()
    told = page.locator(".story")
    expect(told).to_contain_text("113-1")
    for part in ("<b>VIP", "下次送小礼物", "Quiero", "西班牙语", "保留到 2999年12月31日"):
        expect(told).to_contain_text(part)
    leave(page)


@pytest.mark.e2e
def test_a_late_answer_sets_back_nothing_that_was_done_meanwhile(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop, locale="en-US")
    page.goto(page.url.split("#")[0] + "#thread/1")
    go_on = threading.Event()
    mark, hold = shop.archive.mark, shop.archive.hold

    def late_mark(asked: ThreadMarkParams) -> ThreadMarks:
        done = mark(asked)
        if asked.star is not None:
            go_on.wait(15)
        return done

    def late_hold(thread_id: int, day: float | None) -> Hold:
        done = hold(thread_id, day)
        if day is None:
            go_on.wait(15)
        return done

    shop.archive.mark, shop.archive.hold = late_mark, late_hold  # type: ignore[method-assign]
    page.get_by_role("button", name="Star").click()
    field = page.locator(".marks .row input")
    field.fill("VIP")
    field.press("Enter")
    field.fill("begun")
    page.select_option(".hold select", "on")
    until(lambda: shop.archive.marks.star and shop.archive.kept is not None)
    page.select_option(".hold select", "until")
    with page.expect_event("requestfinished", lambda request: '"star"' in (request.post_data or "")):
        go_on.set()
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(page.get_by_role("button", name="Remove tag VIP")).to_be_visible()
    expect(field).to_have_value("begun")
    page.fill(".hold input", "2999-12-31")
    until(lambda: shop.archive.kept is not None and shop.archive.kept.until is not None)
    assert (shop.archive.marks.star, shop.archive.marks.tags) == (True, ["VIP"])
    leave(page)


@pytest.mark.e2e
def test_whoever_is_quicker_than_the_companion_loses_nothing(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop, locale="en-US")
    page.evaluate("location.hash = 'thread/1'")
    tag, told = page.locator(".marks .row input"), page.locator(".toast")
    tag.wait_for()
    held(page, "thread.mark")
    for text in ("VIP", "late"):
        tag.fill(text)
        tag.press("Enter")
    tag.fill("half a wo")
    page.evaluate("letGo()")
    expect(page.locator(".marks .chip")).to_have_text(["VIP", "late"])
    assert shop.archive.marks.tags == ["VIP", "late"]
    expect(tag).to_have_value("half a wo")

    held(page, "thread.hold")
    page.select_option(".hold select", "on")
    page.select_option(".hold select", "until")
    page.evaluate("letGo()")
    expect(told).to_contain_text("Kept: it stays")
    page.fill(".hold input", "2999-12-31")
    until(lambda: shop.archive.kept is not None and shop.archive.kept.until is not None)

    visit(page, "search")
    page.fill("#query", "reembolso")
    hit = page.locator(".threads a:has(mark)")
    hit.wait_for()
    held(page, '"search"')
    page.fill("#query", "reembolso from:buyer")
    page.focus("#query")
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    hit.evaluate("line => { line.dataset.left = '' }")
    page.evaluate("letGo()")
    expect(page.locator("[data-left]")).to_have_count(0)
    expect(hit).to_be_focused()

    visit(page, "keeping")
    held(page, '"buyer":"Ana"')
    for name in ("Ana", "Ben"):
        page.fill("#erase-name", name)
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Erase for good").wait_for()
    page.evaluate("letGo()")
    page.evaluate("fetch('/dashboard/icon.svg').then(() => null)")  # by then the other answer was heard as well
    page.evaluate("fetch('/dashboard/icon.svg').then(() => null)")
    expect(page.get_by_role("button", name="Erase for good")).to_be_visible()
    leave(page)


@pytest.mark.e2e
def test_what_became_of_messages_is_shown_and_words_are_found(browser: Browser, shop: Office) -> None:
    changed(shop)
    shop.archive.marks.note = "reembolso: lo pagamos"
    page = enter(browser, shop, locale="en-US")
    page.click('nav a[href="#search"]')
    page.fill("#query", "reembolso")
    expect(page.locator(".threads").first).to_contain_text("lo pagamos")
    page.locator(".threads a[href='#thread/1/1']").click()
    bubbles = page.locator(".bubble")
    expect(bubbles.first.locator("mark")).to_have_text(["reembolso"])
    expect(bubbles.nth(2)).to_contain_text("No longer shown on the page since")
    bubbles.first.locator("summary").click()
    expect(bubbles.first.locator("details")).to_contain_text("Quiero un <b>cambio")
    page.locator(".find-in input").fill("que")
    said = page.locator(".find-in [role=status]")
    expect(said).to_have_text("1 / 1")
    expect(page.locator("[data-here]")).to_contain_text("Por qué")
    page.locator(".find-in input").fill("zzz")
    expect(said).to_have_text("None")
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("button", name="Go to the latest").click()
    expect(page.locator("[data-here]")).to_have_count(0)
    leave(page)


@pytest.mark.e2e
def test_a_buyers_words_stay_words(browser: Browser, shop: Office) -> None:
    shop.archive.see(seen(("evil", "buyer", "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>")))
    page = enter(browser, shop)
    page.goto(page.url.split("#")[0] + "#thread/1")
    page.wait_for_selector(".talk")
    assert "<img src=x" in page.inner_text(".talk")
    assert page.locator(".talk img, .talk script").count() == 0
    leave(page)


@pytest.mark.e2e
def test_installing_shows_progress_and_can_be_cancelled(browser: Browser, shop: Office) -> None:
    from companion.protocol.methods.languages import LanguagesListResult

    there = {("es", "en"), ("en", "es"), ("zh", "en"), ("en", "zh")}

    def offered(refresh: bool, engine: str = "argos") -> LanguagesListResult:
        packages = [shop.translator.package(*pair) for pair in sorted(there)]
        for package in packages:
            package.installed = "es" not in (package.source, package.target)
        return LanguagesListResult(packages=packages, index_at=1.0, index_error="")

    shop.translator.list = offered  # type: ignore[method-assign]
    shop.translator.hold.clear()
    page = enter(browser, shop, locale="en-US")
    page.click('nav a[href="#languages"]')
    page.click("[data-install]")
    page.wait_for_selector(".progress:not([hidden])")
    until(lambda: shop.desk.installs.state().progress is not None)
    expect(page.locator("progress")).to_have_js_property("value", 0.5)
    page.click(".progress button")
    until(lambda: shop.desk.installs.state().state == "failed")
    page.wait_for_selector(".progress", state="hidden")
    shop.translator.hold.set()
    page.click("[data-install]")
    until(lambda: (shop.desk.installs.state().source, shop.desk.installs.state().state) == ("zh", "done"))
    leave(page)


@pytest.mark.e2e
def test_settings_are_kept_and_the_locale_changes_at_once(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop)
    page.click(".switch button[lang=en]")
    page.wait_for_selector("nav >> text=Settings")
    until(lambda: shop.room.settings.get().locale == "en")
    page.click('nav a[href="#settings"]')
    page.uncheck("#guard_sending")
    page.select_option("#seller_language", "en")
    now = shop.room.settings.get
    until(lambda: (now().seller_language, now().guard_sending) == ("en", False))
    leave(page)


@pytest.mark.e2e
def test_the_keyboard_reaches_everything(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    page.wait_for_selector(".checks")
    reached = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.hash || document.activeElement.textContent"))
    assert {f"#{name}" for name in PAGES} <= reached
    assert {"中文", "English"} <= reached
    leave(page)


@pytest.mark.e2e
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, shop: Office, scheme: Any) -> None:
    changed(shop)
    page = enter(browser, shop, color_scheme=scheme)
    for name in (*PAGES, "thread/1", LISTING):
        visit(page, name)
        page.wait_for_timeout(250)  # what comes later than its page is looked at as well
        page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished)).then(() => null)")
        assert page.evaluate((PROBES / "contrast.js").read_text("utf-8")) == [], name
    leave(page)


class _Hostile(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>hostile</title>")

    def log_message(self, *_: Any) -> None: ...


@pytest.mark.e2e
def test_a_page_on_another_port_gets_nothing(browser: Browser, shop: Office) -> None:
    """The nearest neighbour there is: the same host, another port, a dashboard open beside it."""
    mine = enter(browser, shop)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = mine.context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
    tried = page.evaluate((PROBES / "hostile.js").read_text("utf-8"), shop.port)
    assert tried == {
        "get": "failed", "post": "failed", "control": "failed", "script": "failed", "socket": "failed",
        "frame": "closed", "storage": None,
    }  # fmt: skip
    assert shop.room.settings.get().locale == "auto", "nothing was changed on the way"
    server.shutdown()
    server.server_close()
    leave(mine)


def test_the_texts_are_there_in_both_locales(office: Office) -> None:
    assert {name for key, entry in catalogue().items() if key.startswith("dash_") for name in entry} == set(LOCALES)
