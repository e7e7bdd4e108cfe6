"""YAML with the line every value stands on, so that a fault can be shown where it is."""

from __future__ import annotations

import re
from typing import Any

#: A place inside a document: mapping keys and list positions from the top.
Place = tuple[str | int, ...]


class Unreadable(ValueError):
    """Not YAML, a value of no type, or a key stands twice. ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def parse(text: str) -> tuple[Any, dict[Place, int]]:
    """The document and the line (from 1) of each place in it; raises Unreadable."""
    import yaml

    try:
        node = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        raise Unreadable(mark.line + 1 if mark else 1, str(exc.problem or exc)) from exc
    except yaml.YAMLError as exc:  # a character YAML does not allow
        raise Unreadable(1, str(exc).splitlines()[0]) from exc
    lines: dict[Place, int] = {(): 1}
    value = _build(node, (), lines, yaml.SafeLoader("")) if node is not None else None
    return value, lines


def _build(node: Any, place: Place, lines: dict[Place, int], scalars: Any) -> Any:
    import yaml

    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in built:
                raise Unreadable(key_node.start_mark.line + 1, f"`{key}` stands twice")
            built[key] = _build(value_node, (*place, key), lines, scalars)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*place, at), lines, scalars) for at, item in enumerate(node.value)]
    try:
        return scalars.construct_object(node)
    # what YAML's own types make of a 13th month, an unknown tag, a number of five thousand digits
    except (yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, TypeError) as exc:
        shown = str(node.value)[:40]
        raise Unreadable(node.start_mark.line + 1, f"`{shown}` is not what it looks like: {str(exc)[:80]}") from exc


_STEP = re.compile(r"\.(?P<key>[A-Za-z0-9_]+)|\[(?P<at>\d+)\]")


def place_of(path: str) -> Place:
    """The place a msgspec path like ``$.messages.row[0].css`` names."""
    return tuple(int(m["at"]) if m["at"] is not None else m["key"] for m in _STEP.finditer(path))


def line_of(place: Place, lines: dict[Place, int]) -> int:
    """The line of a place, or of the nearest thing around it that exists."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)
