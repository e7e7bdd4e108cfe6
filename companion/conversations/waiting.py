"""Who waits for an answer, decided from what an inbox shows and from the archive. Pure.

A list shows the last words of a conversation and little more. What it showed before and what the archive holds of the
conversation fill in; where all of them are silent nobody is said to wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .identity import normal

Last = Literal["buyer", "seller", "unknown"]
#: Marks that a list puts where it cuts a preview off.
_CUT = " .…"


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the list. ``at``: when its last words were sent, within ``span`` seconds; None = not known."""

    preview: str
    last: Last
    unread: int
    at: float | None
    span: int
    system: bool = False
    #: When the list was first seen with these words.
    changed_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """Since when a buyer waits, within ``span`` seconds; not ``known``: it is when the list was first seen so."""

    since: float
    span: int
    known: bool


@dataclass(frozen=True, slots=True)
class Tail:
    """The last archived message of a conversation that is the buyer's or the seller's."""

    direction: Literal["buyer", "seller"]
    text: str
    sent_at: float | None
    span: int
    observed_at: float


def same(before: Shown, now: Shown) -> bool:
    """Whether two looks show the same last words: alike, and not sent at times that exclude each other."""
    if normal(before.preview) != normal(now.preview):
        return False
    if before.at is None or now.at is None:
        return True
    return before.at < now.at + max(now.span, 1) and now.at < before.at + max(before.span, 1)


def question(before: Shown | None, was: Question | None, now: Shown) -> Question | None:
    """What a new look makes of the question that was open before; None = by this list nobody waits.

    A conversation that was opened is read but not answered: while it shows the same words its question stays open.
    """
    if now.system:
        return None
    asked = _asks(now)
    if asked is None:
        asked = was is not None and before is not None and same(before, now)
    if not asked:
        return None
    return was or _of(now)


def _asks(row: Shown) -> bool | None:
    """Whether the buyer wrote last; None = the row does not tell. What is unread was not written by the seller."""
    if row.last != "unknown":
        return row.last == "buyer"
    return True if row.unread else None


def waits(row: Shown, open_question: Question | None, tail: Tail | None) -> Question | None:
    """The question that is open when the archive has had its say; None = the buyer does not wait."""
    if row.system:
        return None
    if open_question is None:
        # an open conversation is never unread: here only the archive knows that the buyer wrote last
        by_archive = tail is not None and tail.direction == "buyer" and row.last == "unknown"
        if by_archive and tail is not None and is_of(row.preview, tail.text):
            known = tail.sent_at is not None
            return Question(tail.sent_at if tail.sent_at is not None else tail.observed_at, tail.span, known)
        return None
    if tail is None or tail.direction != "seller":
        return open_question
    if _answers(tail, row):
        return None
    # the seller answered once since the question was first seen; what waits now is a later one
    return _of(row) if _sent(tail) > open_question.since else open_question


def _answers(tail: Tail, row: Shown) -> bool:
    """Whether the seller's last message came after the last words of the row.

    Both times count where they exclude each other. Within one minute, or without a time, it is an answer when the
    archive saw it after the list had shown the words.
    """
    if tail.sent_at is not None and row.at is not None:
        if tail.sent_at + max(tail.span, 1) <= row.at:
            return False
        if tail.sent_at >= row.at + max(row.span, 1):
            return True
    return tail.observed_at >= row.changed_at


def _of(row: Shown) -> Question:
    known = row.at is not None
    return Question(row.at if row.at is not None else row.changed_at, row.span if known else 0, known)


def _sent(tail: Tail) -> float:
    return tail.sent_at if tail.sent_at is not None else tail.observed_at


def is_of(preview: str, text: str) -> bool:
    """Whether a preview, which may be cut off, is of this text."""
    said, whole = normal(preview).rstrip(_CUT), normal(text)
    return bool(said) and whole.startswith(said)
