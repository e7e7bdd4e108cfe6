"""``seabridge import``: messages out of a file, through the running companion or under the lock of the data folder."""

from __future__ import annotations

import argparse
import datetime
import sys
import time
from pathlib import Path
from typing import Any

from ..conversations.imports.asked import ImportAsked, ImportReport, ImportSample
from ..locales import text
from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.pages import Marketplace
from ..runtime import control
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from ..runtime.zones import zone_named
from .offline import runs
from .printing import Say, as_json, complain, line, plain

#: A full file of 200,000 messages takes minutes on a slow disk.
_FILE_S = 1800
_SHOWN = 60
#: Seconds between two lines of progress.
_TOLD_EVERY_S = 2.0


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The file, and what it does not say of itself."""
    parser.add_argument("file", type=Path, metavar="FILE", help=say("cli_import_file"))
    parser.add_argument("--dry-run", action="store_true", help=say("cli_import_dry_run"))
    parser.add_argument("--shop", default="", metavar="MARKETPLACE/SHOP[/REGION]", help=say("cli_import_shop"))
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help=say("cli_import_map"))
    parser.add_argument("--seller", action="append", default=[], metavar="NAME", help=say("cli_import_seller"))
    parser.add_argument("--zone", default="", metavar="ZONE", help=say("cli_import_zone"))
    parser.add_argument("--encoding", default="", metavar="NAME", help=say("cli_import_encoding"))
    parser.add_argument("--saved", default="", metavar="TIME", help=say("cli_import_saved"))
    parser.add_argument("--url", default="", metavar="URL", help=say("cli_import_url"))
    parser.add_argument("--even-erased", action="store_true", help=say("cli_import_even_erased"))
    parser.add_argument("--json", action="store_true", help=say("cli_import_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it and say what came of it; 1 when the file was not taken."""
    columns = dict(pair.rpartition("=")[::2] for pair in options.map)
    if "" in columns:
        complain(text("import_map_unclear", locale))
        return 1
    marketplace, _, rest = options.shop.partition("/")
    shop, _, region = rest.partition("/")
    saved_at = instant(options.saved)
    if options.saved and saved_at is None:
        complain(text("import_saved_unclear", locale, time=options.saved[:60]))
        return 1
    asked = {
        "path": str(options.file.resolve()),
        "marketplace": _marketplace(marketplace, paths, locale) if marketplace else "",
        "shop": shop,
        "region": region,
        "columns": {header: "" if field == "-" else field for header, field in columns.items()},
        "sellers": options.seller,
        "zone": options.zone,
        "encoding": options.encoding,
        "saved_at": saved_at,
        "url": options.url,
        "dry_run": options.dry_run,
        "even_erased": options.even_erased,
    }
    try:
        report = _imported(asked, paths, _Told(locale, quiet=options.json))
    except KeyboardInterrupt:
        if not options.dry_run:
            complain(text("import_goes_on" if runs(paths) else "import_interrupted", locale))
        raise
    if options.json:
        as_json(report)
    else:
        _show(report, locale)
    return 0


def _marketplace(written: str, paths: Paths, locale: str) -> str:
    """The name its conversations already go by: ``tiktok`` and 亚马逊 are no marketplaces of their own. Another one
    stays as it is written, and that it is another one is said."""
    from ..marketplaces.called import marketplace_of

    known = {each.name for each in described(paths)}
    name = marketplace_of(written, known)
    if name in known:
        return name
    complain(text("import_marketplace_unknown", locale, name=plain(written)[:60], known=", ".join(sorted(known))[:600]))
    return written


def _imported(asked: dict[str, Any], paths: Paths, told: _Told) -> ImportReport:
    import msgspec

    try:
        params = convert(asked, ImportAsked)
    except msgspec.ValidationError as exc:
        raise SeabridgeError(ErrorCode.BAD_PARAMS, method="import", problem=str(exc)[:200]) from exc
    if runs(paths):
        told.elsewhere()
        return convert(control.call(paths, "archive.import_file", asked, timeout_s=_FILE_S), ImportReport)
    with DataLock(paths):
        from ..conversations import Archive, ledger
        from ..translation.telling import languages_of

        archive = Archive.at(paths)
        try:
            erasures = ledger.read(paths.erasures)
            return archive.imports.take_file(params, lambda: described(paths), erasures, languages_of, told)
        finally:
            archive.close()


class _Told:
    """Progress on the terminal now and then; a small file is through before there is any."""

    def __init__(self, locale: str, *, quiet: bool) -> None:
        self._locale, self._quiet = locale, quiet
        self._began = self._last = 0.0

    def __call__(self, done: int, total: int) -> bool:
        now = time.monotonic()
        if not done:
            self._began = self._last = now
        elif done < total and now - self._last >= _TOLD_EVERY_S and not self._quiet:
            self._last = now
            rate = int(done / max(now - self._began, 0.001))
            line(text("import_progress", self._locale, done=done, total=total, rate=rate))
            sys.stdout.flush()
        return True

    def elsewhere(self) -> None:
        """The running companion does it, which says how it went when it is through."""
        if not self._quiet:
            line(text("import_running", self._locale))
            sys.stdout.flush()


def described(paths: Paths) -> list[Marketplace]:
    """The marketplaces' descriptions, the seller's own too."""
    from ..marketplaces import load, load_own, overlay

    return overlay(load(), load_own(paths.marketplaces)[0]).marketplaces


def instant(given: str) -> float | None:
    """When a page was saved: an ISO time, without an offset of this computer."""
    try:
        moment = datetime.datetime.fromisoformat(given)
    except ValueError:
        return None
    return moment.timestamp()


def _show(report: ImportReport, locale: str) -> None:
    if report.columns:
        line(text("import_columns", locale))
        for column in report.columns:
            line(f"    {plain(column.header)} → {column.field or text('import_column_none', locale)}")
    if report.encoding:
        line(text("import_encoding", locale, encoding=report.encoding))
    line(text("import_zone", locale, zone=report.zone))
    for sample in report.samples:
        arrow = {"buyer": "←", "seller": "→", "system": "·"}[sample.direction]
        mark = "" if sample.new else f" {text('import_known_mark', locale)}"
        who = _one_line(sample.buyer) or text("cli_unknown_buyer", locale)
        said = _one_line(sample.text).strip()[:_SHOWN] or _wordless(sample, locale)
        line(f"  {arrow} {_clock(sample.at, report.zone)}  {who}: {said}{mark}")
    counts = {"messages": report.messages, "threads": report.threads, "new": report.new, "known": report.known}
    line(text("import_would" if report.dry_run else "import_done", locale, **counts))
    for reason, count in report.left_out_mails.items():
        line(text(f"import_left_out_{reason}", locale, count=count))
    if report.left_out and not report.left_out_mails:
        line(text("import_left_out_rows", locale, count=report.left_out))
    if report.sheets:
        line(text("import_sheets", locale, sheets=", ".join(_one_line(name) for name in report.sheets)[:300]))
    if report.erased:
        line(text("import_erased", locale, threads=report.erased_threads, messages=report.erased))
    if report.shortened:
        line(text("import_shortened", locale, count=report.shortened))


def _wordless(sample: ImportSample, locale: str) -> str:
    if sample.pictures:
        return text("import_only_pictures", locale, count=sample.pictures)
    return text("import_no_text", locale)


def _clock(at: float | None, zone: str) -> str:
    if at is None:
        return " " * 16
    return datetime.datetime.fromtimestamp(at, zone_named(zone)).strftime("%Y-%m-%d %H:%M")


def _one_line(content: str) -> str:
    """A buyer's text: it must neither steer the terminal nor look like a line of ours."""
    return plain(content).translate({ord(c): " " for c in "\n\t\u2028\u2029"})
