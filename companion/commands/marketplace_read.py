"""What was read on a saved page, for people."""

from __future__ import annotations

from typing import Any

from ..locales import text
from .printing import line

_MOST = 400


def plain(content: str) -> str:
    """A page's text must not steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in content)


def show(read: dict[str, Any], locale: str) -> int:
    """Print it; answers how many rows there were."""
    unknown = text("marketplace_test_unread", locale)
    chat = read["page"] == "chat"
    who = {name: plain(read["thread"][name]) or unknown for name in ("buyer", "shop")}
    line(text("marketplace_test_thread" if chat else "marketplace_test_account", locale, **who))
    for row in read["messages"]:
        _message(row, locale)
    if chat and read["composer"] is None:
        line(text("marketplace_test_no_composer", locale))
    count = len(read["messages"])
    for thread in read["threads"]:
        _thread(thread, locale)
        count += 1
    for key in ("notices", "orders", "reviews", "returns"):
        for row in read[key]:
            _fields(row, locale)
            line()
            count += 1
    for kpi in read["kpis"]:
        _kpi(kpi, locale)
        count += 1 if kpi["text"] else 0
    if read["listing"] is not None:
        _fields(read["listing"], locale)
        count += sum(1 for value in read["listing"].values() if value)
    return count


def _message(row: dict[str, Any], locale: str) -> None:
    mark = {"buyer": "←", "seller": "→", "system": "·"}[row["author"]]
    pictures = text("marketplace_test_pictures", locale, count=row["pictures"]) if row["pictures"] else ""
    lines = [plain(part) for part in row["text"].split("\n")]
    line(f"{mark} {plain(row['time']):>18}  " + f"\n{' ' * 22}".join(lines) + pictures)


def _thread(row: dict[str, Any], locale: str) -> None:
    mark = "·" if row["system"] else {"buyer": "←", "seller": "→", "": "?"}[row["last"]]
    unread = text("marketplace_test_new", locale, count=row["unread"]) if row["unread"] else ""
    line(f"{mark} {plain(row['time']):>18}  {plain(row['buyer'])}: {plain(row['preview'])[:_MOST]}{unread}")


def _fields(row: dict[str, Any], locale: str) -> None:
    """Every field that holds something; the platform's own key and computed instants are for programs."""
    for name, value in row.items():
        if not value or name in ("key", "at", "span"):
            continue
        if isinstance(value, dict):
            value = [f"{label}: {each}" for label, each in value.items()]
        values = value if isinstance(value, list) else [value]
        for at, each in enumerate(values):
            head = text(f"marketplace_read_{name}", locale) if at == 0 else ""
            line(f"  {head:>12}  {plain(str(each))[:_MOST]}")


def _kpi(kpi: dict[str, Any], locale: str) -> None:
    shown = plain(kpi["text"]) or text("marketplace_test_unread", locale)
    target = text("marketplace_test_target", locale, target=plain(kpi["target"])) if kpi["target"] else ""
    line(f"  {kpi['name']}: {shown}{target}")
