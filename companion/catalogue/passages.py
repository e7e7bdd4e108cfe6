"""The passages of the seller's manuals that answer a question: what suggestions may draw on, with where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from ..conversations.manuals import Passage
from .manuals.ranking import rank, terms

#: Share of what was asked for that a passage must hold to be told at all.
LEAST_WEIGHT = 0.25


class ManualsApi(Protocol):
    """The manuals as the archive keeps them."""

    def holding(self, words: Sequence[str], skus: Sequence[str] = (), /) -> list[Passage]: ...


class ArchiveApi(Protocol):
    """The archive as this room uses it."""

    @property
    def manuals(self) -> ManualsApi: ...


class FoundPassage(msgspec.Struct):
    """``page`` 0 = the file has none; ``weight`` from 0 to 1: how much of the question it holds; ``added_at``: when the
    manual was added, for who judges whether it still holds."""

    manual: int
    name: str
    language: str
    added_at: float
    skus: list[str]
    page: int
    heading: str
    text: str
    weight: float


def passages(archive: ArchiveApi, question: str, skus: Sequence[str] = (), limit: int = 5) -> list[FoundPassage]:
    """The best passages first. ``skus``: numbers of a listing, the seller's and the platform's; of manuals about one of
    them and about the whole shop. [] = of all manuals."""
    asked = terms(question)
    held = archive.manuals.holding(asked, skus)
    return [
        FoundPassage(
            one.manual.id, one.manual.name, one.manual.language, one.manual.added_at, list(one.manual.skus),
            one.page, one.heading, one.text, weight,
        )
        for one, weight in rank(held, asked, limit)
        if weight >= LEAST_WEIGHT
    ]  # fmt: skip
