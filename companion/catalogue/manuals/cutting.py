"""Blocks as passages: long enough to answer something, short enough to be read at a glance. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...conversations.manuals import Piece
from .blocks import Block

#: Characters of a passage: small blocks are joined up to the first, none is longer than the second.
FULL = 600
LONGEST = 1_000
#: Passages of one manual.
MOST = 5_000
_HEADING = 200
_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n")


def cut(blocks: Sequence[Block]) -> list[Piece]:
    """Passages in order. One never spans two headings or two pages."""
    found: list[Piece] = []
    pending: list[str] = []
    place = (0, "")

    def close() -> None:
        if pending:
            found.append(Piece("\n".join(pending), place[0], place[1][:_HEADING]))
            pending.clear()

    for block in blocks:
        for text in _short(block.text.strip()):
            here = block.page, block.heading
            if here != place or sum(map(len, pending)) + len(text) > FULL:
                close()
            place = here
            pending.append(text)
    close()
    return found[:MOST]


def _short(text: str) -> Iterator[str]:
    """A text in parts that are no longer than allowed, parted behind sentences where it has any."""
    if len(text) <= LONGEST:
        yield text
        return
    part = ""
    for sentence in _END.split(text):
        for at in range(0, max(1, len(sentence)), LONGEST):
            piece = sentence[at : at + LONGEST].strip()
            if part and len(part) + len(piece) + 1 > FULL:
                yield part
                part = ""
            part = f"{part} {piece}".strip()
    if part:
        yield part
