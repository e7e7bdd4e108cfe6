"""A listing editor: what breaks a rule is underlined where it stands, explained, repaired and excused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, expect

from ..live.conftest import address
from .conftest import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The first reading of a page may take its time on a slow machine, in ms.
SOON = 30_000
TITLE = 'kat-textarea[name="item_name-0-value"] >> visible=true >> textarea'
#: The word under the left and under the right end of each underline of a field, as the browser itself says it.
WORDS = """id => {
  const ours = document.querySelector('[data-seabridge=check]').shadowRoot;
  const roots = [...document.querySelectorAll('*')].map(node => node.shadowRoot).filter(Boolean);
  const at = (x, y) => document.caretPositionFromPoint(x, y, {shadowRoots: roots});
  return [...ours.querySelectorAll(`[part=marks][data-field="${id}"] i`)].map(line => {
    const {left, right, top, bottom} = line.getBoundingClientRect();
    const [from, to] = [at(left + 1, (top + bottom) / 2), at(right - 1, (top + bottom) / 2)];
    return (from.offsetNode.value ?? from.offsetNode.data).slice(from.offset, to.offset);
  });
}"""


def marks(page: Page, field: str) -> Locator:
    return page.locator(f'[data-seabridge=check] [part=marks][data-field="{field}"] i')


def ours(page: Page, part: str) -> Locator:
    return page.locator(f"[data-seabridge=check] [part={part}]")


def marked(page: Page, field: Locator, name: str, count: int) -> list[str]:
    """The words under the marks of a field, brought into sight."""
    field.scroll_into_view_if_needed()
    expect(marks(page, name)).to_have_count(count)
    words: list[str] = page.evaluate(WORDS, name)
    return words


def opened(desk: Desk, marketplace: str, case: str) -> Page:
    page = desk.open(address(marketplace, case))
    expect(ours(page, "chip")).to_contain_text("没有发现问题", timeout=SOON)
    return page


def test_words_are_marked_where_they_stand_and_the_page_stays_as_it_is(desk: Desk) -> None:
    page = opened(desk, "amazon", "listing-edit")
    title, bullet = page.locator(TITLE).first, page.locator('[name="bullet_point-1-value"] input')
    attribute = page.locator('[name="special_feature-0-value"] input')
    title.evaluate("node => node.style.width = '420px'")
    count = "new MutationObserver(all => window.changes += all.length).observe"
    options = "{subtree: true, childList: true, attributes: true, characterData: true}"
    page.evaluate(f"window.changes = 0; {count}(document.body, {options})")
    for root in ("[name=item_name-0-value]:visible", "[name=bullet_point-1-value]", "[name=special_feature-0-value]"):
        page.locator(root).last.evaluate(f"node => {count}(node.shadowRoot, {options})")
    title.fill("📦 Velcro lamp, ｗｈａｔｓａｐｐ, and a long text that goes on and on into the second line: write WhatsApp")
    bullet.fill("For a desk: velcro")
    attribute.press_sequentially("微信 ")
    assert marked(page, attribute, "attribute-3", 1) == ["微信"]
    assert marked(page, bullet, "bullets-2", 1) == ["velcro"]
    assert marked(page, title, "title", 3) == ["Velcro", "ｗｈａｔｓａｐｐ", "WhatsApp"]

    # what is typed in front moves the marks at once, what is scrolled away is not marked
    title.press("Home")
    title.press_sequentially("A new ")
    assert set(page.evaluate(WORDS, "title")) <= {"Velcro", "ｗｈａｔｓａｐｐ", "WhatsApp"}
    bullet.evaluate("node => { node.style.width = '60px'; node.scrollLeft = 0 }")
    assert marked(page, bullet, "bullets-2", 0) == []
    attribute.fill("Dimmable")
    assert marked(page, attribute, "attribute-3", 0) == []
    assert page.evaluate("window.changes") == 1, "only the width this test itself set"


def test_a_finding_is_explained_repaired_in_the_page_undone_and_excused(desk: Desk) -> None:
    page = opened(desk, "tiktok-shop", "product-edit")
    editor = page.locator("#product_description .ProseMirror")
    editor.locator("li p").first.fill("A velcro strap and a VELCRO bag")
    title = page.locator('[data-id="product.publish.product_name"]')
    title.fill("Basket with velcro")
    expect(marks(page, "description")).to_have_count(2)
    expect(marks(page, "title")).to_have_count(1)
    assert page.evaluate(WORDS, "description") == ["velcro", "VELCRO"]

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
    waivers: Any = desk.office.running and desk.office.running.desk.room.checking.waivers.all()
    assert [(one.rule, one.text, one.item, one.reason) for one in waivers] == [
        ("made/mark", "velcro", "LB-72-GRY", "有授权书 2026-118")
    ]
