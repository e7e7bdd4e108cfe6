"""HTML of ours as PDF, printed by a Chromium that runs for it alone, without scripts and without a network."""

from __future__ import annotations

import os
import sys
from html import escape
from pathlib import Path

from .browsers import BRANDED, CHROMIUM, installed

#: Milliseconds a document may take; a thousand messages take a few seconds.
_TIMEOUT_MS = 120_000
_FLAGS = ("--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND")
_SMALL = "font:7pt sans-serif;color:#555;width:100%;padding:0 12mm;display:flex;justify-content:space-between"


class PrinterMissing(Exception):
    """Playwright or a Chromium it could drive is not here, or it would not start."""


def print_pdf(html: str, *, footer: str) -> bytes:
    """The pages of a document with ``footer`` and "page / pages" below. Raises PrinterMissing."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as exc:
        raise PrinterMissing("playwright") from exc
    line = f'<div style="{_SMALL}"><span>{escape(footer)}</span><span><span class="pageNumber"></span> / \
<span class="totalPages"></span></span></div>'
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        program = installed(()) or (own if own and Path(own).exists() else installed((*CHROMIUM, *BRANDED)))
        if not program:
            raise PrinterMissing("chromium")
        flags = list(_FLAGS)
        if sys.platform.startswith("linux") and hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox
        try:
            browser = playwright.chromium.launch(executable_path=program, headless=True, args=flags)
        except Error as exc:
            raise PrinterMissing(program) from exc
        try:
            page = browser.new_context(java_script_enabled=False, offline=True).new_page()
            page.set_content(html, timeout=_TIMEOUT_MS)
            return page.pdf(
                format="A4",
                print_background=True,
                prefer_css_page_size=True,
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=line,
            )
        finally:
            browser.close()
