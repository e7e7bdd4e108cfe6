"""A slot's value in the target language: converted where that is certain, else as typed, else refused. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..scripts import counts
from .items import CLASSIFIERS, CURRENCY_WORDS
from .tokens import TypedItem

_SCRIPT_OF = {
    "zh": {"han"}, "ja": {"han", "kana"}, "ko": {"hangul"}, "th": {"thai"}, "ru": {"cyrillic"}, "ar": {"arabic"},
}  # fmt: skip


def convert(item: TypedItem, kind: str, target: str, tables: Mapping[str, Any]) -> str | None:
    """The value for a slot of that kind; None when it cannot be carried over with certainty."""
    if kind in ("colour", "place"):
        names = tables[kind].get(item.meaning, {}).get(target)
        if names:
            return str(names[0])
    if kind == "date":
        return _date(item, target, tables["date"].get(target, {}))
    if kind == "price":
        value = item.value
        for word, code in CURRENCY_WORDS.items():
            if value.endswith(word) and not readable(value, target):
                return f"{value.removesuffix(word).strip()} {code}"
    if kind == "order":
        return item.value.lstrip("# ")
    if kind == "hour":
        return item.value.split(":")[0]
    return item.value if readable(item.value, target) else None


def _date(item: TypedItem, target: str, names: Mapping[str, Any]) -> str | None:
    if re.fullmatch(r"[\d/.-]+", item.value):
        return item.value
    if re.fullmatch(r"\d\d-\d\d", item.meaning):
        month, day = int(item.meaning[:2]), int(item.meaning[3:])
        if not names or not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        months = names.get("months")
        return str(names["day"]).format(d=day, m=month, month=months[month - 1] if months else "")
    if item.meaning.startswith("week-"):
        week = names.get("week", [])
        return str(week[int(item.meaning[5:]) - 1]) if week else None
    known = names.get(item.meaning, [])
    return str(known[0]) if known else None


def readable(value: str, target: str) -> bool:
    """Whether a reader of the target language can take the value as it stands: Latin, digits, or his own script."""
    return set(counts(value)) <= {"latin"} | _SCRIPT_OF.get(target, set())


def fill(template: str, values: Mapping[str, str], target: str) -> str:
    """The sentence with its slots filled; a classifier before a colour that brings its own is written once."""
    classifier = CLASSIFIERS.get(target, "")

    def put(match: re.Match[str]) -> str:
        value = values[match[2]]
        before = match[1] or ""
        if before and value.lower().startswith(before.lower()):
            return value
        return before + value

    prefix = f"({re.escape(classifier)})?" if classifier else "()"
    return re.sub(prefix + r"\{([a-z0-9]+)\}", put, template, flags=re.IGNORECASE)
