"""CSS selectors over a saved page, with the meaning they have in a browser.

A selector is tried on its whole tree and what it finds is then narrowed to the scope, as ``querySelectorAll`` does: in
``.list .row`` the list may stand above the row that is asked. `` >>> `` steps into an open shadow root or a saved
frame.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Any

from companion.protocol.pages import Select

from .document import Saved, Tree

STEP = " >>> "
#: Most elements one query may give; a page that shows more is not read completely.
MOST = 2_000


class SelectorRefused(ValueError):
    """A selector that cannot be used on a saved page, with the reason."""


def matches(scope: Any, css: str, saved: Saved) -> list[Any]:
    """All matches below ``scope`` (a Tree or an element) in document order."""
    try:
        steps = compiled(css)
    except SelectorRefused as exc:
        saved.refused[css] = str(exc)  # finds nothing, like in a browser that cannot parse it; the next fallback may
        return []
    scopes = [scope]
    found: list[Any] = []
    for at, step in enumerate(steps):
        found = [hit for each in scopes for hit in _below(each, step, saved)][:MOST]
        if at < len(steps) - 1:
            scopes = [saved.inside[hit] for hit in found if hit in saved.inside]
    return found


def match(scope: Any, css: str, saved: Saved) -> Any:
    """The first match, None without one."""
    found = matches(scope, css, saved)
    return found[0] if found else None


def match_shown(scope: Any, css: str, saved: Saved) -> Any:
    """The first match a person sees, None without one: pages keep hidden twins."""
    return next((hit for hit in matches(scope, css, saved) if not saved.look.hidden(hit)), None)


def itself(element: Any, css: str, saved: Saved) -> bool:
    """Whether the element itself fits; a selector that steps inside never does."""
    if STEP in css or isinstance(element, Tree):
        return False
    try:
        [step] = compiled(css)
    except SelectorRefused as exc:
        saved.refused[css] = str(exc)
        return False
    return element in _hits(saved.spots[element].tree, step)[2]


def find_all(scope: Any, selects: list[Select], saved: Saved) -> list[Any]:
    """All matches of the first selector that finds anything."""
    for select in selects:
        if found := matches(scope, select.css, saved):
            return found
    return []


def find(scope: Any, selects: list[Select], saved: Saved) -> Any:
    """The first match of the first selector that finds anything."""
    return next(iter(find_all(scope, selects, saved)), None)


def find_in(element: Any, selects: list[Select], saved: Saved) -> Any:
    """Like ``find``, but the element itself counts too: a row may carry its own mark."""
    for select in selects:
        if itself(element, select.css, saved):
            return element
        if (found := match(element, select.css, saved)) is not None:
            return found
    return None


def _below(scope: Any, step: str, saved: Saved) -> list[Any]:
    if isinstance(scope, Tree):
        return _hits(scope, step)[1][:MOST]
    spot = saved.spots[scope]
    numbers, elements, _ = _hits(spot.tree, step)
    return elements[bisect_left(numbers, spot.enter + 1) : bisect_left(numbers, spot.exit)][:MOST]


def _hits(tree: Tree, step: str) -> tuple[list[int], list[Any], set[Any]]:
    known = tree.hits.get(step)
    if known is None:
        spots = tree.saved.spots
        # The holder of a shadow root is no element of the page.
        found = [hit for hit in _xpath(step, tree.shadow)(tree.root) if hit is not tree.root or not tree.shadow]
        found.sort(key=lambda hit: spots[hit].enter)
        known = tree.hits[step] = ([spots[hit].enter for hit in found], found, set(found))
    return known


@lru_cache(maxsize=1024)
def compiled(css: str) -> tuple[str, ...]:
    """The steps of a selector, each checked; raises SelectorRefused."""
    steps = tuple(css.split(STEP))
    for step in steps:
        _xpath(step, False)
    return steps


@lru_cache(maxsize=2048)
def _xpath(step: str, shadow: bool) -> Any:
    from cssselect import SelectorError
    from lxml import etree

    from .xpath import to_xpath

    try:
        # below a shadow root's holder only: its children have no parent in the page
        expression = to_xpath(step, "descendant::" if shadow else "descendant-or-self::")
        return etree.XPath(expression)
    except (SelectorError, etree.XPathError) as exc:
        raise SelectorRefused(str(exc)) from exc
    except RecursionError as exc:
        raise SelectorRefused("too many brackets in brackets") from exc
