"""Is a marketplace's folder complete, honest and true of its own case pages? Every fault with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from ..locales import text
from ..marketplaces import Problem, load_one
from ..marketplaces.checks import SHORTEST_SOURCE
from ..marketplaces.lines import Place as Where
from ..marketplaces.lines import Unreadable, line_of, parse
from ..marketplaces.walk import Kind, raw_entries
from ..pages.pattern import PatternRefused, compiled_pattern
from ..pages.select import SelectorRefused, compiled
from ..protocol.pages import PAGE_KINDS, Marketplace
from ..protocol.pages import Page as Described
from . import marketplace_cases as cases_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Result:
    """What was looked at in one folder, and what is wrong."""

    name: str
    faults: list[Problem] = field(default_factory=list)
    pages: int = 0
    entries: int = 0
    cases: int = 0

    def plain(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "name": self.name,
            "ok": not self.faults,
            "pages": self.pages,
            "entries": self.entries,
            "cases": self.cases,
            "faults": [{"file": one.file, "line": one.line, "message": one.message} for one in self.faults],
        }


@dataclass(slots=True)
class Entry:
    """One selector or read as it stands in the file."""

    place: Where
    kind: Kind
    raw: dict[str, Any]


class Page:
    """One page file with its lines, and a way to complain about it."""

    def __init__(self, path: Path, result: Result, locale: str) -> None:
        self.path = path
        self.folder = path.parents[1]
        self._result, self._locale = result, locale
        self.raw: Any = None
        self.lines: dict[Where, int] = {}
        with suppress(Unreadable, OSError, UnicodeDecodeError):  # the loader has said so
            self.raw, self.lines = parse(path.read_text("utf-8"))

    def fault(self, place: Where, key: str, **data: Any) -> None:
        """A sentence of the catalogue about a place of this file."""
        message = text(f"marketplace_fault_{key}", self._locale, **data)
        file = self.path.relative_to(self.folder.parent).as_posix()
        self._result.faults.append(Problem(file, line_of(place, self.lines), f"{_name(place)}: {message}"))

    @property
    def cases(self) -> dict[str, Any]:
        found = self.raw.get("cases") if isinstance(self.raw, dict) else None
        return {name: case for name, case in found.items() if isinstance(case, dict)} if isinstance(found, dict) else {}

    def entries(self) -> Iterator[Entry]:
        for place, kind, raw in raw_entries(self.raw):
            yield Entry(place, kind, raw)


def check(folder: Path, locale: str, *, shared: bool = False) -> Result:
    """Look at a folder; the faults are those of the loader first, then those only a check finds.

    ``shared``: pages that a seller taught or was given; they come without case pages, and nothing is asked of those.
    """
    result = Result(folder.name)
    if not (folder / "marketplace.yml").is_file():
        message = text("marketplace_fault_no_file", locale)
        result.faults.append(Problem(f"{folder.name}/marketplace.yml", 1, message))
        return result
    marketplace, problems = load_one(folder)
    # what is no pattern is told below, with the pattern itself
    result.faults += [one for one in problems if " is not a pattern: " not in one.message]
    files = [Page(path, result, locale) for path in sorted((folder / "pages").glob("*.yml"))]
    result.pages = len(files)
    _head(folder, result, locale, {str(page.raw.get("page")) for page in files if isinstance(page.raw, dict)})
    for page in files:
        if isinstance(page.raw, dict):
            _page(page, result, shared=shared)
    if not shared and all(isinstance(page.raw, dict) for page in files):
        _unused(folder, files, result, locale)
    if marketplace is not None and not shared:
        for page in files:
            described = next((one for one in marketplace.pages if one.id == page.raw.get("id")), None)
            if described is not None:
                _against_cases(page, marketplace, described, result)
    return result


def _head(folder: Path, result: Result, locale: str, kinds: set[str]) -> None:
    head = Page(folder / "marketplace.yml", result, locale)
    head.folder = folder
    if not isinstance(head.raw, dict):
        return
    if not str(head.raw.get("title") or "").strip():
        head.fault(("title",), "title")
    if not head.raw.get("hosts"):
        head.fault(("hosts",), "hosts")
    gaps = head.raw.get("gaps")
    if not kinds and not (isinstance(gaps, dict) and set(PAGE_KINDS) <= set(gaps)):
        head.fault((), "no_pages")
    for kind in gaps if isinstance(gaps, dict) else ():
        if kind in kinds:
            head.fault(("gaps", kind), "gap", page=kind)


def _page(page: Page, result: Result, *, shared: bool) -> None:
    raw = page.raw
    if raw.get("state") != "assumed" and len(str(raw.get("source") or "").strip()) < SHORTEST_SOURCE:
        page.fault(("source",), "source")
    if not _is_past_date(str(raw.get("checked") or "")):
        page.fault(("checked",), "checked")
    if not raw.get("health"):
        page.fault(("health",), "health")
    if not page.cases and not shared:
        page.fault(("cases",), "cases")
    messages = raw.get("messages")
    if isinstance(messages, dict):
        _pattern(page, ("messages", "strip"), messages.get("strip"))
        texts = messages.get("system_texts")
        for at, pattern in enumerate(texts if isinstance(texts, list) else []):
            _pattern(page, ("messages", "system_texts", at), pattern)
    for name in ("paths", "queries", "system_previews", "seller_previews"):
        for at, pattern in enumerate(raw[name] if isinstance(raw.get(name), list) else []):
            _pattern(page, (name, at), pattern)
    for at, kpi in enumerate(raw["kpis"] if isinstance(raw.get("kpis"), list) else []):
        for name in ("value", "target"):
            _pattern(page, ("kpis", at, name), kpi.get(name) if isinstance(kpi, dict) else None)
    for entry in page.entries():
        result.entries += 1
        _entry(page, entry, shared=shared)
    if shared:
        return
    for name, case in page.cases.items():
        _case(page, name, case)
    if page.cases and all(case.get("reads") is None for case in page.cases.values()):
        page.fault(("cases",), "cases")
    recognised = {name for name, case in page.cases.items() if case.get("reads") is not None}
    result.cases += len(page.cases)
    for entry in page.entries():
        _expect(page, entry, recognised)


def _case(page: Page, name: str, case: dict[str, Any]) -> None:
    place = ("cases", name)
    path = page.folder / "cases" / f"{name}.html"
    if not path.is_file():
        page.fault(place, "case_missing", file=f"cases/{name}.html")
    elif b"<script" in path.read_bytes().lower():
        page.fault(place, "case_script", file=f"cases/{name}.html")
    for key in ("url", "reads"):
        if key not in case:
            page.fault(place, "case_key", name=key)


def _expect(page: Page, entry: Entry, recognised: set[str]) -> None:
    """Says the entry for each case page how often it is found there?"""
    place = entry.place
    expect = entry.raw.get("expect")
    if not isinstance(expect, dict) or not all(type(count) is int and count >= 0 for count in expect.values()):
        page.fault(place, "expect")
    else:
        for name in sorted(set(expect) - set(page.cases)):
            page.fault((*place, "expect"), "expect_unknown", case=name)
        for name in sorted(recognised - set(expect)):
            page.fault((*place, "expect"), "expect_silent", case=name)


def _entry(page: Page, entry: Entry, *, shared: bool) -> None:
    raw, place = entry.raw, entry.place
    if "trust" not in raw and not shared:
        page.fault(place, "trust")
    if "assumed" in str(raw.get("because") or "") and raw.get("trust") != "low":
        page.fault(place, "assumed")
    if isinstance(raw.get("css"), str) and raw["css"]:
        try:
            compiled(raw["css"])
        except SelectorRefused as exc:
            page.fault((*place, "css"), "selector", css=raw["css"], reason=exc)
    _pattern(page, (*place, "pattern"), raw.get("pattern"))


def _pattern(page: Page, place: Where, pattern: Any) -> None:
    if not isinstance(pattern, str) or not pattern:
        return
    try:
        compiled_pattern(pattern)
    except PatternRefused as exc:
        page.fault(place, "pattern", pattern=pattern, reason=exc)


def _against_cases(page: Page, marketplace: Marketplace, described: Described, result: Result) -> None:
    """Every entry counted on every case page, and every case read as it says."""
    for name in page.cases:
        try:
            case = cases_of.open_case(page.folder / "cases", page.cases, name, marketplace)
        except cases_of.CaseUnusable as exc:
            page.fault(("cases", name), exc.key, **exc.data)
            continue
        for entry in page.entries():
            wanted = (entry.raw.get("expect") or {}).get(name) if isinstance(entry.raw.get("expect"), dict) else None
            if type(wanted) is int and (found := case.count(described, entry.kind, _clean(entry.raw))) != wanted:
                what = entry.raw.get("css") or msgspec.json.encode(_clean(entry.raw)).decode()
                page.fault(entry.place, "count", case=name, css=what, found=found, wanted=wanted)
        for key, data in case.differences(described, page.cases[name].get("reads")):
            page.fault(("cases", name, "reads"), key, **data)


def _clean(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in ("expect", "because")}


def _unused(folder: Path, files: list[Page], result: Result, locale: str) -> None:
    named = {name for page in files for name in page.cases}
    for path in sorted((folder / "cases").glob("*.html")):
        if path.stem not in named:
            message = text("marketplace_fault_case_unused", locale)
            result.faults.append(Problem(path.relative_to(folder.parent).as_posix(), 1, message))


def _is_past_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        # a day ahead of UTC it may already be tomorrow
        return date.fromisoformat(value) <= datetime.now(UTC).date() + timedelta(days=1)
    except ValueError:
        return False


def _name(place: Where) -> str:
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
    return shown or "-"
