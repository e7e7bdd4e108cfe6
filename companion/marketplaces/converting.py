"""Plain values as types of the wire: every unknown key is named at once, and types as people write them. Pure."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from companion.protocol.decode import convert
from companion.protocol.pages import Marketplace

from .lines import Place, place_of

T = TypeVar("T")
_UNKNOWN = re.compile(r"^Object contains unknown field `(.+)`$")
_NEEDED = re.compile(r"^Object missing required field `(.+)`$")
_TYPES = {
    "object": "a mapping (key: value)", "array": "a list", "str": "a text", "int": "a whole number",
    "float": "a number", "bool": "true or false", "null": "nothing",
}  # fmt: skip
_TYPE = re.compile(r"`(object|array|str|int|float|bool|null)(?: \| null)?`")
_OTHER = re.compile(r"^Expected (.+), got (.+)$")
#: Most unknown keys named of one file.
_MOST = 20


def converted(value: Any, kind: Any, say: Callable[[Place, str], None]) -> Any:
    """The value as ``kind``, None with the faults said. An unknown key is said and left out, so that the next is found
    too; of other faults the first is said."""
    value, sound = copy.deepcopy(value), True
    for _ in range(_MOST):
        try:
            found = convert(value, kind)
            return found if sound else None
        except msgspec.ValidationError as exc:
            sound = False
            message, _, path = str(exc).rpartition(" - at `")
            if not message:  # a fault of the document itself carries no path
                message, path = str(exc), "$"
            place = place_of(path.rstrip("`"))
            unknown, needed = _UNKNOWN.match(message), _NEEDED.match(message)
            if unknown is None:
                say(place, f"needs the key `{needed[1]}`" if needed else _plainly(message))
                return None
            say((*place, unknown[1]), _spelling(unknown[1]))
            if not _taken_out(value, place, unknown[1]):
                return None
    return None


def _plainly(message: str) -> str:
    other = _OTHER.match(_TYPE.sub(lambda m: _TYPES[m[1]], message))
    return f"must be {other[1]}, not {other[2]}" if other else f"cannot be used: {message}"


def _spelling(key: str) -> str:
    near = [] if key in _keys() else difflib.get_close_matches(key, _keys(), 1)
    return "is no key that may stand here; " + (f"did you mean `{near[0]}`?" if near else "see rules/README.md")


def _taken_out(value: Any, place: Place, key: str) -> bool:
    """Whether the key could be taken out of the value at a place."""
    try:
        for step in place:
            value = value[step]
        del value[key]
    except (KeyError, IndexError, TypeError):
        return False
    return True


@cache
def _keys() -> list[str]:
    """Every key of a marketplace's files, for those who mistyped one."""
    return sorted(set(_names(Marketplace, set())) | {"because", "expect", "cases", "labels_of"})


def _names(kind: Any, seen: set[Any]) -> Iterator[str]:
    if kind in seen:
        return
    seen.add(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for name, hint in get_type_hints(kind).items():
            yield name
            yield from _names(hint, seen)
    for inner in get_args(kind):
        if not isinstance(inner, str | int | msgspec.Meta):
            yield from _names(inner, seen)
