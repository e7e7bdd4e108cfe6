"""``seabridge doctor``."""

from __future__ import annotations

import argparse

from .. import doctor
from ..locales import text
from ..runtime.paths import Paths
from .printing import Say, as_json, line


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Print the report; 1 when something must be mended."""
    checks = doctor.examine(paths)
    failed = sum(check.state == "fail" for check in checks)
    if options.json:
        rows = []
        for check in checks:
            finding, mend = doctor.sentences(check, locale)
            rows.append({"id": check.id, "state": check.state, "text": finding, "mend": mend, "data": check.data})
        as_json({"ok": not failed, "checks": rows})
        return 1 if failed else 0
    line(text("doctor_title", locale))
    line(doctor.report(checks, locale))
    warned = sum(check.state == "warn" for check in checks)
    worst = "fail" if failed else "warn" if warned else "ok"
    line(text(f"doctor_summary_{worst}", locale, count=failed or warned))
    return 1 if failed else 0
