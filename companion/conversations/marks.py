"""What a message is beside its words, as signs in the search index, so that a filter is one more word to find. Pure.

Each sign is a single private-use character: a word to SQLite, never one that anybody can search for, and too short
for the prefix tables, which would hold longer ones several times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

DIRECTIONS = {"buyer": "\ue001", "seller": "\ue002", "system": "\ue003"}
#: The message has a picture.
IMAGE = "\ue004"
#: A buyer's message that the seller has not answered.
WAITS = "\ue005"
#: The conversation has the seller's star.
STAR = "\ue006"
#: The message has a translation; stands at an order; holds a web address.
TRANSLATED, ORDER, ADDRESS = "\ue007", "\ue008", "\ue009"
#: The conversation has a note of the seller's.
NOTED = "\ue00a"
#: The page showed another text for the message later; it does not show the message any more.
EDITED, VANISHED = "\ue00b", "\ue00c"

_LANGUAGES, _SHOPS, _BLOCKS, _THREADS, _TAGS = 0xF0000, 0xF5000, 0xF8000, 0xFB000, 0xFC000
_ROOM = 0x3000
#: Conversations that share a block; the sign of a block and the one within it follow each other.
_BLOCK = 0x1000
_ADDRESS = re.compile(r"(?:https?://|(?<![a-z0-9])www\.)\w", re.IGNORECASE)


def marks(
    *,
    direction: str,
    language: str,
    shop: int,
    thread: int,
    image: bool,
    waits: bool,
    star: bool = False,
    tags: Sequence[int] = (),
    more: str = "",
) -> str:
    """All signs of one message as the index takes them; ``shop``, ``thread`` and ``tags`` are row ids, ``more`` comes
    from ``further``."""
    signs = [DIRECTIONS[direction], language_mark(language), shop_mark(shop)]
    if image:
        signs.append(IMAGE)
    if waits:
        signs.append(WAITS)
    if star:
        signs.append(STAR)
    signs += map(tag_mark, tags)
    return " ".join([*filter(None, [*signs, more]), thread_mark(thread)])


def further(*, text: str, translated: bool, order: bool, noted: bool, edited: bool, gone: bool) -> str:
    """The signs of what a message has besides, in their order."""
    known = {TRANSLATED: translated, ORDER: order, ADDRESS: has_address(text)}
    known |= {NOTED: noted, EDITED: edited, VANISHED: gone}
    return " ".join(sign for sign, so in known.items() if so)


def has_address(text: str) -> bool:
    """Whether a text holds a web address."""
    return _ADDRESS.search(text) is not None


def language_mark(code: str) -> str:
    """The sign of a language by its primary tag ("pt-BR" is "pt"); "" = no sign for what is no language."""
    letters = code.split("-")[0].lower()[:3]
    if not letters or not all("a" <= letter <= "z" for letter in letters):
        return ""
    number = 0
    for letter in letters:
        number = number * 27 + ord(letter) - 96
    return chr(_LANGUAGES + number)


def shop_mark(shop: int) -> str:
    """The sign of a shop account."""
    return chr(_SHOPS + shop % _ROOM)


def tag_mark(tag: int) -> str:
    """The sign of a tag."""
    return chr(_TAGS + tag % _ROOM)


def thread_mark(thread: int) -> str:
    """The two signs of a conversation, to be found as a phrase."""
    return f"{chr(_BLOCKS + thread // _BLOCK % _ROOM)} {chr(_THREADS + thread % _BLOCK)}"
