"""What works, what does not, and how to mend it.

Every check is one function that looks at one thing and returns one ``Check``, None where there is nothing to tell. Its
sentences are
``doctor_<id>_<state>`` and, when something is to be done, ``doctor_<id>_mend`` in the catalogue
(``doctor_<id>_<state>_mend`` where it fits one state only).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from typing import Literal

from . import doctor_engines, doctor_rules, doctor_team
from .locales import catalogue, text
from .protocol.errors import ErrorCode, SeabridgeError
from .protocol.methods.desk import Check
from .protocol.version import PORTS, PRACTICE_PORTS
from .runtime import control
from .runtime.atomic import DAMAGED
from .runtime.database_url import Address, may_hold_archive, of_team
from .runtime.documents import Documents
from .runtime.paths import Paths, source_checkout
from .runtime.places import place_of
from .runtime.secrets import Secrets

#: Below this the archive may not be able to take a day's messages and a backup.
_LOW_DISK = 500 * 1024 * 1024


def data_folder(paths: Paths) -> Check:
    """Writable, with room, and neither synced nor on another computer while the database is open."""
    where = {"path": str(paths.root)}
    probe = paths.root / ".probe"
    try:
        paths.ready()
        probe.write_bytes(b"x")
        probe.unlink()
        free = shutil.disk_usage(paths.root).free
    except (OSError, SeabridgeError) as exc:
        cause = exc if isinstance(exc, OSError) else exc.__cause__
        return Check(
            id="data_folder", state="fail", data={**where, "problem": getattr(cause, "strerror", "") or str(exc)}
        )
    where["free"] = f"{free / 1024**3:.1f}"
    if free < _LOW_DISK:
        return Check(id="data_disk", state="fail", data=where)
    place = place_of(paths.root)
    if place != "ordinary":
        return Check(id=f"data_{place}", state="warn", data=where)
    return Check(id="data_folder", state="ok", data=where)


def archive(paths: Paths) -> Check:
    """Opens, is sound, and how much is in it."""
    try:
        team = of_team(practice=paths.practice)
    except SeabridgeError as exc:
        return Check(id="archive_team", state="fail", data={"problem": str(exc.code)})
    if team is not None:
        return _team(team)
    if not paths.archive.exists():
        return Check(id="archive", state="off", data={})
    import sqlite3

    from .conversations import Archive

    try:
        found = Archive.open(paths.archive, paths.files, read_only=True)
        try:
            threads, messages = found.counts()
            listings, manuals = found.facts.count("listing"), found.manuals.count()
        finally:
            found.close()
        with_uri = sqlite3.connect(f"{paths.archive.as_uri()}?mode=ro", uri=True)
        try:
            verdict = str(with_uri.execute("PRAGMA quick_check(1)").fetchone()[0])
        finally:
            with_uri.close()
    except SeabridgeError as exc:
        return Check(id="archive", state="fail", data={"problem": str(exc.code)})
    except sqlite3.DatabaseError as exc:
        return Check(id="archive", state="fail", data={"problem": str(exc)})
    if verdict != "ok":
        return Check(id="archive", state="fail", data={"problem": verdict[:200]})
    counts = {"threads": threads, "messages": messages, "listings": listings, "manuals": manuals}
    return Check(id="archive", state="ok", data={name: str(number) for name, number in counts.items()})


def _team(address: Address) -> Check:
    from .conversations import Archive

    where = {"where": address.shown}
    try:
        found = Archive.of_team(address, read_only=True)
    except SeabridgeError as exc:
        if exc.code is ErrorCode.NOT_FOUND:
            return Check(id="archive_team", state="off", data=where)
        return Check(id="archive_team", state="fail", data={**where, "problem": str(exc.code)})
    try:
        threads, messages = found.counts()
    finally:
        found.close()
    return Check(id="archive_team", state="ok", data={**where, "threads": str(threads), "messages": str(messages)})


def backup(paths: Paths) -> Check:
    """Whether there is a backup of the last days, and how the last one went."""
    from .backup.health import health

    return health(paths)


def kept_aside(paths: Paths) -> Check:
    """Copies that restores and upgrades put aside."""
    from .backup.health import kept_aside

    return kept_aside(paths)


def daily_backup(paths: Paths) -> Check:
    """The same as far as it can be told without touching the folder of backups, which may be on a disk that sleeps."""
    from .backup.health import daily

    return daily(paths)


def inbox(paths: Paths) -> Check:
    """Whether somebody looks at the inboxes the seller asked to have watched."""
    from .conversations import Archive
    from .protocol.methods.inbox import InboxListParams

    try:
        if not may_hold_archive(paths):
            return Check(id="inbox", state="off", data={})
        found = Archive.at(paths, read_only=True)
    except SeabridgeError:  # the check of the archive says why
        return Check(id="inbox_unknown", state="off", data={})
    try:
        watched = [each for each in found.inboxes.waiting(InboxListParams(limit=1)).inboxes if each.watched]
    finally:
        found.close()
    lost = [f"{each.inbox.marketplace} {each.inbox.region}".strip() for each in watched if each.reason]
    state: Literal["off", "warn", "ok"] = "off" if not watched else "warn" if lost else "ok"
    return Check(id="inbox", state=state, data={"count": str(len(watched)), "shops": ", ".join(lost)})


def companion(paths: Paths) -> Check:
    """Whether a companion answers for this folder, or somebody else sits on its port."""
    try:
        status = control.call(paths, "status", timeout_s=5)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_RUNNING:
            return Check(id="companion", state="fail", data={"problem": str(exc.code)})
        ports = PRACTICE_PORTS if paths.practice else PORTS
        taken = [port for port in ports if _listening(port)]
        if len(taken) == len(ports):
            return Check(id="port", state="fail", data={"ports": ", ".join(map(str, taken))})
        if taken and control.whereabouts(paths) is None:
            return Check(id="port", state="warn", data={"ports": ", ".join(map(str, taken))})
        return Check(id="companion", state="off", data={})
    where = control.whereabouts(paths) or {}
    return Check(
        id="companion", state="ok", data={"version": str(status["version"]), "port": str(where.get("port", ""))}
    )


def pairing(paths: Paths) -> Check:
    """How many extensions are paired."""
    try:
        count = len(Documents(paths.documents).all("pairings")) if paths.documents.exists() else 0
    except SeabridgeError as exc:
        return Check(id="documents", state="fail", data={"problem": str(exc.code), **exc.data})
    aside = sorted(paths.root.glob(f"{paths.documents.name}{DAMAGED}*"))
    if aside and not count:
        return Check(id="documents", state="warn", data={"path": str(aside[-1])})
    return Check(id="pairing", state="ok" if count else "warn", data={"count": str(count)})


def secrets(paths: Paths) -> Check:
    """Where the pairing keys lie."""
    where = Secrets(paths).where
    path = {"path": str(paths.secrets)}
    if where == "file" and paths.secrets.exists():
        if os.name != "nt" and paths.secrets.stat().st_mode & 0o077:
            return Check(id="secrets_open", state="fail", data=path)
        try:
            json.loads(paths.secrets.read_text("utf-8"))
        except ValueError:
            return Check(id="secrets_damaged", state="fail", data=path)
    return Check(id=f"secrets_{where}", state="ok", data=path)


def rules(_: Paths) -> Check:
    """Whether the marketplace descriptions load."""
    from .marketplaces import load

    try:
        loaded = load()
    except SeabridgeError as exc:
        problem = f"{exc.data.get('file', '')}:{exc.data.get('line', '')} {exc.data.get('problem', exc.code)}"
        return Check(id="rules", state="fail", data={"problem": problem})
    return Check(id="rules", state="ok", data={"marketplaces": str(len(loaded.marketplaces))})


def browser(_: Paths) -> Check:
    """Whether the practice shop can open a Chromium."""
    if not source_checkout():
        return Check(id="practice", state="off", data={})
    if find_spec("playwright") is None:
        return Check(id="browser", state="off", data={})
    from concurrent.futures import ThreadPoolExecutor

    # Playwright's synchronous side refuses a thread that already runs another of it.
    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(_chromium).result(60)
    return Check(id="browser", state="ok" if found else "off", data={"path": found})


def _chromium() -> str:
    """Path of a Chromium that loads extensions, "" when there is none."""
    from playwright.sync_api import sync_playwright

    from .practice.browser import BrowserMissing, chromium

    with sync_playwright() as playwright:
        try:
            return chromium(playwright)
        except BrowserMissing:
            return ""


def tray(_: Paths) -> Check:
    """Whether there can be an icon."""
    from .tray import has_menu, why_not

    reason = why_not()
    if not reason and not has_menu():
        return Check(id="tray_click", state="ok", data={})
    return Check(id=f"tray_{reason}" if reason else "tray", state="off" if reason else "ok", data={})


#: ``pairing`` before all that read the seller's documents: it is the one that tells of a damaged file.
CHECKS: tuple[Callable[[Paths], Check | None], ...] = (
    data_folder, doctor_team.team, doctor_team.seats, archive, pairing, backup, kept_aside, inbox, companion, secrets,
    doctor_engines.engine, doctor_engines.bergamot, doctor_engines.remote_engines, doctor_engines.detection, rules,
    doctor_rules.chat, doctor_rules.phrases, doctor_rules.own_pages, doctor_rules.own_rules, doctor_rules.feed,
    browser, tray,
)  # fmt: skip


def examine(paths: Paths, checks: Iterable[Callable[[Paths], Check | None]] = CHECKS) -> list[Check]:
    """Run the checks; one that breaks becomes a failure of its own and the others still run."""
    found: list[Check] = []
    for check in checks:
        try:
            told = check(paths)
            found += [told] if told is not None else []
        except Exception as exc:  # a doctor that dies tells nobody anything
            problem = f"{check.__name__}: {type(exc).__name__}: {exc}"[:300]
            found.append(Check(id="check", state="fail", data={"problem": problem}))
    return found


def sentences(check: Check, locale: str) -> tuple[str, str]:
    """What is so, and what to do about it ("" = nothing)."""
    finding = text(f"doctor_{check.id}_{check.state}", locale, **check.data)
    keys = (f"doctor_{check.id}_{check.state}_mend", f"doctor_{check.id}_mend")
    key = next((key for key in keys if key in catalogue()), "")
    mend = text(key, locale, **check.data) if check.state != "ok" and key else ""
    if "error" in check.data:
        mend = text(f"error_{check.data['error']}", locale, **check.data)
    return finding, mend


def report(checks: list[Check], locale: str) -> str:
    """The whole report for a terminal."""
    marks = {"ok": "✓", "warn": "!", "fail": "✗", "off": "–"}
    if not _can_print("✓✗–→"):
        marks = {"ok": "ok  ", "warn": "warn", "fail": "FAIL", "off": "-   "}
    lines = []
    for check in checks:
        finding, mend = sentences(check, locale)
        lines.append(f" {marks[check.state]} {finding}")
        if mend:
            lines.append(f"     → {mend}" if "✓" in marks.values() else f"     -> {mend}")
    return "\n".join(lines)


def _can_print(characters: str) -> bool:
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return os.environ.get("TERM") != "dumb"


def _listening(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0
