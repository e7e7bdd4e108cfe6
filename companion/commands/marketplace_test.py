"""``seabridge marketplace test``: what Seabridge reads on a saved page."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..locales import text
from .marketplace_read import plain, show
from .printing import as_json, line


class _Unusable(Exception):
    """A key of the catalogue and its data: why the page cannot be looked at."""

    def __init__(self, key: str, **data: Any) -> None:
        super().__init__(key)
        self.key, self.data = key, data


def test(options: argparse.Namespace, locale: str) -> int:
    """Print what is read; 1 when the page is unknown, not readable or not healthy."""
    try:
        read = _read(options)
    except _Unusable as exc:
        message = text(f"marketplace_{exc.key}", locale, **exc.data)
        if options.json:
            as_json({"error": {"code": exc.key, "message": message}})
        sys.stderr.write(message + "\n")
        return 1
    if options.json:
        as_json(read)
    else:
        _show(read, locale)
    return 0 if read["health"]["ok"] else 1


def _read(options: argparse.Namespace) -> dict[str, Any]:
    from ..marketplaces import load
    from ..pages.address import own_addresses, parse_address
    from ..pages.document import PageUnreadable, Saved
    from ..pages.recognise import recognise
    from ..pages.report import report

    path: Path = options.path
    observed = _observed(options.observed, path)
    if options.zone and not _is_zone(options.zone):
        raise _Unusable("zone_unknown", zone=options.zone)
    if options.url and parse_address(options.url) is None:
        raise _Unusable("url_unreadable", url=options.url[:200])
    try:
        saved = Saved(_bytes(path))
    except PageUnreadable as exc:
        raise _Unusable(f"page_{exc.reason}", path=path, **exc.data) from exc
    marketplaces = load().marketplaces
    found = recognise(saved, marketplaces, options.url)
    if found is None:
        given = parse_address(options.url) if options.url else None
        for address in [given] if given else [own for _, own in own_addresses(saved)]:
            for one in marketplaces:
                if f"{address.origin}/*" in one.hosts:
                    url = address.href[:200]
                    raise _Unusable("page_not_described", path=path, url=url, title=one.title, name=one.name)
        raise _Unusable("page_unknown_address" if options.url else "page_unknown", path=path, url=options.url[:200])
    return report(found, observed_at=observed, zone=options.zone)


def _bytes(path: Path) -> bytes:
    from ..pages.document import MOST_BYTES, PageUnreadable

    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise _Unusable("file_unreadable", path=path, reason=exc.strerror or exc) from exc
    if len(data) > MOST_BYTES:
        raise PageUnreadable("too_large", size=path.stat().st_size >> 20, limit=MOST_BYTES >> 20)
    return data


def _observed(given: str, path: Path) -> float:
    """When the page was saved: as given, else the file's own time."""
    if not given:
        try:
            return path.stat().st_mtime
        except OSError:
            return time.time()
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as exc:
        raise _Unusable("time_unreadable", time=given[:100]) from exc
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _show(read: dict[str, Any], locale: str) -> None:
    address, health = read["address"], read["health"]
    line(text("marketplace_test_page", locale, description=read["description"]))
    line(text(f"marketplace_test_known_{_key(address['known'])}", locale, url=plain(address["url"])))
    count = show(read, locale)
    for refused in health["refused"]:
        line(text("marketplace_test_refused", locale, entry=refused["entry"], reason=refused["reason"]))
    if health["ok"]:
        line(text("marketplace_test_ok", locale, count=count))
    else:
        line(text("marketplace_test_changed", locale, missing=", ".join(health["missing"])))


def _key(known: str) -> str:
    return "own" if known in ("saved", "canonical", "og:url", "base") else known
