"""``seabridge start | stop | status | dashboard``."""

from __future__ import annotations

import argparse
import datetime
import re
import time

from ..locales import text
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import Check
from ..runtime import control
from ..runtime.paths import Paths
from .printing import Say, as_json, line


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """What the four commands take."""
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))
    if name == "start":
        parser.add_argument("--port", type=_port, metavar="PORT", help=say("cli_start_port"))
        parser.add_argument("--no-tray", action="store_true", help=say("cli_start_no_tray"))
    if name == "status":
        parser.add_argument("--json", action="store_true", help=say("cli_json"))
    if name == "dashboard":
        parser.add_argument("--print", dest="only_print", action="store_true", help=say("cli_dashboard_print"))


def _port(value: str) -> int:
    """Ports below 1024 belong to the system, and the extension's options do not take them either."""
    port = int(value) if value.isascii() and value.isdigit() else 0
    if not 1024 <= port <= 65535:
        raise argparse.ArgumentTypeError("1024-65535")
    return port


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Dispatch among the four."""
    return {"start": _start, "stop": _stop, "status": _status, "dashboard": _dashboard}[options.command](
        options, paths, locale
    )


def _start(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    from ..app import App

    app = App(paths, ports=(options.port,) if options.port else None)

    def listening(port: int) -> None:
        key = "cli_start_practice" if paths.practice else "cli_start_listening"
        line(text(key, locale, port=port, path=paths.root))
        _warn_of_place(paths, locale)
        _tell_of_team(app.team_check(), locale)

    app.run(on_listening=listening, tray=not options.no_tray)
    return 0


def _warn_of_place(paths: Paths, locale: str) -> None:
    """Say at once when the data lies where a database may come to harm."""
    from .. import doctor

    check = doctor.data_folder(paths)
    if check.state in ("warn", "fail"):
        for said in doctor.sentences(check, locale):
            line(f"! {said}")


def _tell_of_team(check: Check | None, locale: str) -> None:
    """Say at once whether the team's database is reached; it is tried again by itself."""
    from .. import doctor

    if check is not None:
        finding, mend = doctor.sentences(check, locale)
        line(finding if check.state == "ok" else f"! {finding}")
        if mend:
            line(f"! {mend}")


def _stop(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    try:
        control.call(paths, "shutdown")
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_RUNNING:
            raise
        line(text("cli_stop_nothing", locale))
        return 0
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        try:
            control.call(paths, "status", timeout_s=2)
        except SeabridgeError as exc:
            if exc.code is ErrorCode.NOT_RUNNING:
                line(text("cli_stop_done", locale))
                return 0
        time.sleep(0.1)
    raise SeabridgeError(ErrorCode.TIMEOUT)


def _status(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    from .. import doctor

    status = control.call(paths, "status")
    if options.json:
        as_json(status)
        return 0
    where = control.whereabouts(paths) or {}
    since = datetime.datetime.fromtimestamp(status["started_at"]).strftime("%Y-%m-%d %H:%M")
    line(text("cli_status_line", locale, version=status["version"], port=where.get("port", "?"), since=since))
    if not any(row["id"] == "team" for row in status["checks"]):  # nobody knows while the database is away
        line(text("cli_status_archive", locale, threads=status["threads"], messages=status["messages"]))
    for row in status["checks"]:
        check = Check(**row)
        if check.state in ("warn", "fail"):
            finding, mend = doctor.sentences(check, locale)
            line(f"  ! {finding}")
            if mend:
                line(f"    → {mend}")
    return 0


def _dashboard(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    import webbrowser

    url = control.call(paths, "dashboard.ticket")["url"]
    # After a crash another program may sit on the announced port; it does not choose what the browser opens.
    if not re.match(r"http://127\.0\.0\.1:[0-9]+/dashboard#", str(url)):
        raise SeabridgeError(ErrorCode.NOT_RUNNING)
    if options.only_print or not webbrowser.open(url):
        line(url)
    else:
        line(text("cli_dashboard_opened", locale))
    return 0
