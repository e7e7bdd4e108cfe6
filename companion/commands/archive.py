"""``seabridge archive move``: the archive of this computer into a team's database, or that one into a file."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from ..locales import text
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.database_url import VARIABLE, Address, of_team, parse
from ..runtime.paths import Paths
from .keeping import whole
from .printing import Say, as_json, complain, line
from .verify import found_rows

if TYPE_CHECKING:
    from ..backup.moving import Moved

#: Seconds between two lines of progress of one table.
_TOLD_EVERY_S = 2.0


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """Where to."""
    parser.add_argument("action", choices=["move"], help=say("cli_archive_action"))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--to", metavar="URL", help=say("cli_archive_to"))
    where.add_argument("--to-file", metavar="FILE", help=say("cli_archive_to_file"))
    parser.add_argument("--json", action="store_true", help=say("cli_json"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Copy it all; 1 when pictures are missing or the source itself is not as it was written."""
    address = parse(options.to) if options.to else of_team(practice=False)
    if address is None:
        complain(text("archive_where", locale, variable=VARIABLE))
        return 2
    told = _Told(locale, quiet=options.json)
    try:
        done = _moved(options, paths, address, told)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_FOUND:
            raise
        complain(text("backup_no_archive", locale))
        return 1
    copied = done.copied
    sound = not copied.missing and not copied.findings
    rows = sum(copied.rows.values())
    if options.json:
        findings = found_rows(copied.findings, locale)
        as_json({"ok": sound, "where": done.where, "seconds": done.seconds, **asdict(copied), "findings": findings})
        return 0 if sound else 1
    data = {"rows": rows, "pictures": copied.pictures, "manuals": copied.manuals, "where": done.where}
    rate = int(rows / max(done.seconds, 0.001))
    line(text("archive_moved", locale, **data, seconds=f"{done.seconds:.1f}", rate=rate))
    line(text("archive_checked", locale, events=copied.events, log=copied.log_sha256[:16]))
    if copied.missing:
        line(" ✗ " + text("archive_missing", locale, count=len(copied.missing)))
    if copied.findings:
        line(" ✗ " + text("archive_findings", locale, count=len(copied.findings)))
    if not options.to_file:
        line(text("archive_next", locale, variable=VARIABLE))
    return 0 if sound else 1


def _moved(options: argparse.Namespace, paths: Paths, address: Address, told: _Told) -> Moved:
    from ..backup.moving import to_file, to_team

    if options.to_file:
        return to_file(address, whole(options.to_file), told)
    return to_team(paths, address, told)


class _Told:
    """Progress on the terminal: a line when a table is through, and now and then on the way."""

    def __init__(self, locale: str, *, quiet: bool) -> None:
        self._locale, self._quiet = locale, quiet
        self._began = self._last = 0.0

    def __call__(self, table: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done == 0:
            self._began = self._last = now
        if self._quiet or not total or (done < total and now - self._last < _TOLD_EVERY_S) or not done:
            return
        self._last = now
        rate = int(done / max(now - self._began, 0.001))
        line(text("archive_table", self._locale, table=table, done=done, total=total, rate=rate))
        sys.stdout.flush()
