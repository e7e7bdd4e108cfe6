"""Words of a Latin text, with hyphens cut as French puts verbs before pronouns. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: An elided word keeps its apostrophe: "t'" is a word, the t of "a-t-il" is none.
WORD = re.compile(r"\b(?:[a-zA-ZÀ-ÿœŒ]{1,2}['’]|[^\W\d_]+)")
#: Requests that hang together.
_JOINED = re.compile(r"\b[^\W\d_]+-(?:moi|nous)\b")


def passages(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where one of these passages stands, whatever the case."""
    found = (re.finditer(rf"\b{re.escape(one)}\b", text, re.IGNORECASE) for one in wanted)
    return sorted(match.span() for matches in found for match in matches)


def words(text: str) -> list[str]:
    """In order, as they stand there, with straight apostrophes."""
    joined = [match[0] for match in _JOINED.finditer(text)]
    text = _JOINED.sub(" ", re.sub(r"-t-", "-", text))
    return [*(match[0].replace("’", "'") for match in WORD.finditer(text)), *joined]
