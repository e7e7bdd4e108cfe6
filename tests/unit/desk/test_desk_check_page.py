"""The dashboard's pages of checking in a real Chromium: files, report, own rules; and every text they ask for."""

from __future__ import annotations

import csv
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from companion.conversations.checked import Check, Found, digest_of
from companion.locales import catalogue
from companion.protocol.methods.checks import OwnWord
from companion.protocol.pages import Marketplace

from .fakes import Office, open_office, seen, until
from .test_desk_bulk_check import TABLE
from .test_desk_dashboard_page import LISTING, STATIC, browser, enter, held, leave, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]
PANEL = STATIC.parents[2] / "extension" / "src" / "pages" / "panel"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path)
    office.rules.marketplaces = [Marketplace(name="ebay", title="eBay", hosts=[], pages=[])]
    office.archive.see(seen(("k1", "buyer", "Hola"), ("k2", "seller", "whatsapp me")))
    yield office
    office.running.stop()


def handed(page: Page, *files: tuple[str, str]) -> None:
    given: Any = [{"name": name, "mimeType": "text/plain", "buffer": content.encode()} for name, content in files]
    page.set_input_files(".bulk input[type=file]", given)


def slowly(shop: Office, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Listings are checked once the event is set."""
    go_on = threading.Event()
    place = shop.room.checking.place

    def waiting(*about: Any, **more: Any) -> Any:
        assert go_on.wait(20)
        return place(*about, **more)

    monkeypatch.setattr(shop.room.checking, "place", waiting)
    return go_on


@pytest.mark.parametrize("prefix", ["bulk_", "ownrules_"])
def test_every_text_the_pages_ask_for_is_there_and_none_is_left_over(prefix: str) -> None:
    script = "".join(path.read_text("utf-8") for path in (*STATIC.glob("*.js"), *PANEL.rglob("*.ts")))
    script = script.replace("{kind.name}", "{kind}").replace("{this.kind.name}", "{kind}")
    names = set(re.findall(rf"{prefix}[a-z0-9_]+", script))
    keys = {key for key in catalogue() if key.startswith(prefix)}
    made = tuple(name for name in names if name.endswith("_"))
    assert {name for name in names - keys if not (name in made and any(key.startswith(name) for key in keys))} == set()
    lists = {f"ownrules_{part}{rest}" for part in ("words", "brands", "waivers") for rest in ("", "_lead", "_none")}
    assert {key for key in keys - names - lists if not key.startswith(made)} == set(), "texts nobody shows"


@pytest.mark.e2e
def test_files_are_dropped_read_sorted_excused_and_exported(
    browser: Browser, shop: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = enter(browser, shop, locale="en-US", accept_downloads=True)
    page.click('nav a[href="#check"]')
    go_on = slowly(shop, monkeypatch)
    handed(page, ("shop.csv", TABLE), ("old.xls", "x"))
    expect(page.get_by_role("status").filter(has_text="Checking shop.csv: 0 of 3")).to_be_visible()
    visit(page, "settings")  # it goes on while the seller looks at something else
    expect(page.locator("main h1")).to_have_text("Settings")
    go_on.set()
    visit(page, "check")
    expect(page.locator(".files li")).to_have_count(2)
    expect(page.locator(".files .fail")).to_contain_text("old.xls")
    rows = page.locator("table.found tbody tr")
    expect(rows).to_have_count(3)
    # the level first, and in it as the file has them; what looks like markup is text
    expect(rows.nth(1)).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.evaluate("document.querySelectorAll('main img').length") == 0
    expect(rows.nth(0).locator("mark")).to_have_text("WhatsApp")
    page.click('[data-sort="listing"]')
    page.click('[data-sort="listing"]')
    expect(rows.first).to_contain_text("L-3")
    page.click(".chip >> text=Warnings")
    expect(rows).to_have_count(1)
    expect(rows.first.locator("mark")).to_have_text("velcro")
    with page.expect_download() as download:
        page.click('[data-format="csv"]')
    saved = download.value.path().read_text("utf-8-sig").splitlines()
    assert [line["SKU"] for line in csv.DictReader(saved)] == ["L-1"]
    rows.first.locator("summary").click()
    rows.first.get_by_label("Not for me, because").fill("our own straps")
    rows.first.locator("form select").select_option("all")
    page.keyboard.press("Tab")
    rows.first.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Nothing fits these filters")).to_be_visible()
    page.click(".chip >> text=Excused")
    expect(rows.first).to_contain_text("Excused: our own straps")
    [kept] = shop.room.checking.waivers.all()
    assert (kept.rule, kept.text, kept.item, kept.marketplace) == ("made/mark", "velcro", "", "")
    # a rule of a long name must not push the fields out of a narrow window
    page.set_viewport_size({"width": 360, "height": 740})
    named = "rules.hidden = false, rules.add(new Option('x'.repeat(60)))"
    page.evaluate(f"() => {{ const rules = document.querySelectorAll('.narrowing select')[1]; {named} }}")
    assert page.evaluate("document.querySelector('.narrowing input').getBoundingClientRect().right") < 350
    page.fill("#paste-text", "best on 微信")
    page.click(".pasting button[type=submit]")
    expect(page.locator(".pasted mark")).to_have_text("微信")
    leave(page)


@pytest.mark.e2e
def test_own_rules_are_kept_and_count_for_listings_and_messages(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop, locale="en-US", width=360)
    visit(page, "own/words")
    page.get_by_role("button", name="Forbid a word").click()
    save = page.get_by_role("button", name="Save")
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("Enter at least one word")
    page.get_by_label("Words, one a line").fill("Rival\n  <b>cheap</b> ")
    page.get_by_label("Level").select_option("error")
    save.click()
    entry = page.locator("[data-entry]")
    expect(entry).to_contain_text("Rival · <b>cheap</b>")
    [word] = shop.room.checking.words.all()
    assert (word.words, word.level, word.applies_to) == (["Rival", "<b>cheap</b>"], "error", ["listing", "message"])
    entry.get_by_role("button", name="Change “Rival”").click()
    page.get_by_label("messages to buyers").uncheck()
    held(page, '"words.list"')
    save.click()
    save.click()  # once more while it is on its way
    until(lambda: shop.room.checking.words.all()[0].applies_to == ["listing"])
    form = page.locator("form.entering")
    expect(form).to_have_count(1)
    page.evaluate("letGo()")
    expect(form).to_have_count(0)
    # by then the list is drawn anew: nothing that is pressed now goes away under the finger
    assert "listings · All marketplaces" in entry.inner_text()
    entry.get_by_role("button", name="Remove").dblclick()  # who clicks twice by habit is still asked
    entry.get_by_role("button", name="Really remove").click()
    expect(page.get_by_text("No word is forbidden yet.")).to_be_visible()

    visit(page, "own/brands")
    page.get_by_role("button", name="Add a brand").click()
    page.get_by_label("Brand", exact=True).fill("Velcro")
    page.get_by_label("Valid until").fill("2026-11-29")
    save.click()
    expect(entry).to_contain_text("Ended 2026-11-29 and no longer counts")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    visit(page, "check")
    expect(page.get_by_text("authorisations that have ended or end within 30 days: 1")).to_be_visible()

    broken = Found("made/contact", 1, "error", "text", "whatsapp")
    shop.archive.checks.of_messages = [Check(1, digest_of(["whatsapp me"]), "p", [broken], True, 1.0, 1.0)]
    shop.room.checking.words.put(OwnWord(words=["wipe clean"], level="error"), 1.0)
    visit(page, LISTING)
    expect(page.get_by_text("Not checked yet.")).to_be_visible()
    page.get_by_role("button", name="Check now").click()
    expect(page.locator(".pasted mark")).to_have_text("Wipe clean")
    assert not re.search(r"^[0-9]+$", page.locator(".threads").inner_text(), re.M), "a place in the list is no seat"
    ((market, _, account, number, _, _, findings, _),) = shop.archive.checks.listings
    assert (market, account, number) == ("tiktok", "7490001", "LB-72-GRY")
    assert [(one.field, one.text) for one in findings] == [("description", "Wipe clean")]
    visit(page, "search")
    page.wait_for_selector("#query")
    expect(page.locator(".threads li")).not_to_have_count(0)
    assert not re.search(r"^[0-9]+$", page.locator(".threads").inner_text(), re.M)
    visit(page, "thread/1")
    expect(page.locator(".bubble.seller")).to_contain_text("Sent anyway: rule made/contact")
    expect(page.locator(".bubble.buyer")).not_to_contain_text("Sent anyway")
    leave(page)
