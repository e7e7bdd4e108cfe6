"""The real editors marketplaces use take what Seabridge writes into their own models, line by line, over older text."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion.practice.browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

EXTENSION = Path(__file__).resolve().parents[3] / "extension"
TEXTS = ("Hello world", "first line\nsecond line", "三行 <b>\n\nwith 空行 😀 مرحبا")
LINES = ["quill", "prosemirror", "lexical-rich", "lexical-plain", "draft", "react-textarea", "kat", "frame"]


def bundled(source: str) -> str:
    node = shutil.which("node")
    if node is None or not (EXTENSION / "node_modules").is_dir():
        pytest.skip("node or the extension's packages are missing")
    command = [node, "test/page/bundle.mjs", source]
    return subprocess.run(command, cwd=EXTENSION, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def scripts() -> tuple[str, str]:
    return bundled("test/editors/editors.ts"), bundled("test/editors/harness.ts")


@pytest.fixture(scope="module")
def page(playwright: Playwright, scripts: tuple[str, str]) -> Iterator[Page]:
    browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
    try:
        page = browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        style = "<style>[contenteditable]{white-space:pre-wrap}</style>"
        shell = f"<!doctype html><meta charset=utf-8>{style}<body></body>"
        page.route("**/*", lambda route: route.fulfill(body=shell, content_type="text/html"))
        page.goto("https://editors.example/")
        for script in scripts:
            page.add_script_tag(content=script)
        page.wait_for_function("Object.keys(models).length === 9 && document.querySelector('#draft [contenteditable]')")
        page.wait_for_timeout(200)
        yield page
        assert faults == []
    finally:
        browser.close()


def put(page: Page, name: str, text: str, way: int = 0) -> None:
    """Write as Seabridge does, and wait until the editor's own model has it; some take a moment."""
    page.evaluate("([name, text, way]) => put(name, text, routes(name)[way])", [name, text, way])
    holds(page, name, text)
    page.wait_for_timeout(60)  # what thinks better of it does so soon


def holds(page: Page, name: str, text: str) -> None:
    """Wait until this stands in the editor's model."""
    for _ in range(200):
        if (model := plain(page.evaluate("name => models[name]()", name))) == plain(text):
            return
        page.wait_for_timeout(25)
    assert model == plain(text)


def plain(text: str) -> str:
    """InnerText, as the frame's page mirrors, makes two lines of an empty one; Lexical parts paragraphs by two."""
    return text.replace("\n\n\n", "\n\n").replace("\n\n", "\n")


@pytest.mark.parametrize("name", LINES)
def test_an_editor_holds_what_was_written(page: Page, name: str) -> None:
    put(page, name, "what stood there before")
    for text in TEXTS:
        put(page, name, text)
        assert page.evaluate("name => reads(name)", name) == text
        holds(page, name, text)


def test_a_field_of_one_line_takes_one(page: Page) -> None:
    put(page, "react-input", "before")
    put(page, "react-input", "Hello world")
    holds(page, "react-input", "Hello world")


@pytest.mark.parametrize("name", ["quill", "prosemirror", "lexical-rich", "react-textarea"])
def test_the_second_way_works_too(page: Page, name: str) -> None:
    put(page, name, "what stood there before", 1)
    put(page, name, "Hello world", 1)
    holds(page, name, "Hello world")


@pytest.mark.parametrize("name", ["quill", "prosemirror", "lexical-rich"])
def test_what_was_written_can_be_undone(page: Page, name: str) -> None:
    box = page.locator(f"#{name} [contenteditable=true]")
    box.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("typed by hand")
    page.wait_for_timeout(1200)
    put(page, name, "Hello world")
    box.press("ControlOrMeta+z")
    holds(page, name, "typed by hand")


@pytest.mark.parametrize("name", ["lexical-rich", "draft"])
def test_words_in_the_middle_are_replaced_and_taken_out(page: Page, name: str) -> None:
    put(page, name, "a free bottle")
    mends = page.evaluate(
        "async name => [await mend(name, 'free', 'blue'), models[name](), await mend(name, 'blue', ''), models[name](),"
        " await mend(name, 'free', 'x')]",
        name,
    )
    assert mends == ["done", "a blue bottle", "done", "a bottle", "changed"]
