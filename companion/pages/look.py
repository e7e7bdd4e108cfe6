"""What of a saved page a person would not see, as far as the file itself tells."""

from __future__ import annotations

import re
from typing import Any

#: Attribute of every node Seabridge puts into a page.
OURS = "data-seabridge"
#: Attribute by which a capture marks what was not drawn when the page was saved.
HIDDEN_MARK = "data-seabridge-hidden"
#: Siblings looked through for the visible twin of a node.
_MOST_SIBLINGS = 40
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Look:
    """Visibility within one saved page. ``heed`` False sees everything, as counting selectors does."""

    def __init__(self, heed: bool = True) -> None:
        self._heed = heed
        self._known: dict[Any, bool] = {}
        #: Root of a shadow root or of a frame's document to the element it stands in.
        self.around: dict[Any, Any] = {}

    def hidden(self, element: Any) -> bool:
        """Whether the element or anything around it is hidden."""
        if not self._heed:
            return False
        chain = []
        while element is not None and element not in self._known:
            chain.append(element)
            above_it = element.getparent()
            element = self.around.get(element) if above_it is None else above_it
        above = self._known[element] if element is not None else False
        for inner in reversed(chain):
            above = above or self.hidden_itself(inner)
            self._known[inner] = above
        return above

    def hidden_itself(self, element: Any) -> bool:
        """Whether this very element hides itself and what is in it."""
        if not self._heed:
            return False
        get = element.get
        if get("hidden") is not None or get(HIDDEN_MARK) is not None:
            return True
        if element.tag == "input" and (get("type") or "").lower() == "hidden":
            return True
        style = (get("style") or "").lower()
        if "display" in style or "visibility" in style:
            given = declarations(style)
            if given.get("display") == "none" or given.get("visibility") in ("hidden", "collapse"):
                return True
        return get("aria-hidden") == "true" and _has_visible_twin(element)


def _has_visible_twin(element: Any) -> bool:
    """A node kept from screen readers is drawn all the same, unless a sibling says the same in its place."""
    parent = element.getparent()
    own = "".join(element.itertext()).strip()
    if parent is None or not own or len(parent) > _MOST_SIBLINGS:
        return False
    return any(
        isinstance(other.tag, str)
        and other is not element
        and other.get("aria-hidden") != "true"
        and other.get(HIDDEN_MARK) is None  # clipped, for screen readers only
        and "".join(other.itertext()).strip() == own
        for other in parent
    )


def declarations(style: str) -> dict[str, str]:
    """Property to value of a style attribute, lower case; the last one counts. Strings with ``;`` are not expected."""
    found = {}
    for part in _COMMENT.sub(" ", style).split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found
