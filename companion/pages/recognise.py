"""Which described page a saved file is: by its address where one is known, else by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin

from companion.protocol.pages import ChatPage, Marketplace, Page

from .address import Address, own_addresses, parse_address
from .chat import Chat, read_chat
from .document import Saved, Tree
from .pattern import PatternRefused, search
from .read import Place
from .reading import Reading, kind_of, read_other
from .select import find, matches

#: How the address came to be known: given, said by the file, or not at all.
Known = Literal["given", "saved", "canonical", "og:url", "base", "frame", "assumed"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A saved page, read. ``drawn`` False: the address is that of a described page, but nothing of the page is there.

    ``known`` "assumed": the file names no address of a described page, and the description that fits best was taken
    with an address of its marketplace, so nothing may be read from that. ``beside``: other described pages that are
    drawn in the same place, such as the inbox next to a conversation.
    """

    read: Chat | Reading
    known: Known
    drawn: bool
    beside: tuple[Reading, ...] = ()

    @property
    def chat(self) -> Chat:
        """The conversation; raises ValueError on any other page."""
        if not isinstance(self.read, Chat):
            raise ValueError(f"{self.read.page.id} is no conversation")
        return self.read


def recognise(saved: Saved, marketplaces: Sequence[Marketplace], url: str = "") -> Recognised | None:
    """The page a saved file is, read; None when no description fits. ``url`` given is the only address believed."""
    known = [("given", parse_address(url))] if url else [(kind, found) for kind, found in own_addresses(saved)]
    undrawn: Recognised | None = None
    for kind, address in known:
        if address is None:
            continue
        for place, by_frame in _places(saved, address):
            how: Known = "frame" if by_frame else kind  # type: ignore[assignment]
            options = candidates(marketplaces, place.address, place.top is None)
            drawn = [(marketplace, page) for marketplace, page in options if is_drawn(page, place)]
            if drawn:
                return _read(drawn, place, how)
            if undrawn is None and options:
                undrawn = Recognised(read_any(*_first(options), place), how, False)
    if url or undrawn is not None:
        return undrawn
    return _by_content(saved, marketplaces)


def is_drawn(page: Page, place: Place) -> bool:
    """Whether one of the page's roots is there. A conversation's may be hidden in a page that was saved while loading;
    elsewhere a hidden root is that of another tab."""
    saved = place.tree.saved
    if isinstance(page, ChatPage):
        return find(place.tree, page.root, saved) is not None
    return any(not saved.look.hidden(hit) for select in page.root for hit in matches(place.tree, select.css, saved))


def read_any(marketplace: Marketplace, page: Page, place: Place) -> Chat | Reading:
    """Read a page of any kind."""
    return read_chat(marketplace, page, place) if isinstance(page, ChatPage) else read_other(marketplace, page, place)


def _first(options: list[tuple[Marketplace, Page]]) -> tuple[Marketplace, Page]:
    """The conversation before its inbox, else in the order of the folder."""
    return min(options, key=lambda option: not isinstance(option[1], ChatPage))


def _read(drawn: list[tuple[Marketplace, Page]], place: Place, how: Known) -> Recognised:
    """Of several pages drawn in one place the conversation is it, else the healthiest, which reads most."""
    main = _first(drawn)
    if isinstance(main[1], ChatPage):
        read: Chat | Reading = read_chat(main[0], main[1], place)
        others = [read_other(at, page, place) for at, page in drawn if not isinstance(page, ChatPage)]
    else:
        all_ = [read_other(at, page, place) for at, page in drawn if not isinstance(page, ChatPage)]
        read = max(all_, key=lambda one: (not one.missing, bool(one.content), -len(one.missing)))
        others = [one for one in all_ if one is not read]
    beside: dict[str, Reading] = {}
    for other in others:
        if other.kind != kind_of(read.page) and not other.missing:
            beside.setdefault(other.kind, other)
    return Recognised(read, how, True, tuple(beside.values()))


def candidates(marketplaces: Sequence[Marketplace], address: Address, top: bool) -> list[tuple[Marketplace, Page]]:
    """The pages this address could be, whether or not they are drawn."""
    return [
        (marketplace, page)
        for marketplace in marketplaces
        if f"{address.origin}/*" in marketplace.hosts
        for page in marketplace.pages
        if (top or page.frames == "any") and at_address(page, address)
    ]


def at_address(page: Page, address: Address) -> bool:
    """Whether an address could be a page's, by its path and its query."""
    query = f"?{address.query}" if address.query else ""
    return any(_fits(path, address.path) for path in page.paths) and (
        not page.queries or any(_fits(each, query) for each in page.queries)
    )


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
    """Every description tried by its root; the healthiest wins, then the one that reads more.

    The marketplace's own address stands for the unknown one, for links only; what reads the address gives nothing.
    """
    best: tuple[tuple[bool, int, int], Recognised] | None = None
    for marketplace in marketplaces:
        address = parse_address(marketplace.hosts[0].removesuffix("*")) if marketplace.hosts else None
        if address is None:
            continue
        for tree in saved.documents:
            place = Place(tree, address, _outer(saved, tree, address))
            for page in marketplace.pages:
                # what only its query tells from another page cannot be known without an address
                if page.queries or not is_drawn(page, place):
                    continue
                read = read_any(marketplace, _without_address(page), place)
                amount = len(read.rows) if isinstance(read, Chat) else _amount(read)
                if not amount and not isinstance(read, Chat):
                    continue
                # a conversation with messages before the inbox beside it, which demands less
                mark = (isinstance(read, Chat) and amount > 0, -len(read.missing), amount)
                if best is None or mark > best[0]:
                    best = mark, Recognised(read, "assumed", True)
    return best[1] if best else None


def _amount(read: Reading) -> int:
    """How much was read: rows, figures with a value, fields that hold something."""
    if isinstance(read.content, dict):
        return sum(1 for value in read.content.values() if value)
    return sum(1 for row in read.content if row.get("text", "-"))


def _outer(saved: Saved, tree: Tree, address: Address) -> Place | None:
    return Place(saved.top, address) if tree is not saved.top else None


def _without_address(page: Page) -> Page:
    """The description without the reads of an address that is not known."""
    import msgspec

    name = "identity" if isinstance(page, ChatPage) else "account"
    section: Any = getattr(page, name)
    kept = {key: [read for read in getattr(section, key) if read.css] for key in section.__struct_fields__}
    return msgspec.structs.replace(page, **{name: msgspec.structs.replace(section, **kept)})
