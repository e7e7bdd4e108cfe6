"""``seabridge marketplace list | show``: how far each kind of page can be relied on, and a description in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..locales import catalogue, text
from ..marketplaces import RulesError, load, load_one
from ..marketplaces.lines import Place, parse
from ..marketplaces.quality import Quality, kind_of, quality, state_of
from ..marketplaces.walk import raw_entries
from ..protocol.pages import Marketplace
from .printing import as_json, line


def show_all(json: bool, locale: str) -> int:
    """Print the shipped marketplaces."""
    marketplaces = load().marketplaces
    if json:
        as_json([_summary(marketplace) for marketplace in marketplaces])
        return 0
    for marketplace in marketplaces:
        line(f"{marketplace.name}  {marketplace.title}")
        line(f"    {', '.join(host.removeprefix('https://') for host in _hosts(marketplace.hosts))}")
        for one in quality(marketplace):
            if one.pages:
                line(f"    {_line(one, locale)}")
        untold = [text(f"quality_kind_{one.kind}", locale) for one in quality(marketplace) if not one.pages]
        if untold:
            line(f"    {text('quality_state_teach', locale)}: {', '.join(untold)}")
    return 0


def show(folder: Path, json: bool, locale: str) -> int:
    """Print one marketplace; raises RulesError when its files cannot be used."""
    marketplace, problems = load_one(folder)
    if marketplace is None or problems:
        raise RulesError(problems)
    if json:
        as_json(_summary(marketplace))
        return 0
    line(f"{marketplace.title} ({marketplace.name})")
    _list(text("marketplace_show_hosts", locale), _hosts(marketplace.hosts))
    if marketplace.image_hosts:
        _list(text("marketplace_show_images", locale), _hosts(marketplace.image_hosts))
    line(f"  {text('quality_head', locale)}")
    for one in quality(marketplace):
        line(f"    {_line(one, locale)}")
        if one.source:
            line(f"    {text('quality_source', locale, source=_flat(one.source))}")
    for path in sorted((folder / "pages").glob("*.yml")):
        raw, _ = parse(path.read_text("utf-8"))
        _page(raw, locale)
    return 0


def _summary(marketplace: Marketplace) -> dict[str, Any]:
    return {
        "name": marketplace.name,
        "title": marketplace.title,
        "hosts": marketplace.hosts,
        "image_hosts": marketplace.image_hosts,
        "pages": [
            {
                "id": page.id,
                "page": kind_of(page),
                "state": state_of(page),
                "trust": page.trust,
                "checked": page.checked,
                "source": page.source,
            }
            for page in marketplace.pages
        ],
        "quality": [
            {
                "page": one.kind,
                "state": one.state,
                "trust": one.trust,
                "source": one.source,
                "checked": one.checked,
                "described_by": list(one.pages),
                "gap": one.gap,
            }
            for one in quality(marketplace)
        ],
    }


def _line(one: Quality, locale: str) -> str:
    kind, state = text(f"quality_kind_{one.kind}", locale), text(f"quality_state_{one.state}", locale)
    if not one.pages:
        return text("quality_line_teach", locale, kind=kind, state=state, gap=one.gap).strip()
    trust, pages = _trust(one.trust, locale), ", ".join(one.pages)
    return text("quality_line", locale, kind=kind, state=state, trust=trust, checked=one.checked, pages=pages)


def _page(raw: dict[str, Any], locale: str) -> None:
    line()
    line(
        text(
            "quality_page",
            locale,
            id=raw["id"],
            kind=text(f"quality_kind_{raw['page']}", locale),
            state=text(f"quality_state_{raw['state']}", locale),
            trust=_trust(raw["trust"], locale),
            checked=raw["checked"],
        )
    )
    line(text("marketplace_show_source", locale, source=_flat(str(raw["source"]))))
    _list(text("marketplace_show_paths", locale), raw["paths"])
    if raw.get("queries"):
        _list(text("marketplace_show_queries", locale), raw["queries"])
    before: Place = ()
    for place, _, entry in raw_entries(raw):
        if place[0] == "kpis":
            continue
        if place[:-1] != before:
            before = place[:-1]
            line(f"  {_field(before, locale)}")
        line(f"    {int(place[-1]) + 1}. {_way(entry, locale)}")
    for kpi in raw.get("kpis") or []:
        _kpi(kpi, locale)
    for whose in ("system", "seller"):
        if raw.get(f"{whose}_previews"):
            _list(text(f"quality_previews_{whose}", locale), raw[f"{whose}_previews"])
    if raw["page"] == "chat":
        _chat(raw, locale)
    line("  " + text("marketplace_show_health", locale))
    for demand in raw.get("health") or []:
        least, most = demand.get("min", 1), demand.get("max", 0)
        count = str(least) if least == most else f"{least}-{most}" if most else f"≥ {least}"
        line(f"    {demand['field']}: {count}")


def _chat(raw: dict[str, Any], locale: str) -> None:
    messages = raw["messages"]
    if messages.get("system_texts"):
        _list(text("quality_texts_system", locale), messages["system_texts"])
    if messages.get("strip"):
        line("  " + text("marketplace_show_strip", locale, pattern=messages["strip"]))
    line("  " + text(f"marketplace_show_sequence_{messages.get('sequence', 'document')}", locale))
    if messages.get("inherit_time"):
        line("  " + text("marketplace_show_inherit", locale))
    if raw["composer"].get("limit"):
        line("  " + text("marketplace_show_limit", locale, limit=raw["composer"]["limit"]))


def _kpi(kpi: dict[str, Any], locale: str) -> None:
    line(f"  {text('quality_kpi', locale, name=kpi['name'], unit=kpi['unit'])}")
    for at, entry in enumerate(kpi.get("row") or [], 1):
        line(f"    {at}. {_way(entry, locale)}")
    labels = [*(kpi.get("labels") or []), *([f"labels/kpi.yml: {kpi['labels_of']}"] if "labels_of" in kpi else [])]
    if labels:
        line(text("quality_labels", locale, labels=", ".join(labels)))


def _field(place: Place, locale: str) -> str:
    """What a group of entries is for."""
    key = f"marketplace_field_{'_'.join(map(str, place))}"
    return text(key if key in catalogue() else f"quality_field_{place[-1]}", locale)


def _way(entry: dict[str, Any], locale: str) -> str:
    """One way of reading in words."""
    if entry.get("css"):
        key = next((key for key in ("attr", "count", "top") if entry.get(key)), "css")
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


def _hosts(hosts: list[str]) -> list[str]:
    return [host.removesuffix("/*") for host in hosts]


def _flat(words: str) -> str:
    return " ".join(words.split())


def _list(head: str, items: list[str]) -> None:
    line(f"  {head}")
    for item in items:
        line(f"    {item}")
