"""``seabridge hold [N]``: conversations that are kept past the retention rule; sets and ends that."""

from __future__ import annotations

import argparse
import datetime
import time
from typing import Any

from ..locales import text
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import ThreadHoldParams, ThreadHoldResult
from ..protocol.values import ThreadSummary
from ..runtime import control
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .archives import archive_of
from .keeping import begun, kept_until
from .offline import runs
from .printing import Say, as_json, complain, line, plain


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """Which conversation, until when, or no longer."""
    parser.add_argument("thread", nargs="?", type=int, metavar="N", help=say("cli_hold_thread"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--until", metavar="YYYY-MM-DD", help=say("cli_hold_until"))
    how.add_argument("--release", action="store_true", help=say("cli_hold_release"))
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Without a number those that are held; 1 when there is no such conversation, 2 for what is no day to come."""
    if options.thread is None:
        if options.until or options.release:
            complain(text("hold_whom", locale))
            return 2
        return _list(options, paths, locale)
    until = _end_of(options.until) if options.until else None
    if options.until and (until is None or until <= time.time()):
        complain(text("hold_day", locale, day=options.until[:40]))
        return 2
    if not begun(paths, locale):
        return 1
    asked = ThreadHoldParams(thread_id=options.thread, held=not options.release, until=until)
    try:
        done = _done(paths, asked)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_FOUND:
            raise
        complain(text("export_no_thread", locale, thread=options.thread))
        return 1
    if options.json:
        as_json({"thread": options.thread, "held": done.hold is not None, "until": done.hold and done.hold.until})
    elif done.hold is None:
        line(text("hold_released", locale, thread=options.thread))
    else:
        line(f"#{options.thread}  {kept_until(done.hold, locale)}")
    return 0


def _list(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    with archive_of(paths) as archive:
        found = archive.held() if archive else []
    if options.json:
        as_json([{"thread": each.id, "buyer": each.buyer, "until": each.hold and each.hold.until} for each in found])
        return 0
    for each in found:
        line(_row(each, locale))
    line(text("hold_count" if found else "hold_none", locale, count=len(found)))
    return 0


def _row(each: ThreadSummary, locale: str) -> str:
    buyer = plain(each.buyer).replace("\n", " ") or text("cli_unknown_buyer", locale)
    told = kept_until(each.hold, locale) if each.hold else ""
    return f"#{each.id}  {each.marketplace} · {plain(each.shop) or '?'} · {buyer}   {told}"


def _done(paths: Paths, asked: ThreadHoldParams) -> ThreadHoldResult:
    if runs(paths):
        from ..protocol.decode import convert

        given: dict[str, Any] = {"thread_id": asked.thread_id, "held": asked.held, "until": asked.until}
        return convert(control.call(paths, "thread.hold", given), ThreadHoldResult)
    from ..conversations import Archive

    with DataLock(paths):
        archive = Archive.at(paths)
        try:
            if asked.held:
                return ThreadHoldResult(hold=archive.hold(asked.thread_id, asked.until))
            archive.release(asked.thread_id)
            return ThreadHoldResult(hold=None)
        finally:
            archive.close()


def _end_of(day: str) -> float | None:
    """The end of a day of this computer's clock, Unix time; None for what is no day."""
    try:
        begins = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time())
    except ValueError:
        return None
    return (begins + datetime.timedelta(days=1)).timestamp() - 1
