"""Output of commands, kept in one place because a library must not print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import msgspec

#: Gives a text of the catalogue when help is asked for, else "".
Say = Callable[[str], str]


def line(content: str = "") -> None:
    """A line to the terminal."""
    sys.stdout.write(content + "\n")
    sys.stdout.flush()


def as_json(value: Any) -> None:
    """A value as readable JSON."""
    line(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))
