"""The command line: one subcommand, one small file under ``commands``.

Reading commands open the archive read-only; writing ones go through the running companion or take the lock.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from . import __version__
from .commands.parser import parser_in
from .commands.printing import complain
from .locales import resolve, text
from .protocol.errors import SeabridgeError
from .runtime.paths import Paths

#: Subcommand to module; the module is imported only when its command runs.
COMMANDS = {
    "start": "running",
    "stop": "running",
    "status": "running",
    "dashboard": "running",
    "pair": "pair",
    "search": "search",
    "inbox": "inbox",
    "buyer": "buyer",
    "export": "export",
    "import": "import_file",
    "orders": "facts",
    "catalogue": "catalogue",
    "verify": "verify",
    "backup": "backup",
    "restore": "restore",
    "erase": "erase",
    "hold": "hold",
    "retention": "retention",
    "archive": "archive",
    "team": "team",
    "doctor": "doctor",
    "translate": "translate",
    "models": "models",
    "engines": "engines",
    "languages": "languages",
    "glossary": "wording",
    "memory": "wording",
    "marketplace": "marketplace",
    "check": "check",
    "rules": "rules",
    "practice": "practice",
    "tour": "practice",
    "bench": "bench",
    "version": "version",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = could not, 2 = not understood, 130 = interrupted."""
    _speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    locale = _locale()
    parser = _parser(arguments, locale)
    options = parser.parse_args(arguments)
    if not options.command:
        parser.print_help()
        return 2
    module = import_module(f".commands.{COMMANDS[options.command]}", __package__)
    paths = Paths.default(practice=getattr(options, "practice_data", False))
    try:
        return int(module.run(options, paths, locale))
    except SeabridgeError as exc:
        complain(sentence(exc, locale))
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def sentence(error: SeabridgeError, locale: str) -> str:
    """The sentence of an error for the terminal."""
    return text(f"error_{error.code}", locale, **error.data)


def _parser(arguments: Sequence[str], locale: str) -> argparse.ArgumentParser:
    """Only the asked-for command is declared, and explained only when help is asked for: reading the texts takes
    longer than opening the port."""
    asked = next((a for a in arguments if not a.startswith("-")), "")
    known = asked in COMMANDS
    explains = not known or any(a in ("-h", "--help") for a in arguments)

    def say(key: str) -> str:
        return text(key, locale) if explains else ""

    parser = parser_in(locale)(prog="seabridge", description=say("cli_about"))
    parser.add_argument("--version", action="version", version=f"Seabridge {__version__}", help=say("cli_help_version"))
    commands = parser.add_subparsers(dest="command", metavar=say("cli_command") or None)
    for name, module in COMMANDS.items():
        if name == asked:
            about = say(f"cli_{name}_about")
            command = commands.add_parser(name, help=about, description=about)
            import_module(f".commands.{module}", __package__).arguments(name, command, say)
        elif not known:
            commands.add_parser(name, help=say(f"cli_{name}_about"))
    return parser


def _locale() -> str:
    """The seller's choice; the system's while there is none or it cannot be read."""
    # The bare file: opening the documents would set a damaged one aside, which only the doctor and the companion tell.
    try:
        chosen = json.loads(Paths.default().documents.read_text("utf-8"))["settings"]["seller"]["locale"]
    except (OSError, ValueError, KeyError, TypeError):
        chosen = "auto"
    return resolve(chosen if isinstance(chosen, str) else "auto")


def _speak_utf8() -> None:
    """Windows consoles begin in a legacy code page in which Chinese output would fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
