"""A message as sentences and what stands between them: emoji, links, line breaks. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..codes import UNSPACED
from ..protect import items_in
from ..scripts import EMOJI_RUN
from ..segment import segment

_EMOTICON = re.compile(r"(?<!\S)(?:[:;=]['-]?[()DPp3/|]+|\^_*\^|T_T|<3|xD)(?!\S)")
_COMMA = re.compile(r"[,，、;；]\s*(?!\d)|\s*[-–—~]\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """``keep``: carried over as it is; else something to find in the book."""

    text: str
    keep: bool


def parts(text: str) -> list[Part]:
    """The message cut at emoji, emoticons, links and line breaks only; joined, they are the message."""
    borders = [(m.start(), m.end()) for m in EMOJI_RUN.finditer(text)]
    borders += [(m.start(), m.end()) for m in _EMOTICON.finditer(text)]
    borders += [(m.start(), m.end()) for m in re.finditer(r"[\r\n]+", text)]
    borders += [(item.start, item.end) for item in items_in(text) if item.kind in ("url", "link", "email")]
    out: list[Part] = []
    at = 0
    for start, end in sorted(borders):
        if start < at:
            continue
        out += _said(text[at:start])
        out.append(Part(text[start:end], True))
        at = end
    return out + _said(text[at:])


def _said(text: str) -> list[Part]:
    body = text.strip()
    if not body:
        return [Part(text, True)] if text else []
    if not any(char.isalnum() for char in body):
        return [Part(text, True)]
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    out = [Part(lead, True)] if lead else []
    out.append(Part(body, False))
    return [*out, Part(tail, True)] if tail else out


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a part."""
    return [piece.text for piece in segment(text, language) if any(char.isalnum() for char in piece.text)]


def clauses(text: str) -> list[str]:
    """The pieces between commas."""
    return [piece for piece in _COMMA.split(text) if any(char.isalnum() for char in piece)]


def joined(texts: list[str], target: str) -> str:
    """Sentences of the target language put together."""
    return ("" if target in UNSPACED else " ").join(texts)


def as_calm(answer: str, said: str) -> str:
    """The answer without an exclamation mark at its end where the message ended in a full stop."""
    body = answer.rstrip()
    if said.rstrip()[-1:] not in (".", "。") or body[-1:] not in ("!", "！"):
        return answer
    stop = "。" if body[-1] == "！" else "."
    before, opened, after = body[:-1].rstrip().rpartition("¡")
    return (before + after if opened else after) + stop
