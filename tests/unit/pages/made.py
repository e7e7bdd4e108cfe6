"""Descriptions made up by the tests of each kind of page, and pages read by them."""

from __future__ import annotations

from typing import Any

from companion.pages.document import Saved
from companion.pages.recognise import recognise
from companion.pages.report import report
from companion.protocol.decode import convert
from companion.protocol.pages import Marketplace

from .stand import NOON

URL = "https://seller.example/here?shop=mine"


def css(*selectors: str | dict[str, Any]) -> list[dict[str, Any]]:
    """Entries from selectors; ``a@href`` reads an attribute."""
    built = []
    for one in selectors:
        if isinstance(one, dict):
            built.append(one)
        elif "@" in one:
            selector, _, attr = one.rpartition("@")
            built.append({"css": selector, "attr": attr})
        else:
            built.append({"css": one})
    return built


def page(kind: str, **sections: Any) -> dict[str, Any]:
    """A page description of a kind; ``root`` is ``#root``."""
    return {
        "page": kind, "id": kind, "paths": ["^/here"], "root": css("#root"), "state": "done", "trust": "high",
        "source": "made up by a test", "checked": "2026-01-01", **sections,
    }  # fmt: skip


def marketplace(*pages: dict[str, Any]) -> Marketplace:
    head = {"name": "made", "title": "Made", "hosts": ["https://seller.example/*"]}
    return convert({**head, "pages": list(pages)}, Marketplace)


def read(body: str, *pages: dict[str, Any], url: str = URL, lang: str = "en") -> dict[str, Any]:
    """The report of a page; the body stands in ``#root`` unless it has one."""
    inner = body if 'id="root"' in body else f'<div id="root">{body}</div>'
    markup = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"></head><body>{inner}</body></html>'
    found = recognise(Saved(markup.encode()), [marketplace(*pages)], url)
    assert found is not None
    return report(found, observed_at=NOON, zone="UTC")


def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without what is empty and what is computed."""
    return [
        {key: value for key, value in row.items() if value not in ("", [], None, False) and key not in ("at", "span")}
        for row in rows
    ]
