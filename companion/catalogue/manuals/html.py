"""The paragraphs of an HTML file, as a person sees them: without scripts, styles and what is hidden."""

from __future__ import annotations

from ...pages.document import PageUnreadable, Saved
from ...pages.text import words
from .blocks import LONGEST, Block, Unreadable

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def read_html(data: bytes) -> list[Block]:
    """Lines under their headings. Raises Unreadable."""
    try:
        saved = Saved(data)
    except PageUnreadable as exc:
        if exc.reason == "empty":
            return []
        raise Unreadable(exc.reason) from exc
    root = saved.top.root
    titles = [title for each in root.iter(*_HEADINGS) if (title := _flat(words(each, saved.look)))]
    body = root.find("body")
    found: list[Block] = []
    heading = ""
    for line in words(root if body is None else body, saved.look, longest=LONGEST).split("\n"):
        text = _flat(line)
        if titles and text == titles[0]:
            heading = titles.pop(0)
        elif text:
            found.append(Block(text, heading=heading))
    return found


def _flat(text: str) -> str:
    return " ".join(text.split())
