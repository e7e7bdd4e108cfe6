"""Learning from one bubble of each side, tried on pages that were written after other facts: the rules' own cases."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml

from companion.marketplaces import load
from companion.practice.browser import chromium

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Playwright, Route

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[3]
#: Described conversations that show a message of each side: marketplace, page, case.
CASES = [
    ("aliexpress", "chat", "message"),
    ("amazon", "inbox", "inbox"),
    ("ebay", "chat", "thread"),
    ("ebay", "chat", "thread-de"),
    ("etsy", "chat", "thread"),
    ("etsy", "chat", "thread-older"),
    ("lazada", "chat", "im"),
    ("lazada", "chat", "im-kit"),
    ("mercadolibre", "messages", "messages"),
    ("mercadolibre", "messages", "messages-es"),
    ("ozon", "messenger", "messenger"),
    ("shopee", "chat", "chat"),
    ("shopee", "chat", "older"),
    ("tiktok-shop", "chat", "chat"),
    ("tiktok-shop", "chat", "editable"),
    ("wildberries", "chat", "chat"),
    ("wildberries", "chat", "chat-return"),
]


def answering(html: str) -> Callable[[Route], None]:
    """Every address gives this page."""
    return lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=html)


def test_learned_sides_agree_with_the_rules(playwright: Playwright) -> None:
    node = shutil.which("node")
    if node is None or not (ROOT / "extension" / "node_modules").is_dir():
        pytest.skip("node or the extension's packages are missing")
    command = [node, "test/page/bundle.mjs", "test/teach/learner.ts"]
    built = subprocess.run(command, cwd=ROOT / "extension", check=True, capture_output=True, encoding="utf-8")
    marketplaces = json.loads(msgspec.json.encode(load().marketplaces))
    browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
    spoken, found, swapped = 0, 0, []
    for name, page_id, case in CASES:
        folder = ROOT / "rules" / "marketplaces" / name
        described = yaml.load((folder / "pages" / f"{page_id}.yml").read_text("utf-8"), yaml.CSafeLoader)
        html = (folder / "cases" / f"{case}.html").read_text("utf-8")
        page = browser.new_page()
        page.route("**/*", answering(html))
        page.goto(described["cases"][case]["url"])
        page.evaluate(built.stdout)
        read: dict[str, Any] | None = page.evaluate("all => learner.relearn(all)", marketplaces)
        assert read, f"{name}/{case}: not recognised by the rules"
        assert read["learned"], f"{name}/{case}: nothing could be learned"
        for row in read["described"]:
            if row["direction"] == "system" or not row["text"]:
                continue
            spoken += 1
            # page furniture such as a translator's note may stand around the words
            sides = [each["direction"] for each in read["learned"] if row["text"] in each["text"]]
            found += row["direction"] in sides
            if sides and row["direction"] not in sides:
                swapped.append((name, case, row["text"], sides))
        page.close()
    browser.close()
    assert swapped == []
    assert spoken > 45
    assert found >= 0.95 * spoken, f"{found} of {spoken} messages"
