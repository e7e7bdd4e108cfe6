"""Changes as sentences: "from 1 December 2026: …". Pure, but for the texts."""

from __future__ import annotations

import re
from datetime import date

from companion.locales import text

from .change import Change, Detail
from .hits import Hit

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Details whose values are told as they are; of these two there is a word for each value.
_WORDED = {"level": "check_level_{}", "status": "rules_status_{}"}


def line_of(change: Change, locale: str) -> str:
    """The change in a line: from when, what, which, and of a rule what it says."""
    what = text(f"rules_change_{change.subject}_{change.what}", locale, id=change.id)
    said = getattr(change.said, locale) if change.said is not None else ""
    level = text(f"check_level_{change.level}", locale) if change.level else ""
    told = text("rules_change_rule", locale, what=what, level=level, said=said) if said else what
    return text(
        "rules_change_from" if change.since else "rules_change_now", locale, day=day(change.since, locale), told=told
    )


def details_of(change: Change, locale: str) -> list[str]:
    """What in particular, a line each."""
    return [_detail(one, locale) for one in change.details]


def hit_line(hit: Hit, locale: str) -> str:
    """A text that is newly hit, in a line."""
    key = f"rules_hit_{hit.kind}"
    told = text(
        key, locale, name=hit.name, title=hit.title, level=text(f"check_level_{hit.finding.level}", locale),
        text=hit.finding.text, message=hit.finding.message,
    )  # fmt: skip
    return text("rules_change_from", locale, day=day(hit.since, locale), told=told) if hit.since else told


def day(written: str, locale: str) -> str:
    """A day as people write it; "" for none."""
    if not written:
        return ""
    found = date.fromisoformat(written)
    month = text("rules_months", locale).split(" ")[found.month - 1]
    return text("rules_day", locale, day=found.day, month=month, year=found.year)


def _detail(one: Detail, locale: str) -> str:
    name = text(f"rules_detail_{one.what}", locale, name=one.name)
    if one.before or one.after:
        shown = [_value(one.what, value, locale) for value in (one.before, one.after)]
        return text("rules_detail_became", locale, name=name, before=shown[0], after=shown[1])
    parts = [
        text(f"rules_detail_{sign}", locale, values=text("rules_detail_and", locale).join(_shown(one, values, locale)))
        for sign, values in (("added", one.added), ("removed", one.removed))
        if values
    ]
    if one.more:
        parts.append(text("rules_detail_more", locale, count=one.more))
    if not parts:
        return name
    return text("rules_detail_list", locale, name=name, values=text("rules_detail_then", locale).join(parts))


def _shown(one: Detail, values: list[str], locale: str) -> list[str]:
    """Spans of time with their days as people write them."""
    if one.what != "validity":
        return values
    return [_DAY.sub(lambda found: day(found[0], locale), value) for value in values]


def _value(what: str, value: str, locale: str) -> str:
    if not value:
        return text("rules_detail_none", locale)
    return text(_WORDED[what].format(value), locale) if what in _WORDED else value
