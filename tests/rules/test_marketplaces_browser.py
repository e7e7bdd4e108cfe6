"""Every selector parsed and counted by a real browser engine on its case page, and every case read as it must be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

import pytest
import yaml

from companion.marketplaces import load, rules_dir
from companion.marketplaces.walk import raw_entries
from companion.protocol.pages import Marketplace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Playwright
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.e2e

RULES = rules_dir() / "marketplaces"
PAGES = sorted(RULES.glob("*/pages/*.yml"))


@cache
def described(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


CASES = [(path, name) for path in PAGES for name in described(path)["cases"]]
#: The extension reads conversations itself; what it learns there must be what the case says.
CHATS = [(path, name) for path, name in CASES if described(path)["page"] == "chat"]


def entries(page: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Place, kind and entry of every selector and read."""
    return [(".".join(map(str, place)), kind, entry) for place, kind, entry in raw_entries(page)]


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    from companion.practice.browser import chromium

    launched = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def context(browser: Browser, reader: str) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    # as an init script the reading code costs a tenth of what evaluating it does
    opened.add_init_script(reader)
    opened.route("https://**/*", lambda route: route.fulfill(status=404, body=""))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Markup by address: what the tab finds there now."""
    return {}


@pytest.fixture(scope="module")
def tab(context: BrowserContext, pages: dict[str, str]) -> Tab:
    """The one tab of the run: another page in it costs a fraction of another tab."""
    opened = context.new_page()
    opened.route(
        lambda address: address in pages,
        lambda route: route.fulfill(body=pages[route.request.url], content_type="text/html; charset=utf-8"),
    )
    return opened


@pytest.fixture
def frame(request: pytest.FixtureRequest, tab: Tab, pages: dict[str, str]) -> Frame:
    """The case page under its real address, inside the page it belongs to, with the reading code loaded."""
    path, name = request.param
    cases = described(path)["cases"]
    pages.clear()

    def add(case: str) -> str:
        url: str = cases[case]["url"]
        pages[url] = (path.parents[1] / "cases" / f"{case}.html").read_text("utf-8")
        return url

    url = add(name)
    outer = cases[name].get("inside")
    top = add(outer) if outer else url
    if urldefrag(tab.url).url == urldefrag(top).url:
        tab.goto("about:blank")  # an address that differs in its fragment alone would load nothing
    tab.goto(top)
    shown: Frame | None = tab.main_frame
    if outer:
        tab.evaluate(
            "src => new Promise(done => document.body.append("
            "Object.assign(document.createElement('iframe'), {src, onload: done})))",
            url,
        )
        shown = tab.frame(url=url)
    assert shown is not None
    return shown


@cache
def wire() -> list[Marketplace]:
    import msgspec

    built: list[Marketplace] = msgspec.to_builtins(load().marketplaces)
    return built


def label(value: tuple[Path, str]) -> str:
    return f"{value[0].parts[-3]}/{value[0].stem}/{value[1]}"


@pytest.mark.parametrize("frame", CASES[:1], indirect=True, ids=label)
def test_every_selector_is_one(frame: Frame) -> None:
    selectors = [entry["css"] for path in PAGES for _, _, entry in entries(described(path)) if "css" in entry]
    assert len(selectors) > 50
    assert frame.evaluate("all => reader.unparsed(all)", selectors) == []
    assert frame.evaluate("all => reader.unparsed(all)", ["div[", ":has(> #x)"]) == ["div["]


@pytest.mark.parametrize(("frame", "case"), [(case, case) for case in CASES], indirect=["frame"], ids=label)
def test_every_entry_finds_exactly_what_it_says(frame: Frame, case: tuple[Path, str]) -> None:
    path, name = case
    page = described(path)
    asked = [(place, kind, entry) for place, kind, entry in entries(page) if name in entry["expect"]]
    assert asked
    [marketplace] = [one for one in wire() if one["name"] == path.parts[-3]]  # type: ignore[index]
    [clean] = [one for one in marketplace["pages"] if one["id"] == page["id"]]  # type: ignore[index]
    if page["page"] != "chat":
        # rows and values of these pages are read from captures; their selectors must mean the same to a browser
        asked = [one for one in asked if one[1] == "select"]
        clean = {"messages": {"row": []}}
    found = frame.evaluate(
        "([page, entries]) => reader.counts(page, entries)",
        [clean, [{"kind": kind, "entry": entry} for _, kind, entry in asked]],
    )
    wrong = {
        place: f"{entry.get('css') or entry}: {count}, not {entry['expect'][name]}"
        for (place, _, entry), count in zip(asked, found, strict=True)
        if count != entry["expect"][name]
    }
    assert wrong == {}


@pytest.mark.parametrize(("frame", "case"), [(case, case) for case in CHATS], indirect=["frame"], ids=label)
def test_every_case_is_read_as_it_must_be(frame: Frame, case: tuple[Path, str]) -> None:
    path, name = case
    page = described(path)
    wanted = page["cases"][name]["reads"]
    read = frame.evaluate("reader.read(wire)")
    if wanted is None:
        assert read is None
        return
    assert read["page"] == f"{path.parts[-3]}/{page['id']}"
    assert read["thread"] == wanted["thread"]
    assert read["missing"] == []
    assert read["composer"] == wanted["composer"]
    assert [(row["direction"], row["text"], row["time"], len(row["images"])) for row in read["rows"]] == [
        (row["direction"], row["text"], row["time"], row.get("images", 0)) for row in wanted["rows"]
    ]
    assert read_early(frame, page, wanted) == {}
    assert frame.evaluate("reader.read(wire)") == read, "and all as before when it is drawn"


def read_early(frame: Frame, page: dict[str, Any], wanted: dict[str, Any]) -> dict[str, list[str]]:
    """The parts of a page without which it passes for a whole one, before they are drawn."""
    form = not any(demand["field"].startswith("messages.") for demand in page["health"])
    parts = [] if form or not wanted["rows"] else ["rows", "words"]
    parts += ["composer"] if wanted["composer"] else []
    said = {part: frame.evaluate("part => reader.early(wire, part)", part) for part in parts}
    return {part: missing for part, missing in said.items() if missing == []}
