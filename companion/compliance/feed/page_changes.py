"""What becomes of marketplaces and the descriptions of their pages. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from companion.protocol.pages import Marketplace, Page

from .change import Change, Detail, became, named


def page_changes(before: Sequence[Marketplace], after: Sequence[Marketplace]) -> Iterator[Change]:
    """In order of names. A marketplace that is in one of the two only is none of ours to tell."""
    new = {one.name: one for one in after}
    for was in sorted(before, key=lambda one: one.name):
        now = new.get(was.name)
        if now is None:
            continue
        if details := list(_of_marketplace(was, now)):
            yield Change("changed", "marketplace", was.name, details=details)
        yield from _pages(was, now)


def _of_marketplace(was: Marketplace, now: Marketplace) -> Iterator[Detail]:
    found = [
        became("title", "", was.title, now.title),
        named("hosts", "", [*was.hosts, *was.image_hosts], [*now.hosts, *now.image_hosts]),
        named("gaps", "", list(was.gaps), list(now.gaps)),
    ]
    yield from (one for one in found if one is not None)


def _pages(was: Marketplace, now: Marketplace) -> Iterator[Change]:
    old, new = {page.id: page for page in was.pages}, {page.id: page for page in now.pages}
    for name in sorted(old.keys() | new.keys()):
        full = f"{was.name}/{name}"
        if name not in old:
            yield Change("added", "page", full)
        elif name not in new:
            yield Change("removed", "page", full)
        elif old[name] != new[name] and (details := list(_of_page(old[name], new[name]))):
            yield Change("changed", "page", full, details=details)


def _of_page(was: Page, now: Page) -> Iterator[Detail]:
    """Field by field, as the files name them: ``messages.text``, ``kpis.late_dispatch.labels``."""
    old, new = _fields(was), _fields(now)
    for name in dict.fromkeys([*old, *new]):
        one = named("field", name, old.get(name, []), new.get(name, []))
        if one is not None:
            yield one
        elif old.get(name) != new.get(name):  # the same entries in another order: which is tried first
            yield Detail("order", name)


def _fields(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    plain = msgspec.to_builtins(page)
    for name, value in plain.items():
        _into(found, name, value)
    return found


def _into(found: dict[str, list[str]], name: str, value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _into(found, f"{name}.{key}", inner)
    elif isinstance(value, list) and name == "kpis":
        for kpi in value:
            for key, inner in kpi.items():
                if key != "name":
                    _into(found, f"kpis.{kpi.get('name', '')}.{key}", inner)
    else:
        found[name] = [_entry(one) for one in value] if isinstance(value, list) else [str(value)]


def _entry(value: Any) -> str:
    """One selector or reading: its selector alone where it has nothing else."""
    if isinstance(value, dict):
        told = {key: inner for key, inner in value.items() if key != "trust"}
        if told.keys() == {"css"}:
            return str(told["css"])
        return ", ".join(f"{key}: {inner}" for key, inner in told.items())
    return str(value)
