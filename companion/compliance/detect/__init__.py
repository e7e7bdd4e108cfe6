"""Things known by their build rather than by a word: telephone numbers, addresses, prices, signs. Pure.

Each takes a text and gives the places (start, end) of what it found in it.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable

from ..rule import Detector
from .contact import emails, handles, links
from .figures import asins, percents, prices, years
from .phone import phones
from .signs import emoji, tag_name, tags
from .spelled import words_enough

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
#: ... save in what is spelled out, and in addresses of this computer.
_SPELLED: dict[Detector, Callable[[str], bool]] = {
    "phone": words_enough,
    "email": lambda text: " at " in text or " arroba " in text or " arobase " in text,
    "link": lambda text: "dot" in text or "://" in text,
}
_PLAIN = (string.ascii_lowercase + " ,'\"!?;:-/").encode()


def detected(names: Iterable[Detector], text: str) -> dict[Detector, Places]:
    """Places in the ``exact`` view of a text of whatever stands there at all.

    Most texts are letters and commas: one look at their other signs rules nearly everything out.
    """
    signs = set(text.encode().translate(None, _PLAIN)) if text.isascii() else None
    found = {}
    for name in names:
        if signs is not None and _BEGUN[name].isdisjoint(signs) and not (name in _SPELLED and _SPELLED[name](text)):
            continue
        if places := DETECTORS[name](text):
            found[name] = places
    return found


__all__ = ["DETECTORS", "Places", "detected", "tag_name"]
