"""``seabridge pair``: confirm a pairing in the terminal."""

from __future__ import annotations

import argparse
import sys
import time

from ..locales import text
from ..runtime import control
from ..runtime.paths import Paths
from .printing import Say, line, plain

_WAIT_S = 120


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """--practice."""
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Wait for a pairing, show its digits, ask; 1 when there was none or it was refused."""
    deadline = time.monotonic() + _WAIT_S
    line(text("cli_pair_waiting", locale))
    while not (pending := control.call(paths, "pairing.pending")):
        if time.monotonic() > deadline:
            line(text("cli_pair_nothing", locale))
            return 1
        time.sleep(0.5)
    line(text("cli_pair_digits", locale, name=plain(pending["name"]), digits=pending["digits"]))
    sys.stdout.write(text("cli_pair_ask", locale) + " ")
    sys.stdout.flush()
    same = sys.stdin.readline().strip().lower() in ("y", "yes", "是", "一样")
    control.call(paths, "pairing.confirm" if same else "pairing.refuse", {"pairing": pending["pairing"]})
    line(text("cli_pair_done" if same else "cli_pair_refused", locale))
    return 0 if same else 1
