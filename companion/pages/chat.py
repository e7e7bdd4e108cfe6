"""A conversation in a saved page, read by the same description as the live one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from companion.protocol.pages import ChatPage, Marketplace

from .health import Missing, missing
from .look import OURS
from .read import Place, read_page
from .rows import Row, read_rows, row_elements
from .select import find_all, matches

REGION = re.compile(r"[A-Za-z0-9_.:-]{1,40}\Z")
_INPUTS = ("textarea", "input")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who talks to whom; empty parts could not be read."""

    shop: str
    region: str
    thread: str
    buyer: str


@dataclass(frozen=True, slots=True)
class Composer:
    """The field the seller writes in. ``limit`` in characters, 0 = not stated."""

    kind: Literal["textarea", "editable"]
    send: bool
    limit: int


@dataclass(frozen=True, slots=True)
class Chat:
    """What a saved conversation says. ``refused``: selectors and patterns that could not be used, with the reason."""

    marketplace: Marketplace
    page: ChatPage
    place: Place
    identity: Identity
    rows: list[Row]
    composer: Composer | None
    missing: list[Missing]
    refused: dict[str, str]

    @property
    def healthy(self) -> bool:
        return not self.missing


def read_chat(marketplace: Marketplace, page: ChatPage, place: Place) -> Chat:
    """Read a conversation. Never guesses: what could not be read is empty and named in ``missing``."""
    rows = row_elements(place.tree, page)
    read = read_rows(place, page, rows.elements)
    identity = read_identity(page, place)
    composer = _composer(page, place)
    faults = missing(page, place, rows, read)
    return Chat(marketplace, page, place, identity, read, composer, faults, dict(place.tree.saved.refused))


def read_identity(page: ChatPage, place: Place) -> Identity:
    """Shop, region, thread and buyer as the page shows them."""
    region = read_page(place, page.identity.region)
    return Identity(
        shop=read_page(place, page.identity.shop),
        region=region.upper() if REGION.match(region) else "",
        thread=read_page(place, page.identity.thread),
        buyer=read_page(place, page.identity.buyer),
    )


def _composer(page: ChatPage, place: Place) -> Composer | None:
    """Only the visible field counts: pages keep hidden twins."""
    tree, saved = place.tree, place.tree.saved
    for select in page.composer.field:
        for field in matches(tree, select.css, saved):
            if _ours(field) or saved.look.hidden(field):
                continue
            send = any(not _ours(button) for button in find_all(tree, page.composer.send, saved))
            return Composer("textarea" if field.tag in _INPUTS else "editable", send, page.composer.limit)
    return None


def _ours(element: Any) -> bool:
    while element is not None:
        if element.get(OURS) is not None:
            return True
        element = element.getparent()
    return False
