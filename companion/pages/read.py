"""Reading one value by a description's ``Read`` entries, the first that gives something wins (sites/read.ts)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from companion.protocol.pages import Read

from .address import Address, hash_parameter, parameter
from .document import Tree
from .pattern import PatternRefused, first_group
from .select import itself, match, match_shown, matches
from .text import tidy, words

#: Longest name, id, time or address part.
NAME = 200
#: Inputs whose value is nobody's to read, or says nothing.
_SECRET = frozenset({"password", "file", "image"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: its document and its address. ``top``: the outermost document, where this is a frame of it."""

    tree: Tree
    address: Address
    top: Place | None = None


def read_page(place: Place, reads: list[Read], longest: int = NAME) -> str:
    """A value of the page as a whole; "" when nothing gives one."""
    for read in reads:
        if value := fit(read, _of_page(place, read), place.tree):
            return value[:longest]
    return ""


def read_row(row: Any, tree: Tree, reads: list[Read], longest: int = NAME) -> str:
    """A value inside a row; "" when nothing gives one."""
    for read in reads:
        if read.count:
            if number := _number(row, tree, read):
                return str(number)
            continue
        element = target(row, tree, read)
        if element is not None and (value := fit(read, raw(element, read, tree), tree)):
            return value[:longest]
    return ""


def _number(row: Any, tree: Tree, read: Read) -> int:
    """How many matches in the row a person sees."""
    return sum(1 for hit in matches(row, read.css, tree.saved) if not tree.saved.look.hidden(hit))


def target(row: Any, tree: Tree, read: Read) -> Any:
    """The element a read points at, the row itself too; None without one a person sees."""
    if not read.css:
        return None
    if itself(row, read.css, tree.saved):
        return row
    return (match if read.attr else match_shown)(row, read.css, tree.saved)


def raw(element: Any, read: Read, tree: Tree) -> str:
    """An attribute, what a form field holds, or the words."""
    if read.attr:
        return element.get(read.attr.lower()) or ""
    if element.tag == "input":
        return "" if (element.get("type") or "").lower() in _SECRET else element.get("value") or ""
    if element.tag == "select":
        return _chosen(element, tree)
    return words(element, tree.saved.look)


def _chosen(element: Any, tree: Tree) -> str:
    """The words of the chosen option; without one the first is."""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return words(chosen[-1], tree.saved.look) if chosen else ""


def fit(read: Read, value: str, tree: Tree) -> str:
    """What the pattern keeps of a value; a pattern that cannot be used keeps nothing and is remembered."""
    tidied = tidy(value)
    if not read.pattern or not tidied:
        return tidied
    try:
        return tidy(first_group(read.pattern, tidied) or "")
    except PatternRefused as exc:
        tree.saved.refused[read.pattern] = str(exc)
        return ""


def _of_page(place: Place, read: Read) -> str:
    address = place.address
    if read.css:
        seen = place
        if read.top and place.top is not None:
            if place.top.address.origin != address.origin:
                return ""  # a browser would not let the frame look either
            seen = place.top
        find = match if read.attr else match_shown
        element = find(seen.tree, read.css, seen.tree.saved)
        return raw(element, read, seen.tree) if element is not None else ""
    if read.query:
        return parameter(address.query, read.query)
    if read.hash:
        return hash_parameter(address.fragment, read.hash)
    if read.host:
        return address.name
    return address.path if read.path else ""
