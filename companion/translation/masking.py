"""Personal data hidden in what leaves for other people's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..conversations.cells import BAR
from .names_said import names_said
from .names_titled import titled_names
from .occurrences import merged
from .privacy import personal_spans

if TYPE_CHECKING:
    from ..conversations.transcript import Transcript


def black_out(text: str, names: tuple[str, ...], keep: tuple[str, ...]) -> str:
    """The text with a bar for e-mail, telephone, card, account, national id, address, handles, ``names`` and
    whoever has a title; ``keep`` (order numbers) stays.

    A whole that is one of the names, such as the buyer's own, is one bar.
    """
    if text in names:
        return BAR if text.strip() else text
    parts = []
    at = 0
    for start, end in merged([*personal_spans(text, names), *titled_names(text)]):
        found = text[start:end].strip()
        if not found or any(found in each for each in keep):
            continue
        parts += [text[at:start], BAR]
        at = end
    return "".join([*parts, text[at:]])


def names_in(transcript: Transcript) -> tuple[str, ...]:
    """The names the buyer wrote in the conversation: his own under a message, a consignee's."""
    return names_said(_by_the_buyer(transcript))


def _by_the_buyer(transcript: Transcript) -> Iterator[str]:
    for line in transcript.lines:
        if line.direction == "buyer":
            yield line.text
            yield from (each.text for each in line.later)
