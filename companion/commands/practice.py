"""``seabridge practice | tour``."""

from __future__ import annotations

import argparse

from ..runtime.paths import Paths
from .printing import Say


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """--locale, and where the tour's pictures go."""
    locales = ("zh_CN", "en", "both") if name == "tour" else ("zh_CN", "en")
    parser.add_argument("--locale", choices=locales, help=say(f"cli_{name}_locale"))
    if name == "tour":
        parser.add_argument("--out", default="tour", metavar="FOLDER", help=say("cli_tour_out"))
        parser.add_argument("--show", action="store_true", help=say("cli_tour_show"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Open the practice shop until its window is closed, or play the tour."""
    practice = Paths.default(practice=True)
    if options.command == "practice":
        from ..practice_run import open_shop

        return open_shop(practice, options.locale or locale)
    from pathlib import Path

    from ..practice_run import play_tour

    return play_tour(practice, locale=options.locale or "both", spoken=locale, out=Path(options.out), show=options.show)
