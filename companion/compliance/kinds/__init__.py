"""How each kind of rule finds something in a scanned text: one file, one function that gives places. Pure."""

from __future__ import annotations

from collections.abc import Callable

from ..ready import Ready
from ..rule import Kind
from ..scan import Hit, Scan
from .capitalisation import capitalisation
from .length import length
from .literal import literal
from .numeric import numeric
from .occurrence import occurrence
from .repetition import repetition

#: A rule, a text and its language (\"\" = not known) → where the rule finds something, before anything excuses it.
Finder = Callable[[Ready, int, Scan, str], list[Hit]]

FINDERS: dict[Kind, Finder] = {
    "existence": literal, "substitution": literal, "claim": literal, "image-text": literal, "requires": literal,
    "occurrence": occurrence, "length": length, "capitalisation": capitalisation, "repetition": repetition,
    "numeric": numeric,
}  # fmt: skip

__all__ = ["FINDERS", "Finder", "Hit"]
