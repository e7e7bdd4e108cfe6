"""Pages that are not drawn to the end: what stands there already must not pass for all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from companion.marketplaces.quality import is_form
from companion.pages.missing import REQUIRED
from companion.pages.select import STEP
from companion.pages.xpath import to_xpath
from companion.protocol.pages import ChatPage, KpiPage, ListingPage, Page, ThreadsPage

from .mutations import changed

_CONTROLS = ("textarea", "input", "button")


def parts(page: Page) -> dict[str, list[Any]]:
    """The entries of what can be drawn later than the rest: the rows, their words, the field to write in."""
    if isinstance(page, ChatPage):
        if is_form(page):
            return {"composer": page.composer.field}
        return {
            "rows": page.messages.row,
            "words": page.messages.text,
            "composer": page.composer.field,
        }
    if isinstance(page, ListingPage):
        return {"words": page.listing.title}
    if isinstance(page, KpiPage):
        return {"words": []}
    name = REQUIRED[str(page.__struct_config__.tag)]
    if isinstance(page, ThreadsPage) and all(read.trust == "low" for read in page.rows.buyer):
        name = "preview"  # a list of questions that names nobody
    return {"rows": page.rows.row, "words": getattr(page.rows, name)}


def without(markup: str, page: Page, part: str) -> str:
    """The page before a part is drawn: ``root`` stands there empty, rows and fields are missing, words are blank."""

    def change(tree: Any) -> None:
        if part == "root":
            for found in _found(tree, [select for select in page.root if STEP not in select.css]):
                # a page that is known by its field or its button has no frame that could stand there empty
                (_remove if found.tag in _CONTROLS else _empty)(found)
        elif isinstance(page, KpiPage):
            for element in tree.iter():
                if isinstance(element.tag, str) and element.tag not in ("script", "style", "title"):
                    element.text, element.tail = _blank(element.text), _blank(element.tail)
        else:
            entries = parts(page)[part]
            named = set(_found(tree, [entry for entry in entries if getattr(entry, "attr", "")]))
            for found in _found(tree, entries):
                whole = part != "words" or found in named or found.tag in _CONTROLS
                (_remove if whole else _empty)(found)

    return changed(markup, change)


def _found(tree: Any, entries: list[Any]) -> Iterator[Any]:
    # a step into a frame or a shadow root is one in this tree too: its last part is looked for everywhere
    lasts = dict.fromkeys(entry.css.split(STEP)[-1] for entry in entries if entry.css)
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
