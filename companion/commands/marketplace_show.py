"""``seabridge marketplace show``: a description in sentences, with how far each way of reading is to be trusted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..locales import text
from ..marketplaces import RulesError, load_one
from ..marketplaces.lines import parse
from .marketplace_check import KINDS
from .printing import line


def show(folder: Path, locale: str) -> int:
    """Print one marketplace; raises RulesError when its files cannot be used."""
    marketplace, problems = load_one(folder)
    if marketplace is None or problems:
        raise RulesError(problems)
    line(f"{marketplace.title} ({marketplace.name})")
    _list(text("marketplace_show_hosts", locale), [host.removesuffix("/*") for host in marketplace.hosts])
    if marketplace.image_hosts:
        _list(text("marketplace_show_images", locale), [host.removesuffix("/*") for host in marketplace.image_hosts])
    for path in sorted((folder / "pages").glob("*.yml")):
        raw, _ = parse(path.read_text("utf-8"))
        _page(raw, locale)
    return 0


def _page(raw: dict[str, Any], locale: str) -> None:
    line()
    line(
        text("marketplace_show_page", locale, id=raw["id"], trust=_trust(raw["trust"], locale), checked=raw["checked"])
    )
    line(text("marketplace_show_source", locale, source=" ".join(str(raw["source"]).split())))
    _list(text("marketplace_show_paths", locale), raw["paths"])
    for place in KINDS:
        value: Any = raw
        for step in place:
            value = value.get(step) if isinstance(value, dict) else None
        if value:
            key = "_".join(place)
            line(f"  {text(f'marketplace_field_{key}', locale)}")
            for at, entry in enumerate(value, 1):
                line(f"    {at}. {_way(entry, locale)}")
    messages = raw["messages"]
    if messages.get("strip"):
        line("  " + text("marketplace_show_strip", locale, pattern=messages["strip"]))
    line("  " + text(f"marketplace_show_sequence_{messages.get('sequence', 'document')}", locale))
    if messages.get("inherit_time"):
        line("  " + text("marketplace_show_inherit", locale))
    if raw["composer"].get("limit"):
        line("  " + text("marketplace_show_limit", locale, limit=raw["composer"]["limit"]))
    line("  " + text("marketplace_show_health", locale))
    for demand in raw.get("health") or []:
        least, most = demand.get("min", 1), demand.get("max", 0)
        count = str(least) if least == most else f"{least}-{most}" if most else f"≥ {least}"
        line(f"    {demand['field']}: {count}")


def _way(entry: dict[str, Any], locale: str) -> str:
    """One way of reading in words."""
    if entry.get("css"):
        key = "attr" if entry.get("attr") else "top" if entry.get("top") else "css"
        words = text(f"marketplace_way_{key}", locale, css=entry["css"], attr=entry.get("attr", ""))
    elif entry.get("query") or entry.get("hash"):
        key = "query" if entry.get("query") else "hash"
        words = text(f"marketplace_way_{key}", locale, name=entry[key])
    else:
        words = text("marketplace_way_host" if entry.get("host") else "marketplace_way_path", locale)
    if entry.get("pattern"):
        words += text("marketplace_way_pattern", locale, pattern=entry["pattern"])
    trust = _trust(entry.get("trust", "high"), locale)
    because = f": {entry['because']}" if entry.get("because") else ""
    return f"{words}  [{trust}{because}]"


def _trust(trust: str, locale: str) -> str:
    return text(f"marketplace_trust_{trust}", locale)


def _list(head: str, items: list[str]) -> None:
    line(f"  {head}")
    for item in items:
        line(f"    {item}")
