"""Things known by their build rather than by a word: telephone numbers, addresses, prices, signs. Pure.

Each takes a text and gives the places (start, end) of what it found in it.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable

from ..rule import Detector
from .figures import asins, percents, prices, years
from .handles import handles
from .links import links
from .mail import emails
from .phone import phones
from .signs import emoji, tag_name, tags
from .spelled import spelled

Places = list[tuple[int, int]]

#: What a rule calls it, and what finds it in the ``exact`` view of a text.
DETECTORS: dict[Detector, Callable[[str], Places]] = {
    "phone": phones, "email": emails, "link": links, "handle": handles, "percent": percents, "price": prices,
    "asin": asins, "year": years, "emoji": emoji, "html": tags,
}  # fmt: skip
#: Signs one of which stands in each of them, ...
_SIGNS: dict[Detector, str] = {
    "phone": string.digits, "email": "@([{", "link": ".", "handle": "@", "percent": string.digits,
    "price": string.digits, "asin": string.digits, "year": string.digits, "emoji": "", "html": "<&",
}  # fmt: skip
_BEGUN = {name: frozenset(signs.encode()) for name, signs in _SIGNS.items()}
#: ... save in what is spelled out, and in addresses of this computer: what finds those, for a text without the signs.
_SPELLED: dict[Detector, Callable[[str], Places]] = {"phone": spelled, "email": emails, "link": links}
_PLAIN = (string.ascii_lowercase + " ,'\"!?;:-/").encode()


def detected(names: Iterable[Detector], text: str) -> dict[Detector, Places]:
    """Places in the ``exact`` view of a text of whatever stands there at all.

    Most texts are letters and commas: one look at their other signs rules nearly everything out.
    """
    signs = set(text.encode().translate(None, _PLAIN)) if text.isascii() else None
    found = {}
    for name in names:
        begun = signs is None or not _BEGUN[name].isdisjoint(signs)
        finder = DETECTORS[name] if begun else _SPELLED.get(name)
        if finder is not None and (places := finder(text)):
            found[name] = places
    return found


__all__ = ["DETECTORS", "Places", "detected", "tag_name"]
