"""What page descriptions are made of: pure data telling the extension and ``companion.pages`` how to read a page.

A description never carries code. Each field lists its ways of reading in order of trust; the first that finds
something wins. Source of shape: DESIGN §2-3; anchors and their trust: the researched facts cited in ``rules/``.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from .base import Code, Data, Name

#: A CSS selector. `` >>> `` steps into the open shadow root or the same-origin frame document of what stands before it;
#: nothing else reaches across such a boundary.
Css = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Pattern = Annotated[str, msgspec.Meta(max_length=300)]
Trust = Literal["high", "medium", "low"]


class Select(Data, kw_only=True):
    """One selector among fallbacks, best first."""

    css: Css
    trust: Trust = "high"


class Read(Data, kw_only=True):
    """One way to read a value. Exactly one of ``css``, ``query``, ``hash``, ``host``, ``path`` says where.

    ``css``: the element's visible text, or ``attr`` of it, or with ``count`` how many of them are seen in the row, such
    as stars; ``query``/``hash``: a parameter of the address;
    ``host``/``path``: that part of the address. ``pattern``: keep only its first group (the whole match without a
    group); nothing when it does not fit. ``top``: look in the top document, which must be of the same origin.
    """

    css: Annotated[str, msgspec.Meta(max_length=400)] = ""
    attr: Name = ""
    count: bool = False
    query: Name = ""
    hash: Name = ""
    host: bool = False
    path: bool = False
    top: bool = False
    pattern: Pattern = ""
    trust: Trust = "high"


class Demand(Data, kw_only=True):
    """Page health: ``field`` (dotted, e.g. "messages.row") is found min to max times, max 0 = no limit."""

    field: Name
    min: int = 1
    max: int = 0


#: What an element is, apart from its names: "textarea", "button", "li", "my-composer"; "" for a mere box or words.
Kind = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[a-z0-9:-]*$")]

Part = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[a-z0-9:+-]*$")]


class Shape(Data, kw_only=True):
    """How the page is built around something the seller pointed at: no class names, no words, no mere boxes.

    Class names that a build made up, boxes around it and the order of siblings change none of it. It never finds
    anything by itself: it doubts what a selector found, and shows the seller what may be meant.
    """

    field: Name
    kind: Kind
    #: Kinds of what it stands in, nearest first.
    above: Annotated[list[Kind], msgspec.Meta(max_length=8)] = []
    #: Kinds of what stands in it; "words" for a text, "words+" for several.
    parts: Annotated[list[Part], msgspec.Meta(max_length=16)] = []
    #: How many of it there were when it was taught.
    count: Annotated[int, msgspec.Meta(ge=1, le=9_999)] = 1
    #: On which side of the list its words hang; only a page that is drawn tells.
    side: Literal["", "left", "right"] = ""


class Described(Data, kw_only=True):
    """What every page description says."""

    id: Code
    #: JavaScript-compatible patterns for the path of the address; one must fit.
    paths: list[Pattern]
    #: Patterns for the query of the address with its "?", "" without one; one must fit. None given: any address does.
    queries: list[Pattern] = []
    #: "top" = only the top document, "any" = frames too.
    frames: Literal["top", "any"] = "top"
    #: The page counts as this page only when one of these is there.
    root: list[Select]
    health: list[Demand] = []
    #: Of a page that was taught.
    shapes: Annotated[list[Shape], msgspec.Meta(max_length=20)] = []
    #: How far it may be relied on: ``done`` rests on sources that agree, ``provisional`` on one or on structure,
    #: ``assumed`` on none.
    state: Literal["done", "provisional", "assumed"]
    trust: Trust
    source: str
    checked: str
