"""A conversation that changed overnight: the live reader and the companion give the same verdict on the same page."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml

from companion.marketplaces import load, rules_dir
from companion.pages.chat import Chat
from companion.pages.document import Saved
from companion.pages.recognise import recognise
from companion.protocol.pages import Marketplace

from .mutations import MUTATIONS, changed

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Playwright

pytestmark = pytest.mark.e2e

#: Case pages of one description that are changed; others differ from them in their language.
_CASES = 2


def described(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


def opened(path: Path) -> list[str]:
    """Cases that are pages of their own; those in frames are read alike, but a saved frame has another address."""
    cases = described(path)["cases"]
    return [name for name, case in cases.items() if not case.get("inside") and case["reads"] is not None][:_CASES]


PAGES = sorted((rules_dir() / "marketplaces").glob("*/pages/*.yml"))
CHATS = [path for path in PAGES if described(path)["page"] == "chat" and opened(path)]


def marks(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """Half of the marks by which rows are told apart are called otherwise: one kind of row is no longer known."""

    def change(tree: Any) -> None:
        known: dict[str, bool] = {}
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            for name in ("data-testid", "data-cy", "class", "data-mine", "data-side"):
                value = element.get(name)
                if value and known.setdefault(value, dice.random() < 0.3):
                    element.set(name, f"x{len(value)}")

    return changed(markup, change)


def virtual(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """Rows are placed by offsets now, in another order than they are written in."""

    def change(tree: Any) -> None:
        for element in tree.iter():
            if isinstance(element.tag, str) and len(element) > 2 and len({child.tag for child in element}) == 1:
                for child in element:
                    child.set("style", f"position:absolute;transform:translateY({dice.randrange(9000)}px)")

    return changed(markup, change)


def texts(markup: str, dice: random.Random, keep: frozenset[str]) -> str:
    """The element around the words is another one."""
    return markup.replace("<pre", "<em").replace("</pre>", "</em>").replace("<p", "<b").replace("</p>", "</b>")


_OLD = {name: MUTATIONS[name] for name in ("classes", "wrap", "siblings")}
CHANGES = {**_OLD, "marks": marks, "more marks": marks, "virtual": virtual, "texts": texts}


@cache
def rules() -> list[Marketplace]:
    return load().marketplaces


@pytest.fixture(scope="module")
def context(playwright: Playwright, reader: str) -> Iterator[BrowserContext]:
    from companion.practice.browser import chromium

    browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
    opened = browser.new_context()
    opened.add_init_script(reader)
    opened.route("https://**/*", lambda route: route.fulfill(status=404, body=""))
    yield opened
    browser.close()


def saved(markup: str, url: str, marketplace: Marketplace) -> list[str] | None:
    """What is missing of a saved conversation; None when none is recognised."""
    found = recognise(Saved(b"\xef\xbb\xbf" + markup.encode("utf-8", "replace")), [marketplace], url)
    if found is None or not found.drawn or not isinstance(found.read, Chat):
        return None
    return sorted({fault.field for fault in found.read.missing})


@pytest.mark.parametrize("path", CHATS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_both_readers_give_the_same_verdict(path: Path, context: BrowserContext) -> None:
    cases = described(path)["cases"]
    [marketplace] = [one for one in rules() if one.name == path.parts[-3]]
    wire = msgspec.to_builtins([marketplace])
    page = context.new_page()
    verdicts: Counter[str] = Counter()
    wrong = []
    try:
        for name in opened(path):
            url = cases[name]["url"]
            # the address stays while the content is replaced
            page.route(url, lambda route: route.fulfill(body="<html></html>", content_type="text/html"))
            page.goto(url)
            markup = changed((path.parents[1] / "cases" / f"{name}.html").read_text("utf-8"), lambda tree: None)
            for kind, change in {"as it is": lambda text, *_: text, **CHANGES}.items():
                body = change(markup, random.Random(f"{name} {kind}"), frozenset())
                page.set_content(body, wait_until="domcontentloaded")
                live = page.evaluate("all => reader.read(all)", wire)
                seen = None if live is None else sorted({fault["field"] for fault in live["missing"]})
                told = saved(body, url, marketplace)
                verdicts.update(told or ["well" if told == [] else "not drawn"])
                if seen != told:
                    wrong.append(f"{name}, {kind}: live {seen}, saved {told}")
    finally:
        page.close()
    print(f"{path.parts[-3]}/{path.stem}: {dict(verdicts)}")
    assert not wrong, "\n".join(wrong)
    assert verdicts["well"]
