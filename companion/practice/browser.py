"""A Chromium window of the practice's own: real host names, routed into the practice shop, never the internet."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..runtime.browsers import CHROMIUM, installed

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Playwright, Route, Worker

    from .shop import PracticeShop

_FLAGS = (
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # After Ctrl+C or a power cut nobody wants the tabs of the last practice back.
    "--hide-crash-restore-bubble",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    # Whatever slips past the routes finds no address: the practice never goes online.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # A visible window would carry a bar that calls the line above unsupported, and offer to translate the shop.
    "--test-type",
)
_WORKER_WAIT_MS = 15_000
#: Before an address that does not open is an error.
_TRIES = 2


class BrowserMissing(Exception):
    """No Chromium that can load an extension; ``practice_no_browser`` says what to do."""


def chromium(playwright: Playwright) -> str:
    """Path of a Chromium that loads extensions: the chosen one, Playwright's own, an installed one.

    Only unbranded Chromium still takes --load-extension (DESIGN §4.10); Chrome and Edge dropped it.
    Raises BrowserMissing.
    """
    own = playwright.chromium.executable_path
    found = installed(()) or (own if own and Path(own).exists() else installed(CHROMIUM))
    if not found:
        raise BrowserMissing
    return found


@dataclass(slots=True)
class PracticeBrowser:
    """The open window. ``worker`` is the extension's background, None without an extension."""

    context: BrowserContext
    shop: PracticeShop
    worker: Worker | None = None
    extension_id: str = ""

    def page(self, url: str = "", script: str = "") -> Page:
        """A new tab; ``script`` runs in it before the scripts of each page."""
        page = _tab(self.context, script)
        return _go(page, url, script) if url else page

    def set_ports(self, ports: list[int]) -> None:
        """Tell the extension where this practice's companion listens."""
        assert self.worker is not None
        self.worker.evaluate("ports => chrome.storage.local.set({ports})", ports)

    def own_page(self, name: str) -> str:
        """Address of one of the extension's pages."""
        return f"chrome-extension://{self.extension_id}/{name}"

    def show(self, url: str) -> Page:
        """The address in a tab in front, without the options that an extension new to a profile opens by itself."""
        pages = self.context.pages
        page = pages[0] if pages else self.context.new_page()
        page.goto(url)
        for other in self.context.pages:
            if other is not page and other.url.startswith(self.own_page("options.html")):
                other.close()
        page.bring_to_front()
        return page

    def stay(self) -> None:
        """Keep serving the pages until the person closes the window."""
        from playwright.sync_api import Error

        with contextlib.suppress(Error):
            while self.context.pages:
                self.context.pages[0].wait_for_timeout(200)
                self.shop.save()
        self.shop.save()


@contextmanager
def open_practice(
    shop: PracticeShop,
    profile: Path,
    *,
    extension: Path | None = None,
    headless: bool = False,
    locale: str = "zh_CN",
    size: tuple[int, int] | None = (1280, 800),
    color_scheme: Literal["light", "dark"] | None = None,
    playwright: Playwright | None = None,
) -> Iterator[PracticeBrowser]:
    """Open Chromium on ``profile`` with every https address answered by ``shop``.

    ``extension``: folder of an unpacked build with granted hosts. ``size`` None = as the window is.
    ``playwright``: a running one to use; else one is started and stopped here. Raises BrowserMissing.
    """
    with contextlib.ExitStack() as held:
        if playwright is None:
            from playwright.sync_api import sync_playwright

            playwright = held.enter_context(sync_playwright())
        arguments = list(_FLAGS)
        if extension is not None:
            arguments += [f"--disable-extensions-except={extension}", f"--load-extension={extension}"]
        language = locale.replace("_", "-")
        arguments.append(f"--lang={language}")
        if sys.platform.startswith("linux") and hasattr(os, "geteuid") and os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox
        profile.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = {"viewport": {"width": size[0], "height": size[1]}} if size else {"no_viewport": True}
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium(playwright),
            headless=headless,
            args=arguments,
            # Playwright's own default would leave extensions out.
            ignore_default_args=["--disable-extensions"],
            locale=language,
            color_scheme=color_scheme,
            env={**os.environ, "LANGUAGE": locale},
            **options,
        )
        held.callback(_close, context)
        context.set_default_timeout(15_000)
        context.route("https://**/*", lambda route: serve(shop, route))
        browser = PracticeBrowser(context, shop)
        if extension is not None:
            workers = context.service_workers
            browser.worker = workers[0] if workers else context.wait_for_event("serviceworker", timeout=_WORKER_WAIT_MS)
            browser.extension_id = browser.worker.url.split("/")[2]
        yield browser


def serve(shop: PracticeShop, route: Route) -> None:
    """Answer one request out of the practice shop."""
    from playwright.sync_api import Error

    request = route.request
    answer = shop.handle(request.method, request.url, request.headers, request.post_data_buffer or b"")
    with contextlib.suppress(Error):  # the tab that asked may be gone
        route.fulfill(status=answer.status, headers=answer.headers, body=answer.body)


def _go(page: Page, url: str, script: str) -> Page:
    """Open an address; the tab it is open in, which may be another one.

    The page an extension opens at its install can abort a navigation beside it. At a later start of the same profile
    Chromium loads the unpacked extension anew, and a page of it that opens at that moment crashes with its old process.
    Now and then, on a busy machine, Chromium takes a page of the extension for one that may not be opened.
    """
    from playwright.sync_api import Error

    for _ in range(_TRIES):
        try:
            page.goto(url)
        except Error as broken:
            own = url.startswith("chrome-extension://")
            if "ERR_ABORTED" in str(broken) or (own and "ERR_BLOCKED_BY_CLIENT" in str(broken)):
                page.wait_for_timeout(200)
            elif "Page crashed" in str(broken):
                page = _instead_of(page, script)
            else:
                raise
        else:
            return page
    page.goto(url)
    return page


def _tab(context: BrowserContext, script: str) -> Page:
    page = context.new_page()
    if script:
        page.add_init_script(script)
    return page


def _instead_of(crashed: Page, script: str) -> Page:
    """A new tab for one whose process died: a crashed page takes no other address."""
    fresh = _tab(crashed.context, script)
    crashed.close()
    fresh.wait_for_timeout(200)
    return fresh


def _close(context: BrowserContext) -> None:
    from playwright.sync_api import Error

    with contextlib.suppress(Error):
        context.unroute_all(behavior="ignoreErrors")
    with contextlib.suppress(Error):
        context.close()
