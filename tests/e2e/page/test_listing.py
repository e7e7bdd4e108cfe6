"""A listing editor: fields translated beside it and put in; what breaks a rule marked, explained, repaired, excused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from ..live.conftest import address
from ..popup import popup_over
from .conftest import Desk
from .marked import EDITOR, FIELDS, SPEC, marked, marks, ours, words
from .test_editors import bundled

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The first reading of a page may take its time on a slow machine, in ms.
SOON = 30_000
TITLE = 'kat-textarea[name="item_name-0-value"] >> visible=true >> textarea'


def opened(desk: Desk, case: str, marketplace: str = "amazon", **size: int) -> Page:
    """An editor with the sheet open, as the popup opens it."""
    page = desk.open(address(marketplace, case), **size)
    popup = popup_over(desk.browser, page.url)
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


def checked(desk: Desk, marketplace: str, case: str) -> Page:
    """An editor in which nothing is found yet."""
    page = desk.open(address(marketplace, case))
    expect(ours(page, "chip")).to_contain_text("没有发现问题", timeout=SOON)
    return page


def test_words_are_marked_where_they_stand_and_the_page_stays_as_it_is(desk: Desk) -> None:
    page = checked(desk, "amazon", "listing-edit")
    title, bullet = page.locator(TITLE).first, page.locator('[name="bullet_point-1-value"] input')
    attribute = page.locator('[name="special_feature-0-value"] input')
    title.evaluate("node => node.style.width = '420px'")
    count = "new MutationObserver(all => window.changes += all.length).observe"
    options = "{subtree: true, childList: true, attributes: true, characterData: true}"
    page.evaluate(f"window.changes = 0; {count}(document.body, {options})")
    for root in ("[name=item_name-0-value]:visible", "[name=bullet_point-1-value]", "[name=special_feature-0-value]"):
        page.locator(root).last.evaluate(f"node => {count}(node.shadowRoot, {options})")
    title.fill(
        "📦 Velcro lamp, ｗｈａｔｓａｐｐ, and a long text that goes on and on into the second line: write WhatsApp"
    )
    bullet.fill("For a desk: velcro")
    attribute.press_sequentially("微信 ")
    marked(page, attribute, "attribute-3", "微信")
    marked(page, bullet, "bullets-2", "velcro")
    marked(page, title, "title", "Velcro", "ｗｈａｔｓａｐｐ", "WhatsApp")

    # what is typed in front moves the marks at once, what is scrolled away is not marked
    title.press("Home")
    title.press_sequentially("A new ")
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => null)")
    assert set(words(page, "title")) <= {"Velcro", "ｗｈａｔｓａｐｐ", "WhatsApp"}
    bullet.evaluate("node => { node.style.width = '60px'; node.scrollLeft = 0 }")
    marked(page, bullet, "bullets-2")
    attribute.fill("Dimmable")
    marked(page, attribute, "attribute-3")
    assert page.evaluate("window.changes") == 1, "only the width this test itself set"


def test_a_finding_is_explained_repaired_in_the_page_undone_and_excused(desk: Desk) -> None:
    page = checked(desk, "tiktok-shop", "product-edit")
    editor = page.locator("#product_description .ProseMirror")
    editor.locator("li p").first.fill("A velcro strap and a VELCRO bag")
    title = page.locator('[data-id="product.publish.product_name"]')
    title.fill("Basket with velcro")
    expect(marks(page, "description")).to_have_count(2)
    expect(marks(page, "title")).to_have_count(1)
    assert words(page, "description") == ["velcro", "VELCRO"]

    # one click on the words themselves; the page gets it as well
    rect = marks(page, "title").bounding_box()
    assert rect
    page.mouse.click(rect["x"] + 5, rect["y"] + 5)
    card = ours(page, "card")
    expect(card.locator("[part=level]")).to_have_text("警告")
    expect(title).to_be_focused()
    card.locator("[part=repair]").click()
    expect(title).to_have_value("Basket with hook and loop")
    expect(card.locator("[part=said]")).to_contain_text("已改好")
    title.press("ControlOrMeta+z")
    expect(title).to_have_value("Basket with velcro")
    expect(marks(page, "title")).to_have_count(1)

    # in an editor of its own, from the list of all
    ours(page, "chip").click()
    panel = ours(page, "panel")
    expect(panel.locator("article")).to_have_count(3)
    entry = panel.get_by_role("article", name="VELCRO", exact=False).last
    entry.locator("[part=remove]").click()
    expect(editor.locator("li p").first).to_have_text("A velcro strap and a bag")
    expect(panel.locator("article")).to_have_count(2)

    entry = panel.locator("article").last
    entry.locator("[part=waive]").click()
    entry.locator("[part=because]").fill("有授权书 2026-118")
    entry.locator("[part=keep]").click()
    expect(marks(page, "title")).to_have_count(0)
    expect(marks(page, "description")).to_have_count(0)
    expect(ours(page, "excused")).to_contain_text("有授权书 2026-118")
    assert desk.office.running
    waivers = desk.office.running.desk.room.checking.waivers.all()
    assert [(one.rule, one.text, one.item, one.reason) for one in waivers] == [
        ("made/mark", "velcro", "LB-72-GRY", "有授权书 2026-118")
    ]


def test_marks_stand_on_their_words_however_a_field_is_set(desk: Desk) -> None:
    page = desk.browser.context.new_page()
    page.set_viewport_size({"width": 900, "height": 1200})
    page.route("https://marks.example/", lambda route: route.fulfill(body=EDITOR, content_type="text/html"))
    page.goto("https://marks.example/")
    page.add_script_tag(content=bundled("test/check/harness.ts"))
    page.evaluate("spec => begin(spec, ['bad'])", SPEC)
    expect(marks(page, "attribute-1")).to_have_count(1)
    page.locator(".b").first.evaluate("node => node.scrollLeft = 500")
    page.locator(".b").nth(5).evaluate("node => node.scrollTop = 70")
    expect(marks(page, "bullets-1")).to_have_count(1)
    expect(marks(page, "description")).to_have_count(3)
    found = {field: "".join(sorted(set(words(page, field)))) for field in FIELDS}
    assert found == dict.fromkeys(FIELDS, "bad") | {"description": "adbbad"}

    # what lies over the field is not written over, and a rule that changed is asked about again
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<div id=menu style=\"position:fixed;inset:0 0 60% 0\">')"
    )
    expect(marks(page, "title")).to_have_count(0)
    page.locator("#menu").evaluate("node => node.remove()")
    expect(marks(page, "title")).to_have_count(2)
    asked = page.evaluate("asked.length")
    page.evaluate("push({type: 'checks'})")
    page.wait_for_function("before => asked.length > before", arg=asked)

    page.evaluate("link('no_companion')")
    expect(page.locator("[data-seabridge=check] [part=marks] i")).to_have_count(0)
    page.evaluate("link('ready')")
    expect(marks(page, "title")).to_have_count(2)
