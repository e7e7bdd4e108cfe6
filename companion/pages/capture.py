"""The capture script for Playwright: what a page shows, as one file that ``companion.pages`` reads.

The extension bundles the same files. Here it runs in a world of its own beside the page's scripts, as it does
there: a page cannot change what the script uses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The script, each file after what it uses.
_FILES = ("capture_safe.js", "capture.js")
#: What only a module may say; in one scope every file sees the others' names.
_MODULE_WORDS = re.compile(r"^(export |import .*$)", re.MULTILINE)
#: Name of the world in the browser's tools.
_WORLD = "seabridge-capture"


@dataclass(frozen=True, slots=True)
class Capture:
    """A captured page. ``truncated``: something was left out for size or time."""

    html: str
    bytes: int
    truncated: bool


class CaptureFailed(RuntimeError):
    """The page could not be captured: it was closed or is not a document."""


@cache
def source() -> str:
    """The script as an expression whose value is the function ``captureDocument``."""
    folder = resources.files(__package__)
    text = "\n".join(folder.joinpath(name).read_text("utf-8") for name in _FILES)
    return "(() => {\n" + _MODULE_WORDS.sub("", text) + "\nreturn captureDocument; })()"


def capture(page: Page, **options: Any) -> Capture:
    """Capture the page's top document (Chromium). Options as in capture.js. Raises CaptureFailed."""
    import json

    tools = page.context.new_cdp_session(page)
    try:
        frame = tools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = tools.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": _WORLD})["executionContextId"]
        expression = f"{source()}({json.dumps(options)})"
        asked = {"expression": expression, "contextId": world, "returnByValue": True}
        answer = tools.send("Runtime.evaluate", asked)
    finally:
        tools.detach()
    if "exceptionDetails" in answer:
        details = answer["exceptionDetails"]
        raise CaptureFailed(details.get("exception", {}).get("description") or details["text"])
    return Capture(**answer["result"]["value"])
