"""The team whose archive it may be, as the desk uses it: who works on what, and who answers whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class ClaimsApi(Protocol):
    """Which messages are ours to work on, where several companions share an archive."""

    def take(self, messages: Sequence[int], /) -> frozenset[int]:
        """Claim messages by id; those that are ours now."""

    def give_back(self, messages: Sequence[int], /) -> None:
        """They could not be done here."""

    def done(self, messages: Sequence[int], /) -> None:
        """They are done."""


class Unshared:
    """All messages are ours: nobody else works on this archive."""

    def take(self, messages: Sequence[int], /) -> frozenset[int]:
        """All of them."""
        return frozenset(messages)

    def give_back(self, messages: Sequence[int], /) -> None:
        """Nobody waits for them."""

    def done(self, messages: Sequence[int], /) -> None:
        """Nobody else would do them again."""


class TeamApi(Protocol):
    """The team this companion is a seat of."""

    def translating(self, language: str, /) -> ClaimsApi:
        """Claims of messages to be translated into a language behind the seller's work."""

    def answers(self, thread_id: int, /) -> None:
        """This seat put a reply into a conversation; colleagues see it for some minutes. Raises nothing."""

    def who_answers(self, thread_ids: Sequence[int], /) -> Mapping[int, str]:
        """Conversations a colleague is answering, with the name of the seat. Raises nothing."""

    def check(self) -> None:
        """Raises ``database_…`` at once where the database is known to be away: to ask it would cost seconds."""

    def rename(self, name: str, /) -> str:
        """Call this seat otherwise; the name as it is shown."""
