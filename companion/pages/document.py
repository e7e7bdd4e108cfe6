"""A saved page as a tree: bounded, without script or network, shadow roots and saved frames as trees of their own.

Like in a browser, a selector sees one tree: what stands in a shadow root or in a frame is not part of the page around
it, what stands in a ``<template>`` or ``<noscript>`` is no part of any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .encoding import decode
from .look import Look

#: Largest saved page, with all frames saved in it.
MOST_BYTES = 32 * 1024 * 1024
#: A page with more elements, or so many below one element, was not made for people.
MOST_ELEMENTS = 250_000
MOST_CHILDREN = 25_000
#: Frames in frames.
_MOST_FRAMES_DEEP = 4
_SHADOW = ("shadowrootmode", "shadowroot", "shadowmode")
_TAG = re.compile(r"<[a-zA-Z!]")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,4000}?)\s*-->")


class PageUnreadable(ValueError):
    """A file that cannot be taken for a page: ``reason`` is too_large, too_deep, too_many, empty or no_html."""

    def __init__(self, reason: str, **data: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.data = data


@dataclass(slots=True)
class Spot:
    """Where an element stands: its tree, its number there, and the number after its last descendant."""

    tree: Tree
    enter: int
    exit: int


class Tree:
    """One document or shadow root. ``root`` is the ``<html>`` element, or a holder of a shadow root's children."""

    def __init__(self, saved: Saved, root: Any, *, shadow: bool, around: Tree | None, src: str = "") -> None:
        self.saved = saved
        self.root = root
        self.shadow = shadow
        #: The document in which this frame stands, or the tree of the shadow root's host.
        self.around = around
        #: What a frame says it was loaded from.
        self.src = src
        #: Elements a selector found, by the selector.
        self.hits: dict[str, tuple[list[int], list[Any], set[Any]]] = {}

    @property
    def language(self) -> str:
        """Language of the document as it says itself, "" when it does not."""
        found = (self.root.get("lang") or "").strip() if not self.shadow else ""
        return found if re.fullmatch(r"[A-Za-z0-9-]{2,16}", found) else ""


class Saved:
    """A whole saved file."""

    def __init__(self, data: bytes, *, heed_hidden: bool = True) -> None:
        """Parse. ``heed_hidden`` False: nothing counts as hidden. Raises PageUnreadable."""
        if len(data) > MOST_BYTES:
            raise PageUnreadable("too_large", size=len(data) >> 20, limit=MOST_BYTES >> 20)
        text, self.encoding = decode(data)
        if text.strip() and not _TAG.search(text):
            raise PageUnreadable("no_html")
        self.look = Look(heed_hidden)
        self.spots: dict[Any, Spot] = {}
        #: Host to shadow root, frame element to its document.
        self.inside: dict[Any, Tree] = {}
        #: Selectors that could not be used here, with the reason.
        self.refused: dict[str, str] = {}
        self._left = MOST_BYTES - len(data)
        found = _SAVED_FROM.search(text[:8_192])
        #: Where the browser says it saved the page from; "" when it does not.
        self.saved_from = found[1].replace("-%2D", "--") if found else ""
        self.top = self._document(text, None, "", 0)
        if len(self.spots) < 3 and not "".join(self.top.root.itertext()).strip():
            raise PageUnreadable("empty")

    @property
    def documents(self) -> list[Tree]:
        """The page and the documents of its frames."""
        return [self.top, *(tree for tree in self.inside.values() if not tree.shadow)]

    def _document(self, text: str, around: Tree | None, src: str, deep: int) -> Tree:
        tree = Tree(self, _parse(text), shadow=False, around=around, src=src)
        self._settle(tree, deep)
        return tree

    def _settle(self, tree: Tree, deep: int) -> None:
        """Take apart what a browser keeps apart, then number the elements."""
        from lxml import etree

        shadows: list[tuple[Any, Any]] = []
        for element in list(tree.root.iter("template", "noscript")):
            if element.tag == "template" and any(element.get(name) is not None for name in _SHADOW):
                host = element.getparent()
                if host is not None and all(host is not known for known, _ in shadows):
                    holder = etree.Element("shadow-root")
                    holder.text = element.text
                    holder.extend(list(element))
                    shadows.append((host, holder))
            for child in list(element):
                element.remove(child)
            element.text = None
        self._number(tree)
        for host, holder in shadows:
            if host in self.spots:  # not one that stood in a template
                inner = Tree(self, holder, shadow=True, around=tree)
                self.inside[host] = inner
                self.look.around[holder] = host
                self._settle(inner, deep)
        for frame in list(tree.root.iter("iframe", "frame")):
            content = frame.get("srcdoc")
            if content and deep < _MOST_FRAMES_DEEP and frame in self.spots:
                self._left -= len(content)
                if self._left < 0:
                    raise PageUnreadable("too_large", size=MOST_BYTES >> 20, limit=MOST_BYTES >> 20)
                inner = self._document(content, tree, frame.get("src") or "", deep + 1)
                self.inside[frame] = inner
                self.look.around[inner.root] = frame

    def _number(self, tree: Tree) -> None:
        """Document order, by which descendants are found without walking."""
        spots = self.spots
        open_: list[tuple[Any, Spot]] = []
        number = 0
        for element in tree.root.iter("*"):
            if len(spots) >= MOST_ELEMENTS or len(element) > MOST_CHILDREN:
                raise PageUnreadable("too_many", limit=MOST_ELEMENTS)
            parent = element.getparent()
            while open_ and open_[-1][0] is not parent:
                open_.pop()[1].exit = number
            spot = Spot(tree, number, number + 1)
            spots[element] = spot
            open_.append((element, spot))
            number += 1
        for _, spot in open_:
            spot.exit = number


def _parse(text: str) -> Any:
    from lxml import etree

    # HTML has no entities of its own making; huge_tree raises the depth from 256 (a page may be deeper) to 2,048.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, recover=True, huge_tree=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as exc:
        raise PageUnreadable("empty") from exc
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise PageUnreadable("too_deep")
    if root is None:
        raise PageUnreadable("empty")
    return root
