"""What is marked in a listing editor, as a person sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The characters between the two ends of each underline of a field, as the browser itself says what stands there.
_WORDS = """id => {
  const ours = document.querySelector('[data-seabridge=check]').shadowRoot;
  const roots = [...document.querySelectorAll('*')].map(node => node.shadowRoot).filter(Boolean);
  const at = (x, y) => document.caretPositionFromPoint(x, y, {shadowRoots: roots});
  return [...ours.querySelectorAll(`[part=marks][data-field="${id}"] i`)].map(line => {
    const {left, right, top, bottom} = line.getBoundingClientRect();
    const ends = [at(left + 1, (top + bottom) / 2), at(right - 1, (top + bottom) / 2)];
    const [from, to] = ends.map(({offset}) => offset).sort((a, b) => a - b);
    return (ends[0].offsetNode.value ?? ends[0].offsetNode.data).slice(from, to);
  });
}"""


def marks(page: Page, field: str) -> Locator:
    """The underlines of a field that are seen."""
    return page.locator(f'[data-seabridge=check] [part=marks][data-field="{field}"] i')


def ours(page: Page, part: str) -> Locator:
    """A part of what is drawn over the page."""
    return page.locator(f"[data-seabridge=check] [part={part}]")


def words(page: Page, field: str) -> list[str]:
    """What stands over each underline of a field."""
    found: list[str] = page.evaluate(_WORDS, field)
    return found


def marked(page: Page, at: Locator, field: str, *wanted: str) -> None:
    """Wait until the field is in sight and exactly these words are marked in it: lines follow it a moment later."""
    at.scroll_into_view_if_needed()
    expect(marks(page, field)).to_have_count(len(wanted))
    for _ in range(100):
        if words(page, field) == list(wanted):
            return
        page.wait_for_timeout(50)
    assert words(page, field) == list(wanted)


#: A listing editor whose fields are set in every way that moves words, each with the words to find.
FIELDS = {
    "title": '<input id=title value="📦 a bad word, and a bad one" style="width:420px;letter-spacing:2px;padding:9px">',
    "bullets-1": '<input class=b value="one two three four a bad word" style="width:150px;text-align:center">',
    "bullets-2": '<textarea class=b rows=5 style="width:210px;font:15px/27px serif;text-indent:20px;word-spacing:4px">'
    "A text that wraps to lines, a bad\tword\n\nbad</textarea>",
    "bullets-3": '<div style="transform:scale(1.3);transform-origin:0 0;width:300px;height:50px">'
    '<input class=b value="a bad word" style="border-width:6px"></div>',
    "bullets-4": '<div style="zoom:1.25"><textarea class=b>a bad word</textarea></div>',
    "bullets-5": "<textarea class=b dir=rtl>مرحبا bad مرحبا بالعالم</textarea>",
    "bullets-6": f"<textarea class=b rows=2>{'a bad word ' * 60}</textarea>",
    "description": "<div id=d contenteditable style='width:200px;height:150px;overflow:auto;text-transform:uppercase'>"
    "<p>two <b>b</b>ad words</p><ul><li>fine</li><li>fine</li><li>and bad</li></ul></div>",
    "attribute-1": "<x-field></x-field>",
}
_SHADOW = "<input value='a bad one' style='font:italic 20px monospace'>"
EDITOR = f"""<!doctype html><meta charset=utf-8><body lang=de><form>{"<br>".join(FIELDS.values())}</form><script>
customElements.define("x-field", class extends HTMLElement {{
  connectedCallback() {{ this.attachShadow({{mode: "open"}}).innerHTML = "{_SHADOW}"; }}
}})</script>"""
#: As a description of a page names them.
SPEC = {"listing": {"title": [{"css": "#title"}], "bullets": [{"css": ".b"}], "description": [{"css": "#d"}]}}
