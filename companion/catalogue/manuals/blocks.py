"""What a file is made of, before it is cut."""

from __future__ import annotations

from dataclasses import dataclass

#: Longest text of one manual, in characters; a book of a thousand pages.
LONGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a row: ``page`` from 1, 0 = the file has none; ``heading`` it stands under."""

    text: str
    page: int = 0
    heading: str = ""


class Unreadable(ValueError):
    """A file that is not what it looks like, is locked, or grows beyond its bounds."""
