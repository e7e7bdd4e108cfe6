"""How a page is built around an element: kinds of what it stands in and of what stands in it (sites/shape.ts)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from companion.protocol.pages import Shape

from .document import Saved
from .look import OURS

#: Boxes and formatting: they come and go without a thing becoming another.
_BOX_NAMES = (
    "div span p pre section article b i u s em strong mark small font label code sub sup bdi br wbr picture source"
    " svg path g use style script template noscript html body shadow-root"
)
_BOXES = frozenset(_BOX_NAMES.split())
_MOST_ABOVE = 8
_MOST_INSIDE = 400
_SAMPLE = 60
_WRITES = frozenset({"", "text", "search", "email", "url", "tel", "number"})
_PRESSED = frozenset({"button", "submit", "image", "reset"})
_SILENT = frozenset({"script", "style", "template", "noscript", "svg"})
_KIND = re.compile(r"[a-z0-9-]{1,40}")


def kind_of(element: Any) -> str:
    """What an element is, "" for a mere box or words."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag == "input":
        given = (element.get("type") or "").lower()
        if given in _WRITES:
            return "input"
        return "button" if given in _PRESSED else f"input:{re.sub('[^a-z-]', '', given)[:20]}"
    if element.get("contenteditable") not in (None, "false"):
        return "editable"
    if tag == "button" or element.get("role") == "button":
        return "button"
    if re.fullmatch("h[1-6]", tag):
        return "h"
    return "" if tag in _BOXES or not _KIND.fullmatch(tag) else tag


def above(element: Any, saved: Saved) -> list[str]:
    """Kinds of what an element stands in, nearest first, across shadow roots; up to its own document."""
    found: list[str] = []
    at = _outer(element, saved)
    while at is not None and len(found) < _MOST_ABOVE:
        kind = kind_of(at)
        if kind and kind != (found[-1] if found else ""):
            found.append(kind)
        at = _outer(at, saved)
    return found


def _outer(element: Any, saved: Saved) -> Any:
    around = element.getparent()
    if around is not None and around.tag == "shadow-root":
        return saved.look.around.get(around)
    return around


def parts(element: Any, saved: Saved) -> set[str]:
    """Kinds of what stands in an element; in a field nothing does, since what is written there comes and goes."""
    found: set[str] = set()
    words = 0
    left = _MOST_INSIDE
    nodes = [] if _is_written(kind_of(element)) else [element]
    while nodes and left > 0:
        node = nodes.pop()
        words += bool((node.text or "").strip())
        for child in node:
            words += bool((child.tail or "").strip())
            if not isinstance(child.tag, str) or child.get(OURS) is not None:
                continue
            left -= 1
            kind = kind_of(child)
            if kind:
                found.add(kind)
            if child.tag not in _SILENT and not _is_written(kind):
                nodes.append(child)
        shadow = saved.inside.get(node)
        if shadow is not None and shadow.shadow:
            nodes.append(shadow.root)
    if words:
        found.add("words+" if words > 1 else "words")
    return found


def _is_written(kind: str) -> bool:
    return kind in ("textarea", "editable", "input", "select") or kind.startswith("input:")


def fits(shape: Shape, element: Any, saved: Saved) -> bool:
    """Whether an element is built like what was taught: of the same kind, in the same surroundings, with its parts."""
    if kind_of(element) != shape.kind:
        return False
    inside = parts(element, saved)
    if "words+" in inside:
        inside.add("words")
    # an empty field or a name that is not drawn yet is no other thing
    wanted = {part for part in shape.parts if shape.count != 1 or not part.startswith("words")}
    return wanted <= inside and _alike(shape.above, above(element, saved))


def _alike(taught: Sequence[str], now: Sequence[str]) -> bool:
    """Most of the one stands in the other, in its order: a landmark more or less is no other place."""
    lengths = [0] * (len(now) + 1)
    for kind in taught:
        corner = 0
        for at in range(1, len(now) + 1):
            before = lengths[at]
            lengths[at] = corner + 1 if kind == now[at - 1] else max(before, lengths[at - 1])
            corner = before
    return lengths[-1] * 2 >= len(taught)


def still_fits(shape: Shape, found: Sequence[Any], saved: Saved) -> bool:
    """Whether what selectors found is still built like what was taught; of several, half."""
    some = found[:_SAMPLE]
    return sum(1 for one in some if fits(shape, one, saved)) * 2 >= len(some)
