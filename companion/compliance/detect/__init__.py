"""Things known by their build rather than by a word: telephone numbers, addresses, prices, signs. Pure.

Each takes a text and gives the places (start, end) of what it found in it.
"""

from __future__ import annotations

from collections.abc import Callable

from ..folding import Folded
from ..rule import Detector
from .contact import emails, handles, links
from .figures import asins, percents, prices, years
from .phone import phones
from .signs import emoji, tag_name, tags

Places = list[tuple[int, int]]

#: What a rule calls it, and what finds it in a folded text.
DETECTORS: dict[Detector, Callable[[str], Places]] = {
    "phone": phones, "email": emails, "link": links, "handle": handles, "percent": percents, "price": prices,
    "asin": asins, "year": years, "emoji": emoji, "html": tags,
}  # fmt: skip


def detected(name: Detector, text: Folded) -> Places:
    """Places in the folded text."""
    return DETECTORS[name](text.exact)


__all__ = ["DETECTORS", "Places", "detected", "tag_name"]
