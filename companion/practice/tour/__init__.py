"""The guided tour: proof, in front of the person's eyes, that the whole path works on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from companion.locales import resolve

from ..pairing import Companion

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

    from .transcript import Say


def run(
    companion: Companion,
    *,
    extension: Path,
    profile: Path,
    out: Path,
    say: Say,
    locale: str = "both",
    show: bool = False,
    playwright: Playwright | None = None,
) -> int:
    """Play the tour against a running practice companion on an EMPTY data folder; 0 only if every step happened.

    ``extension``: the unpacked build with granted hosts. ``profile``: an empty folder for the browser. ``out``: where
    pictures go, in both locales by default. ``say``: takes the transcript line by line, in the seller's locale.
    ``playwright``: a running one to use, since one thread cannot hold two; else one is started.
    """
    from ..browser import BrowserMissing, open_practice
    from ..shop import PracticeShop
    from ..world import Settings
    from .play import Tour, locales_of
    from .transcript import StepFailed, Transcript

    spoken = resolve("auto") if locale == "both" else locale
    log = Transcript(spoken, say)
    out.mkdir(parents=True, exist_ok=True)
    shop = PracticeShop(settings=Settings(pace=0.25, mount_ms=400, poll_ms=250, every_ms=4000), live=False)
    log.line("title")
    companion.call("settings.set", {"locale": spoken})
    try:
        with open_practice(
            shop,
            profile,
            extension=extension,
            headless=not show,
            locale=spoken,
            size=(1280, 800),
            playwright=playwright,
        ) as browser:
            tour = Tour(browser, companion, log, out)
            try:
                tour.play()
                with log.step("pictures", folder=out.name):
                    tour.pictures(locales_of(locale))
            except StepFailed as failed:
                picture = tour.picture_of_failure()
                log.line("failed", step=failed.step, why=failed.why, picture=picture or "-")
                return 1
    except BrowserMissing:
        log.line("no_browser")
        return 1
    log.line("done", steps=log.steps, seconds=round(log.seconds), folder=out)
    return 0
