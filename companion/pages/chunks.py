"""A saved page as pieces of visible text in document order, by which a label's neighbourhood is found. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .document import Tree
from .figures import plain
from .look import OURS
from .text import tidy

_SKIP = frozenset({"script", "style", "template", "noscript", "svg", "option", "textarea", "head", "title"})
#: The name of something else begins here: what stands behind it is not said of what stands before.
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "dt", "th"})
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """One text node. ``head``: it is the words of a heading, not a figure in one."""

    text: str
    head: bool
    holder: Any


@dataclass(slots=True)
class Chunks:
    """All visible text of one tree; ``ranges``: first chunk of an element and the one after its last."""

    all: list[Chunk] = field(default_factory=list)
    ranges: dict[Any, tuple[int, int]] = field(default_factory=dict)

    def lines(self, first: int, end: int) -> list[str]:
        """The texts of some chunks."""
        return [chunk.text for chunk in self.all[first:end]]


def chunks_of(tree: Tree) -> Chunks:
    """The visible text nodes of a tree, without those of shadow roots and frames in it."""
    look, found = tree.saved.look, Chunks()
    # to enter: (element, in a heading); to add: (text, (in a heading, holder)); to leave: (element, its first chunk)
    todo: list[tuple[str, Any, Any]] = [("enter", tree.root, False)]
    while todo:
        what, item, more = todo.pop()
        if what == "leave":
            found.ranges[item] = (more, len(found.all))
        elif what == "add":
            text = tidy(plain(item or ""))
            if text and len(found.all) < _MOST:
                head, holder = more
                found.all.append(Chunk(text, head and not any(char.isdigit() for char in text[:4]), holder))
        elif isinstance(item.tag, str) and item.tag not in _SKIP and item.get(OURS) is None:
            if look.hidden_itself(item):
                continue
            head = more or item.tag in _HEADS or item.get("role") == "heading"
            todo.append(("leave", item, len(found.all)))
            later: list[tuple[str, Any, Any]] = [("add", item.text, (head, item))]
            for child in item:
                later += [("enter", child, head), ("add", child.tail, (head, item))]
            todo.extend(reversed(later))
    return found
