"""``seabridge backup [list | settings]``: a backup now, those there are, and what happens every day."""

from __future__ import annotations

import argparse
import getpass
import sys

import msgspec

from ..backup.plan import SHORTEST, Changes, Plan, folder_of
from ..backup.rotation import Kept
from ..locales import text
from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.database_url import of_team
from ..runtime.paths import Paths
from .keeping import begun, keeper, passphrase_argument, size, stored_plan, when, whole
from .printing import Say, as_json, complain, line
from .verify import found_rows, tell


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """What to do, where, and how."""
    parser.add_argument(
        "action", nargs="?", choices=["now", "list", "settings"], default="now", help=say("cli_backup_action")
    )
    parser.add_argument("--to", metavar="FOLDER", help=say("cli_backup_to"))
    parser.add_argument("--daily", choices=["on", "off"], help=say("cli_backup_daily"))
    parser.add_argument("--keep", metavar="DAYS,WEEKS,MONTHS", help=say("cli_backup_keep"))
    sealing = parser.add_mutually_exclusive_group()
    sealing.add_argument("--passphrase", action="store_true", help=say("cli_backup_passphrase"))
    sealing.add_argument("--no-passphrase", action="store_true", help=say("cli_backup_no_passphrase"))
    passphrase_argument(parser, say)
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Dispatch among the three."""
    return {"now": _now, "list": _list, "settings": _settings}[options.action](options, paths, locale)


def _now(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Make one, also while the companion runs; 1 when the archive is not as it was written."""
    if not begun(paths, locale):
        return 1
    plan, passphrase = stored_plan(paths)
    if options.passphrase or options.passphrase_stdin:
        chosen = _new_passphrase(options, locale)
        if not chosen:
            return 1
        passphrase = chosen
    elif options.no_passphrase:
        passphrase = ""
    from ..backup.making import make

    folder = whole(options.to) if options.to else folder_of(plan, paths)
    try:
        made = make(paths, folder, passphrase, rule=plan.kept)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.BUSY:
            raise
        complain(text("backup_busy", locale, folder=folder))
        return 1
    if options.json:
        told = {name: getattr(made, name) for name in type(made).__slots__ if name not in ("findings", "path")}
        findings = found_rows(made.findings, locale)
        as_json({"ok": not findings, "path": str(made.path), **told, "findings": findings})
        return 1 if made.findings else 0
    line(text("backup_made", locale, path=made.path, size=size(made.bytes), seconds=f"{made.seconds:.1f}"))
    counts = {"threads": made.threads, "messages": made.messages}
    line(text("backup_holds", locale, **counts, pictures=made.attachments, new=made.new_attachments))
    line(text("backup_sealed" if made.sealed else "backup_open", locale))
    if made.removed:
        line(text("backup_rotated", locale, count=len(made.removed), **msgspec.to_builtins(plan.kept)))
    if made.findings:
        tell(made.findings, locale)
    return 1 if made.findings else 0


def _list(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    from ..backup.asides import asides
    from ..backup.folder import backups

    folder = whole(options.to) if options.to else folder_of(stored_plan(paths)[0], paths)
    found = [
        {"path": str(b.path), "at": b.at.timestamp(), "bytes": b.path.stat().st_size, "archive": b.archive}
        for b in backups(folder)
    ]
    aside = asides(paths)
    if options.json:
        told = [{"path": str(each.path), "at": each.at, "bytes": each.bytes} for each in aside]
        as_json({"folder": str(folder), "backups": found, "asides": told})
        return 0
    for row in found:
        line(f"  {when(float(str(row['at'])))}  {size(int(str(row['bytes']))):>10}  {row['path']}")
    line(text("backup_count" if found else "backup_none", locale, count=len(found), folder=folder))
    if aside:
        line(text("backup_asides", locale))
    for each in aside:
        line(f"  {when(each.at)}  {size(each.bytes):>10}  {each.path}")
    return 0


def _settings(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    passphrase = None
    if options.passphrase or options.passphrase_stdin:
        passphrase = _new_passphrase(options, locale)
        if passphrase is None:
            return 1
    elif options.no_passphrase:
        passphrase = ""
    kept = None
    if options.keep:
        kept = kept_of(options.keep)
        if kept is None:
            complain(text("backup_keep_unclear", locale, keep=options.keep[:40]))
            return 2
    changes = Changes(
        folder=str(whole(options.to)) if options.to else None,
        daily=None if options.daily is None else options.daily == "on",
        kept=kept,
    )
    if passphrase is not None or changes != Changes():
        with keeper(paths) as held:
            held.change(changes, passphrase)
    plan, secret = stored_plan(paths)
    _show(options, plan, bool(secret), paths, locale)
    return 0


def kept_of(given: str) -> Kept | None:
    """How many backups stay, as "7,4,12": days, weeks, months; None for what is no such thing."""
    try:
        days, weeks, months = map(int, given.split(","))
        return convert({"days": days, "weeks": weeks, "months": months}, Kept)
    except (ValueError, msgspec.ValidationError):
        return None


def _show(options: argparse.Namespace, plan: Plan, sealed: bool, paths: Paths, locale: str) -> None:
    folder, team = folder_of(plan, paths), of_team(practice=paths.practice)
    if options.json:
        kept = msgspec.to_builtins(plan.kept)
        daily = plan.daily and not paths.practice and (team is None or bool(plan.folder))
        as_json({"folder": str(folder), "daily": daily, "sealed": sealed, "kept": kept})
        return
    if paths.practice:
        line(text("doctor_backup_practice_off", locale))
    elif team is not None and not plan.folder:
        line(text("doctor_backup_team_off", locale, where=team.shown))
        line(text("doctor_backup_team_mend", locale, database=team.database))
    else:
        line(text("backup_daily_on" if plan.daily else "backup_daily_off", locale, folder=folder))
    line(text("backup_kept", locale, days=plan.kept.days, weeks=plan.kept.weeks, months=plan.kept.months))
    line(text("backup_sealed" if sealed else "backup_open", locale))
    if not plan.folder:
        line(text("backup_same_disk", locale))


def _new_passphrase(options: argparse.Namespace, locale: str) -> str | None:
    """Asked for twice: who mistypes it once could never open a backup again. None = said why not."""
    if options.passphrase_stdin:
        chosen = sys.stdin.readline().rstrip("\r\n")
    else:
        chosen = getpass.getpass(text("cli_backup_passphrase_ask", locale) + " ")
        if getpass.getpass(text("cli_backup_passphrase_again", locale) + " ") != chosen:
            complain(text("backup_passphrase_differs", locale))
            return None
    if not chosen:
        complain(text("backup_passphrase_empty", locale))
        return None
    if len(chosen) < SHORTEST:
        complain(text("dash_passphrase_short", locale, count=SHORTEST))
        return None
    return chosen
