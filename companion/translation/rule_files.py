"""Reads one of our rule files into its type."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from companion.marketplaces.lines import Unreadable, parse
from companion.protocol.decode import convert

T = TypeVar("T")


def read_rules(path: Path, kind: type[T]) -> T:
    """Raises ValueError naming file and fault; OSError when it cannot be read."""
    try:
        content, _lines = parse(path.read_text("utf-8"))
        return convert(content, kind)
    except Unreadable as exc:
        raise ValueError(f"{path.name}:{exc.line}: {exc}") from exc
    except (msgspec.ValidationError, UnicodeDecodeError) as exc:
        raise ValueError(f"{path.name}: {exc}") from exc
