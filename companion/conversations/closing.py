"""Whether a buyer who wrote last only closed the conversation: "thanks" after an answer asks nothing. Pure.

Said only where it is certain: the archive holds the seller's answer, and nothing but closing words came after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from .waiting import Question, Shown, Tail, is_of

#: So many archived lines before the last are looked at.
LOOK_BACK = 6
_ASKS = "?？؟"


class Closings(Protocol):
    """What closes a conversation, as the rules say it; another room reads them."""

    def only_thanks(self, text: str) -> bool:
        """Whether a line says thanks, that it is understood, or goodbye, and nothing else."""

    def counted(self, marketplace: str) -> bool:
        """Whether the marketplace counts such a line as unanswered all the same."""


class NoClosings:
    """Without rules every line of a buyer is one that waits."""

    def only_thanks(self, text: str) -> bool:
        """Never."""
        return False

    def counted(self, marketplace: str) -> bool:
        """Not known of any."""
        return False


def closes(row: Shown, waits: Question, talk: Sequence[Tail], only_thanks: Callable[[str], bool]) -> bool:
    """``row`` is what the list shows of a buyer who waits since ``waits``; ``talk`` the last archived lines, oldest
    first. A line after a question of the seller is the answer to it, whatever it says."""
    after = _after_the_answer(talk)
    answer = talk[len(talk) - len(after) - 1] if len(after) < len(talk) else None
    if answer is None or any(sign in answer.text for sign in _ASKS) or row.unread > max(1, len(after)):
        return False
    if after:
        last = after[-1]
        return is_of(row.preview, last.text) and not _later(row, last) and all(only_thanks(line.text) for line in after)
    # Not archived yet. It is the first line after the answer where the buyer waits since this very one.
    began = row.at if row.at is not None else row.changed_at
    return waits.since == began and only_thanks(row.preview)


def _after_the_answer(talk: Sequence[Tail]) -> Sequence[Tail]:
    """The buyer's lines at the end."""
    at = len(talk)
    while at and talk[at - 1].direction == "buyer":
        at -= 1
    return talk[at:]


def _later(row: Shown, line: Tail) -> bool:
    """Whether the list's words were sent after an archived line that says the same."""
    return row.at is not None and line.sent_at is not None and row.at >= line.sent_at + max(line.span, row.span, 1)
