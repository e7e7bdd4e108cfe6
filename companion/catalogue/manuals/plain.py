"""The paragraphs of a text or Markdown file. Pure."""

from __future__ import annotations

import re

from .blocks import Block

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>.+?)[ \t]*#*")
_FENCE = re.compile(r"(```|~~~)")
_EMPTY = re.compile(r"\n[ \t]*\n")


def read_text(text: str) -> list[Block]:
    """Paragraphs, which an empty line parts."""
    return [Block(part.strip("\n")) for part in _EMPTY.split(_lines(text)) if part.strip()]


def read_markdown(text: str) -> list[Block]:
    """Paragraphs under their headings, in Markdown's own spelling; what looks like a heading in code is none."""
    found: list[Block] = []
    heading, fenced = "", False
    lines: list[str] = []

    def close() -> None:
        if any(line.strip() for line in lines):
            found.append(Block("\n".join(lines).strip("\n"), heading=heading))
        lines.clear()

    for line in _lines(text).split("\n"):
        title = None if fenced else _HEADING.fullmatch(line)
        if title is not None:
            close()
            heading = title["title"]
        elif not line.strip() and not fenced:
            close()
        else:
            fenced ^= _FENCE.match(line.lstrip()) is not None
            lines.append(line)
    close()
    return found


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
