"""Output of commands, kept in one place because a library must not print."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

import msgspec

#: Gives a text of the catalogue when help is asked for, else "".
Say = Callable[[str], str]

#: Bold on and off, which only the search writes.
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
#: Control characters, and those that turn the direction of everything behind them.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BOLD = re.compile("(\x1b\\[[01]m)")


def plain(content: str) -> str:
    """Text of buyers, packages or other programs, so that it cannot steer the terminal."""
    return _STEERING.sub(" ", content)


def line(content: str = "") -> None:
    """A line to the terminal; nothing in it steers the terminal but our own bold."""
    parts = _BOLD.split(content)
    sys.stdout.write("".join(part if _BOLD.fullmatch(part) else plain(part) for part in parts) + "\n")
    sys.stdout.flush()


def complain(content: str) -> None:
    """A line to the terminal's error stream."""
    sys.stderr.write(plain(content) + "\n")


def as_json(value: Any) -> None:
    """A value as readable JSON."""
    line(escaped(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2)))


def escaped(written: str) -> str:
    """JSON in which nothing steers the terminal: escaped, those characters are the same value and harmless."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
