"""Pages that are not drawn to the end: what stands there already must not pass for all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from companion.pages.missing import REQUIRED
from companion.pages.select import STEP
from companion.pages.xpath import to_xpath
from companion.protocol.pages import ChatPage, KpiPage, ListingPage, Page

from .mutations import changed


def parts(page: Page) -> dict[str, list[str]]:
    """Selectors of what can be drawn later than the rest: the rows, their words, the field to write in."""
    if isinstance(page, ChatPage):
        return {
            "rows": _css(page.messages.row),
            "words": _css(page.messages.text),
            "composer": _css(page.composer.field),
        }
    if isinstance(page, ListingPage):
        return {"words": _css(page.listing.title)}
    if isinstance(page, KpiPage):
        return {"words": []}
    required = getattr(page.rows, REQUIRED[str(page.__struct_config__.tag)])
    return {"rows": _css(page.rows.row), "words": _css(required)}


def _css(entries: list[Any]) -> list[str]:
    return [entry.css for entry in entries if entry.css]


def without(markup: str, page: Page, part: str) -> str:
    """The page before a part is drawn: ``root`` stands there empty, rows and fields are missing, words are blank."""

    def change(tree: Any) -> None:
        if part == "root":
            for found in _found(tree, [select.css for select in page.root if STEP not in select.css]):
                _empty(found)
        elif isinstance(page, KpiPage):
            for element in tree.iter():
                if isinstance(element.tag, str) and element.tag not in ("script", "style", "title"):
                    element.text, element.tail = _blank(element.text), _blank(element.tail)
        else:
            for found in _found(tree, parts(page)[part]):
                if part != "words" or found.tag in ("textarea", "input"):
                    _remove(found)
                else:
                    _empty(found)
                    found.attrib.pop("title", None)

    return changed(markup, change)


def _found(tree: Any, selectors: list[str]) -> Iterator[Any]:
    # a step into a frame or a shadow root is one in this tree too: its last part is looked for everywhere
    lasts = dict.fromkeys(css.split(STEP)[-1] for css in selectors)
    yield from {element: None for css in lasts for element in tree.xpath(to_xpath(css, "descendant-or-self::"))}


def _empty(element: Any) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _blank(text: str | None) -> str | None:
    return re.sub(r"\d", "", text) if text else text
