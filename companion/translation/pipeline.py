"""The steps between a chat line and an engine, each small and pure: cut, normalise and protect, restore, join.

A line is cut at what no engine should see (line breaks, emoji, laughter); the parts between go to the engine with their
items marked, and the whole is put together again around what was kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .chat import NO_CHAT, Chat
from .marks import BRACKETS, MarkStyle
from .normalise import normalise, shouts
from .occurrences import meet, run_together
from .protect import NOTHING_KNOWN, Known, Protected, around, items_in, protect
from .scripts import EMOJI_RUN, has_letters
from .segment import BREAK

#: What a text is part of: a conversation, or the fields of a listing.
Kind = Literal["chat", "listing"]
#: Characters on either side of a sign that decide what it is.
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Part:
    """``keep``: stands in the translation as ``shown``; otherwise words for the engine. ``said`` stood in the line."""

    said: str
    shown: str
    keep: bool


@dataclass(frozen=True, slots=True)
class Direction:
    """All that decides how a line of one language becomes one of another."""

    source: str
    target: str
    chat: Chat = NO_CHAT
    target_chat: Chat = NO_CHAT
    known: Known = NOTHING_KNOWN
    style: MarkStyle = field(default=BRACKETS)
    kind: Kind = "chat"

    def tidy(self, text: str) -> Callable[[str], str]:
        """How words between the items of a text become what the engine should read."""
        if self.kind == "listing":
            return lambda words: unicodedata.normalize("NFC", words)
        shouted = shouts("".join(piece for piece, item in around(text, known=self.known) if not item))
        return lambda words: normalise(words, self.chat, shouted)


def cut(text: str, way: Direction) -> list[Part]:
    """The parts of a line; what they said, joined, is the line."""
    items = [(item.start, item.end) for item in items_in(text, known=way.known) if item.kind != "digits"]
    kept = [(m.start(), m.end(), m[0]) for m in BREAK.finditer(text)]
    kept += [span for span in _feelings(text, way) if not any(meet(span[:2], other[:2]) for other in kept)]
    parts: list[Part] = []
    at = 0
    for start, end, shown in sorted(kept):
        if start < at or any(meet((start, end), item) for item in items):
            continue
        parts += words_of(text[at:start])
        parts.append(Part(text[start:end], shown, True))
        at = end
    return parts + words_of(text[at:])


def words_of(text: str) -> list[Part]:
    """Words for the engine, with the blanks around them kept apart; what holds no letter stays."""
    body = text.strip()
    if not body:
        return [Part(text, text, True)] if text else []
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :]
    edges = [[Part(edge, edge, True)] if edge else [] for edge in (lead, tail)]
    return [*edges[0], Part(body, body, not has_letters(body)), *edges[1]]


def _feelings(text: str, way: Direction) -> list[tuple[int, int, str]]:
    """Laughter and tears as (start, end, what the target language writes for them)."""
    signs, say = way.chat.signs, way.target_chat.say
    if signs is None:
        return []
    found = []
    for match in signs.finditer(text):
        sign = match[0]
        if sign[0] in "()" and "(" in text and ")" in text:
            continue  # brackets that belong together are no smiles
        if sign.isdecimal() and not _is_laughter(text, match, way.chat):
            continue
        found.append((match.start(), match.end(), say.get(str(match.lastgroup), sign)))
    return found


def _is_laughter(text: str, match: re.Match[str], chat: Chat) -> bool:
    """Whether digits are laughter (Thai "555"): at the end of a line, after no word that announces a number."""
    ends = not EMOJI_RUN.sub("", text[match.end() : match.end() + _NEAR].split("\n")[0]).strip(" +~!.")
    before = text[max(0, match.start() - _NEAR) : match.start()].rstrip(" :=")
    return ends and not before.endswith(chat.numbers_after or ("\0",)) and not before[-1:].isdigit()


def ready(text: str, way: Direction, bare: Collection[str] = ()) -> Protected:
    """A part as the engine gets it: normalised between its items, the items behind marks but kinds ``bare``."""
    return protect(text, False, way.known, way.style, way.tidy(text), bare)


def pieces(text: str, way: Direction, numbers: bool = False) -> list[tuple[str, bool]]:
    """A part cut around its items, for an engine that loses marks."""
    return around(text, numbers, way.known, way.tidy(text))


def joined(parts: Sequence[Part], answers: Sequence[str]) -> str:
    """The translation of a line: what was kept, and one answer per part that was not."""
    left = iter(answers)
    out, changed = "", False
    for part in parts:
        text = part.shown if part.keep else next(left)
        replaced = part.keep and part.shown != part.said
        out += f" {text}" if (changed or replaced) and run_together(out, text) else text
        changed = replaced
    return out


def to_judge(parts: Sequence[Part]) -> str:
    """What of a line the engine was answerable for: kept parts as they are shown, words as they were said."""
    return "".join(part.shown if part.keep else part.said for part in parts)
