"""Words of a saved page as a person sees them, spelled as the live reader spells them (sites/text.ts)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .look import OURS, Look
from .pattern import SPACE

#: Longest text of one message.
LONGEST = 20_000
#: Longest alternative text that still is an emoji or sticker name rather than a picture's description.
_EMOJI = 16
_SKIP = frozenset({"script", "style", "template", "noscript", "svg"})
_BLOCK_NAMES = (
    "address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav"
    " ol p pre section table tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_KEEPS_SPACE = re.compile(r"white-space\s*:\s*(pre|break-spaces)", re.IGNORECASE)

_LINE_ENDS = re.compile(r"\r\n?")
_HARD_SPACES = re.compile("[\u00a0\u202f]")
_ZERO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_TRAILING = re.compile(f"[{SPACE.replace(chr(10), '')}]+\n")
_SPACES = "".join(chr(code) for code in range(0x3001) if re.match(f"[{SPACE}]", chr(code))) + "\ufeff"


def tidy(text: str) -> str:
    """One spelling for what looks the same: line ends, hard spaces, zero-width marks, trailing space of lines."""
    text = _HARD_SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    return _TRAILING.sub("\n", _ZERO_WIDTH.sub("", text)).strip(_SPACES)


def words(element: Any, look: Look, skip: Callable[[Any], bool] | None = None, longest: int = LONGEST) -> str:
    """Visible words: blocks and ``<br>`` begin lines, emoji pictures as their alternative text, and left out what is
    hidden, what Seabridge put there and what ``skip`` names.

    Line breaks inside a text are kept even outside ``<pre>``: whether the page folds them is a matter of its style
    sheets, which a saved page does not show, and the live reader keeps them too.
    """
    parts: list[str] = []
    length = 0
    # (element, keeps white space) to enter; a string is text to add, "\n" a line break if there is none yet
    todo: list[tuple[Any, bool] | str] = []

    def push(inner: Any, keeps: bool) -> None:
        later: list[tuple[Any, bool] | str] = [_text(inner.text, keeps)]
        for child in inner:
            later += [(child, keeps), _text(child.tail, keeps)]
        todo.extend(reversed(later))

    push(element, _keeps(element, False))
    while todo and length < longest:
        item = todo.pop()
        if isinstance(item, str):
            piece = item
            if piece in (_LINE, _GAP):
                if not parts or parts[-1].endswith("\n") or (piece == _GAP and parts[-1].endswith(" ")):
                    continue
                piece = "\n" if piece == _LINE else " "
            if piece:
                parts.append(piece)
                length += len(piece)
            continue
        inner, keeps = item
        tag = inner.tag
        if not isinstance(tag, str) or tag in _SKIP or inner.get(OURS) is not None:
            continue
        if look.hidden_itself(inner) or (skip is not None and skip(inner)):
            continue
        if tag == "br":
            parts.append("\n")
        elif tag == "img":
            alt = inner.get("alt") or ""
            if 0 < len(alt) <= _EMOJI:
                parts.append(alt)
        else:
            around = _LINE if tag in _BLOCKS else _GAP if tag in _CELLS else ""
            todo.append(around)
            push(inner, _keeps(inner, keeps))
            todo.append(around)
    return "".join(parts)[:longest]


_LINE = "\x00line"
_GAP = "\x00gap"


def _text(content: str | None, keeps: bool) -> str:
    """A text node; the white space between two tags of a formatted file is a gap, not a text."""
    if not content:
        return ""
    return _GAP if not keeps and "\n" in content and not content.strip(_SPACES) else content.replace("\x00", "")


def _keeps(element: Any, keeps: bool) -> bool:
    return keeps or element.tag in ("pre", "textarea") or bool(_KEEPS_SPACE.search(element.get("style") or ""))
