"""``seabridge version``."""

from __future__ import annotations

import argparse
import platform

from .. import __version__
from ..protocol.version import PROTOCOL_MAX, PROTOCOL_MIN
from ..runtime.paths import Paths
from .printing import Say, as_json, line


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true", help=say("cli_json"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Print versions."""
    facts = {
        "version": __version__,
        "protocol": [PROTOCOL_MIN, PROTOCOL_MAX],
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    if options.json:
        as_json(facts)
    else:
        line(f"Seabridge {__version__} · Python {facts['python']} · {facts['system']}")
    return 0
