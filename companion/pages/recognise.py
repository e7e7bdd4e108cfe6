"""Which described page a saved file is: by its address where one is known, else by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin

from companion.protocol.pages import ChatPage, Marketplace

from .address import Address, own_addresses, parse_address
from .chat import Chat, read_chat
from .document import Saved, Tree
from .pattern import PatternRefused, search
from .read import Place
from .select import find

#: How the address came to be known: given, said by the file, or not at all.
Known = Literal["given", "saved", "canonical", "og:url", "base", "frame", "assumed"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """``drawn`` False: the address is that of a described page, but nothing of the page is there.

    ``known`` "assumed": the file names no address of a described page, and the description that fits best was taken
    with an address of its marketplace, so nothing may be read from that.
    """

    chat: Chat
    known: Known
    drawn: bool


def recognise(saved: Saved, marketplaces: Sequence[Marketplace], url: str = "") -> Recognised | None:
    """The page a saved file is, read; None when no description fits. ``url`` given is the only address believed."""
    known = [("given", parse_address(url))] if url else [(kind, found) for kind, found in own_addresses(saved)]
    undrawn: Recognised | None = None
    for kind, address in known:
        if address is None:
            continue
        for place, by_frame in _places(saved, address):
            for marketplace, page in candidates(marketplaces, place.address, place.top is None):
                drawn = find(place.tree, page.root, saved) is not None
                how: Known = "frame" if by_frame else kind  # type: ignore[assignment]
                if drawn:
                    return Recognised(read_chat(marketplace, page, place), how, True)
                if undrawn is None:
                    undrawn = Recognised(read_chat(marketplace, page, place), how, False)
    if url or undrawn is not None:
        return undrawn
    return _by_content(saved, marketplaces)


def candidates(marketplaces: Sequence[Marketplace], address: Address, top: bool) -> list[tuple[Marketplace, ChatPage]]:
    """The pages this address could be, whether or not they are drawn."""
    return [
        (marketplace, page)
        for marketplace in marketplaces
        if f"{address.origin}/*" in marketplace.hosts
        for page in marketplace.pages
        if isinstance(page, ChatPage)
        and (top or page.frames == "any")
        and any(_fits(path, address.path) for path in page.paths)
    ]


def _fits(pattern: str, path: str) -> bool:
    try:
        return search(pattern, path) is not None
    except PatternRefused:
        return False


def _places(saved: Saved, address: Address) -> list[tuple[Place, bool]]:
    """The page, then the frames saved in it; whether it is a frame."""
    outer = Place(saved.top, address)
    places = [(outer, False)]
    for tree in saved.documents[1:]:
        own = parse_address(urljoin(address.href, tree.src)) if tree.src else None
        places.append((Place(tree, own or address, outer), True))
    return places


def _by_content(saved: Saved, marketplaces: Sequence[Marketplace]) -> Recognised | None:
    """Every description tried by its root; the healthiest wins, then the one that reads more rows.

    What the address alone tells (the shop's number, the region) stays unread, and health says so.
    """
    best: tuple[tuple[int, int], Recognised] | None = None
    for marketplace in marketplaces:
        address = parse_address(marketplace.hosts[0].removesuffix("*")) if marketplace.hosts else None
        if address is None:
            continue
        for tree in saved.documents:
            for page in marketplace.pages:
                if not isinstance(page, ChatPage) or find(tree, page.root, saved) is None:
                    continue
                chat = read_chat(
                    marketplace, _without_address(page), Place(tree, address, _outer(saved, tree, address))
                )
                mark = (-len(chat.missing), len(chat.rows))
                if best is None or mark > best[0]:
                    best = mark, Recognised(chat, "assumed", True)
    return best[1] if best else None


def _outer(saved: Saved, tree: Tree, address: Address) -> Place | None:
    return Place(saved.top, address) if tree is not saved.top else None


def _without_address(page: ChatPage) -> ChatPage:
    """The description without the reads of an address that is not known."""
    import msgspec

    kept = {
        name: [read for read in getattr(page.identity, name) if read.css]
        for name in ("thread", "shop", "region", "buyer")
    }
    return msgspec.structs.replace(page, identity=msgspec.structs.replace(page.identity, **kept))
