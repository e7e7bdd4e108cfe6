"""A listing editor is read in the page as it is read from a capture of it, typed text and all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from companion.marketplaces import load, rules_dir
from companion.pages.capture import capture
from companion.pages.document import Saved
from companion.pages.reading import Reading
from companion.pages.recognise import recognise
from companion.protocol.pages import Marketplace

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Playwright

pytestmark = pytest.mark.e2e

CASES = [
    (path, name)
    for path in sorted((rules_dir() / "marketplaces").glob("*/pages/*.yml"))
    if (page := yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))["page"] == "listing"
    for name in page["cases"]
]
#: A seller at work: something typed into every field a person sees, in shadow roots and frames too.
TYPE = """() => {
    const all = root => Array.from(root.querySelectorAll('*')).flatMap(one => [one,
        ...(one.shadowRoot ? all(one.shadowRoot) : []), ...(one.contentDocument ? all(one.contentDocument) : [])]);
    let number = 0;
    for (const one of all(document)) {
        if (one.matches('textarea, input:not([type]), input[type=text]')) one.value = `typed ${++number}  📦\\u00a0x`;
        else if (one.matches('[contenteditable]') && !one.closest('textarea'))
            one.insertAdjacentHTML('beforeend', `<p>typed ${++number}</p><p hidden>not seen</p>`);
    }
    return number;
}"""


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


def saved(markup: str, url: str) -> dict[str, Any] | None:
    """What the companion reads of a capture, in the shape of the live reading."""
    found = recognise(Saved(markup.encode()), rules(), url)
    if found is None or not found.drawn:
        return None
    assert isinstance(found.read, Reading)
    return {
        "marketplace": found.read.marketplace.name,
        "page": found.read.page.id,
        "shop": found.read.account.shop,
        "region": found.read.account.region,
        "fields": found.read.content,
        "lost": list(dict.fromkeys(fault.field for fault in found.read.missing)),
    }


@pytest.mark.parametrize(("path", "name"), CASES, ids=lambda value: value if isinstance(value, str) else value.stem)
def test_a_case_is_read_alike_before_and_while_the_seller_types(path: Path, name: str, context: BrowserContext) -> None:
    case = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["cases"][name]
    markup = (path.parents[1] / "cases" / f"{name}.html").read_text("utf-8")
    page: Page = context.new_page()
    try:
        page.route(case["url"], lambda route: route.fulfill(body=markup, content_type="text/html; charset=utf-8"))
        page.goto(case["url"])
        live = page.evaluate("reader.listing(wire)")
        assert live == saved(markup, case["url"])
        if case["reads"] is None:
            assert live is None or live["lost"]
            return
        assert live["lost"] == []
        assert page.evaluate(TYPE) > 0
        typed = page.evaluate("reader.listing(wire)")
        assert typed == saved(capture(page).html, case["url"])
        assert typed["fields"]["title"].startswith("typed "), "what was typed is the title now"
    finally:
        page.close()
