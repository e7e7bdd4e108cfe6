"""``python -m companion.practice.cases [MARKETPLACE…] [--check]``: the rules' cases, made from practice pages.

Each practice page is opened in Chromium under its real address, without network, and captured as the extension would
capture it. So a case holds what a browser makes of the markup, and selectors are tested against that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .described import DescribedPage, PageRefused, read_pages
from .shops.serve import dress

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright, Route

#: How a captured case begins; cases written by hand do not.
_GENERATED = "<!-- saved from url="
#: Class names of the cases: one build, always the same.
_SEED = "case"


def file_of(rules: Path, page: DescribedPage) -> Path:
    """Where the case of a page stands."""
    return rules / "marketplaces" / page.marketplace / "cases" / f"{page.case}.html"


@contextmanager
def browsing(playwright: Playwright) -> Iterator[Page]:
    """A tab of a Chromium that never goes online and looks the same everywhere."""
    import os

    from .browser import chromium

    root = sys.platform.startswith("linux") and hasattr(os, "geteuid") and os.geteuid() == 0
    # a process for each site is what takes long here
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-site-isolation-trials"]
    arguments += ["--no-sandbox"] if root else []
    browser = playwright.chromium.launch(executable_path=chromium(playwright), args=arguments)
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 800}, timezone_id="UTC", locale="en")
        page.set_default_timeout(30_000)
        yield page
    finally:
        browser.close()


def make_case(page: Page, described: DescribedPage) -> str:
    """The text of a page's case. Raises PageRefused when the page is too large for one."""
    from companion.pages.capture import capture

    page.route("**/*", lambda route: _answer(route, described))
    page.goto("about:blank")  # else two pages whose addresses differ behind # alone would be one
    page.goto(described.address, wait_until="load")
    taken = capture(page, standalone=True, address=described.address)
    page.unroute_all()
    if taken.truncated:
        raise PageRefused(f"{described.marketplace}/{described.case}: too large for a case")
    return "\n".join(line.rstrip(" \t") for line in taken.html.rstrip().split("\n")) + "\n"


def _answer(route: Route, described: DescribedPage) -> None:
    """The page itself, empty documents for frames of others, nothing else."""
    if route.request.resource_type != "document":
        route.abort()
    elif route.request.frame.parent_frame is None:
        route.fulfill(body=dress(described.source, _SEED), content_type="text/html; charset=utf-8")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html; charset=utf-8")


def left_over(rules: Path, pages: Iterable[DescribedPage]) -> list[Path]:
    """Captured cases, in the folders of these pages' marketplaces, whose practice page is gone."""
    known = {file_of(rules, page) for page in pages}
    return [
        file
        for folder in sorted({file.parent for file in known})
        for file in sorted(folder.glob("*.html"))
        if file not in known and file.read_text("utf-8").startswith(_GENERATED)
    ]


def main(argv: list[str] | None = None) -> int:
    """Write the cases and name those that changed; with ``--check`` write nothing, exit 1 when one would."""
    from playwright.sync_api import sync_playwright

    from companion.marketplaces import rules_dir

    parser = argparse.ArgumentParser(prog="companion.practice.cases", description=__doc__)
    parser.add_argument("marketplace", nargs="*", help="folders below practice/pages; none = all")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a case is not up to date")
    options = parser.parse_args(argv)
    try:
        with sync_playwright() as playwright:
            changed = refresh(playwright, rules_dir(), read_pages(options.marketplace), write=not options.check)
    except PageRefused as exc:
        sys.stderr.write(f"{exc}\n")
        return 2
    for line in changed:
        sys.stdout.write(f"{line}\n")
    return 1 if changed and options.check else 0


def refresh(playwright: Playwright, rules: Path, pages: list[DescribedPage], *, write: bool) -> list[str]:
    """What is not up to date, one line a case; ``write`` mends it, but never removes a file. Raises PageRefused."""
    lines = []
    with browsing(playwright) as tab:
        for page in pages:
            made, file = make_case(tab, page), file_of(rules, page)
            old = file.read_text("utf-8") if file.exists() else None
            if old == made:
                continue
            if old is not None and not old.startswith(_GENERATED):
                lines.append(f"{page.marketplace}/{page.case}: a case written by hand has this name, nothing done")
                continue
            lines.append(f"{page.marketplace}/{page.case}: {'written' if write else 'not up to date'}")
            if write:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(made, "utf-8", newline="\n")
    return lines + [f"{file.parent.parent.name}/{file.stem}: has no practice page" for file in left_over(rules, pages)]


if __name__ == "__main__":
    raise SystemExit(main())
