"""``seabridge export``: conversations or a search as a file. Opens the archive read-only."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..conversations.exports import making
from ..locales import LOCALES, text
from ..runtime.atomic import writing_atomic
from ..runtime.paths import Paths
from ..runtime.zones import ZoneUnknown, zone_name, zone_named
from .archives import archive_of
from .printing import Say, complain, line

if TYPE_CHECKING:
    from ..conversations import Archive
    from ..conversations.transcript import Transcript


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """What to export, where to, and how it is to read."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--thread", type=int, action="append", metavar="ID", help=say("cli_export_thread"))
    what.add_argument("--search", metavar="QUERY", help=say("cli_export_search"))
    what.add_argument("--all", action="store_true", help=say("cli_export_all"))
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help=say("cli_export_to"))
    parser.add_argument("--format", choices=making.FORMATS, help=say("cli_export_format"))
    parser.add_argument("--mask", action="store_true", help=say("cli_export_mask"))
    parser.add_argument("--marks", action="store_true", help=say("cli_export_marks"))
    parser.add_argument("--zone", default="", metavar="ZONE", help=say("cli_export_zone"))
    parser.add_argument("--locale", choices=LOCALES, help=say("cli_export_locale"))
    parser.add_argument("--translation", default="", metavar="CODE", help=say("cli_export_translation"))
    parser.add_argument("--replace", action="store_true", help=say("cli_export_replace"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Write the file; 1 when there is nothing to write or it cannot be written."""
    kind = options.format or options.to.suffix.lower().removeprefix(".")
    if kind not in making.FORMATS:
        complain(text("export_format_unknown", locale, formats=" ".join(making.FORMATS)))
        return 1
    if options.to.exists() and not options.replace:
        complain(text("export_exists", locale, path=options.to))
        return 1
    try:
        zone = zone_named(options.zone)
    except ZoneUnknown:
        complain(text("export_zone_unknown", locale, zone=options.zone[:100]))
        return 1
    from ..conversations.exports.html_page import Setting

    setting = Setting(
        locale=options.locale or locale,
        zone=zone,
        zone_name=zone_name(zone),
        made_at=time.time(),
        # a search is often for the very name that is hidden
        query="" if options.mask else (options.search or "")[:500],
        marks=options.marks,
    )
    with archive_of(paths) as archive:
        found = making.Counted(_asked(options, archive, making.MOST[kind]), making.MOST[kind])
        told: Iterable[Transcript] = found
        if options.mask:
            from ..conversations.transcript import masked
            from ..translation.masking import black_out, names_in

            told = (masked(each, black_out, names_in(each)) for each in found)
        try:
            with writing_atomic(options.to, private=True) as file:
                picture = making.pictures_of(archive) if archive else lambda _sha256: None
                boxes = making.write(kind, told, setting, picture, file, masked=options.mask)
                if not found.messages:
                    raise making.Refused("nothing")
        except making.Refused as exc:
            complain(text(f"export_{exc.reason}", locale, path=options.to.with_suffix(".html"), **exc.data))
            return 1
    line(text("export_done", locale, messages=found.messages, threads=found.threads, path=options.to))
    if boxes:
        scripts = text("dash_script_between", locale).join(text(f"dash_script_{each}", locale) for each in boxes)
        complain(text("export_boxes", locale, scripts=scripts, path=options.to.with_suffix(".html")))
    return 0


def _asked(options: argparse.Namespace, archive: Archive | None, most: int) -> Iterator[Transcript]:
    if archive is None:
        return iter(())
    language = options.translation
    if options.search is not None:
        return making.of_search(archive, options.search, most, language)
    return making.of_threads(archive, archive.thread_ids() if options.all else dict.fromkeys(options.thread), language)
