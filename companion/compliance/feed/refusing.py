"""Why a feed is not taken, as errors that tell the seller what to do. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from companion.marketplaces import Problem
from companion.protocol.errors import ErrorCode, SeabridgeError

_LONGEST = 300


def unreadable(problem: str) -> SeabridgeError:
    """It is no feed, or only a piece of one."""
    return SeabridgeError(ErrorCode.FEED_UNREADABLE, problem, problem=problem[:_LONGEST])


def unsafe(problem: str) -> SeabridgeError:
    """It holds what no feed may hold."""
    return SeabridgeError(ErrorCode.FEED_UNSAFE, problem, problem=problem[:_LONGEST])


def faulty(problems: Sequence[Problem]) -> SeabridgeError:
    """Its files cannot be used; the sentence tells the first fault."""
    first = problems[0]
    return SeabridgeError(
        ErrorCode.FEED_FAULTY,
        "; ".join(str(one)[:_LONGEST] for one in problems[:20]),
        file=first.file,
        line=first.line,
        problem=first.message[:_LONGEST],
        count=len(problems),
    )
