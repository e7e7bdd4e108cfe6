"""A listing editor: its fields translated beside it, read back, and put in at a press."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from ..live.conftest import IN_FRONT, address
from .conftest import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The first reading of a page may take its time on a slow machine, in ms.
SOON = 30_000
TITLE = 'kat-textarea[name="item_name-0-value"] >> visible=true >> textarea'


def opened(desk: Desk, case: str, marketplace: str = "amazon", **size: int) -> Page:
    """An editor with the sheet open, as the popup opens it."""
    page = desk.open(address(marketplace, case), **size)
    popup = desk.browser.context.new_page()
    popup.add_init_script(IN_FRONT.replace("URL", json.dumps(page.url)))
    popup.goto(desk.browser.own_page("popup.html"))
    page.bring_to_front()
    popup.locator("#translate-listing").click(timeout=SOON)
    expect(page.locator("[data-seabridge=listing]")).to_have_count(1)
    return page


def sheet(page: Page, part: str) -> Locator:
    return page.locator(f"[data-seabridge=listing] [part={part}]")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[data-seabridge=listing] [data-field={name}]")


def test_a_field_is_read_back_edited_put_in_and_taken_back(desk: Desk) -> None:
    page = opened(desk, "listing-edit")
    title = page.locator(TITLE).first
    was = title.input_value()
    expect(sheet(page, "translate-all")).to_be_focused()
    sheet(page, "target-language").select_option("de")
    field(page, "title").locator("[part=translate]").click()
    target = field(page, "title").locator("[part=target]")
    expect(target).to_have_value(f"de text of {len(was)} signs")
    target.fill("Tischlampe, weiß")
    expect(field(page, "title").locator("[part=back]")).to_contain_text("译文（Tischlampe, weiß）")
    expect(field(page, "title").locator("[part=count]")).to_contain_text("16 / 200")
    assert title.input_value() == was, "nothing is put in without a press"
    put = field(page, "title").locator("[part=put]")
    put.click()
    expect(title).to_have_value("Tischlampe, weiß")
    expect(put).to_be_focused()
    field(page, "title").locator("[part=undo]").click()
    expect(title).to_have_value(was)

    # whoever typed in the page meanwhile keeps it
    title.fill("Something else")
    put.click()
    expect(field(page, "title").locator("[part=said]")).to_contain_text("没有填入")
    expect(title).to_have_value("Something else")
    # an attribute no description knows
    page.locator('kat-input[name="special_feature-0-value"] input').click()
    expect(field(page, "other-1")).to_contain_text("Dimmable")
    sheet(page, "close").press("Escape")
    expect(page.locator("[data-seabridge=listing]")).to_have_count(0)


def test_an_editor_in_a_frame_takes_lines_and_its_pictures_are_never_lost(desk: Desk) -> None:
    page = opened(desk, "product-frame", "tiktok-shop")
    editor = page.frame_locator("iframe[title=editor]").locator(".ProseMirror").first
    sheet(page, "target-language").select_option("de")
    description = field(page, "description")
    description.locator("[part=translate]").click()
    expect(description.locator("[part=target]")).not_to_have_value("")
    description.locator("[part=target]").fill("erste Zeile\nzweite Zeile")
    description.locator("[part=put]").click()
    expect(editor).to_contain_text("zweite Zeile")
    expect(description.locator("[part=undo]")).to_be_visible()

    # a field no description knows, in the frame as well
    page.frame_locator("iframe[title=editor]").locator("[role=spinbutton]").last.click()
    expect(field(page, "other-1")).to_contain_text("45")

    editor.evaluate("node => node.append(document.createElement('img'))")
    description.locator("[part=translate]").click()
    expect(description.locator("[part=copy]")).to_be_visible()
    expect(description.locator("[part=put]")).to_have_count(0)
