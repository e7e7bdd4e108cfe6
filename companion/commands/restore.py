"""``seabridge restore FILE``: shows what would come back, and brings it back with --yes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from ..locales import text
from ..runtime.paths import Paths
from .keeping import passphrase_argument, stored_plan, there, unsealed, when, whole
from .printing import Say, as_json, complain, line


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The backup, and --yes."""
    parser.add_argument("file", metavar="FILE", help=say("cli_restore_file"))
    parser.add_argument("--yes", action="store_true", help=say("cli_restore_yes"))
    passphrase_argument(parser, say)
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Without --yes nothing changes; 1 when the backup cannot be restored, or pictures are missing."""
    from ..backup.restoring import preview, restore

    file = whole(options.file)
    if not there(file, locale):
        return 1
    kept = stored_plan(paths)[1]
    if not options.yes:
        report = unsealed(options, locale, kept, lambda ask: preview(file, paths, ask))
        if options.json:
            as_json(
                {
                    "restored": False, "ok": report.restorable, "problem": report.problem, "made_at": report.made_at,
                    "threads": report.threads, "messages": report.messages, "missing": report.missing,
                }
            )  # fmt: skip
            return 0 if report.restorable else 1
        if not report.restorable:
            complain(text("error_backup_damaged", locale, path=file, problem=report.problem))
            return 1
        counts = {"threads": report.threads, "messages": report.messages}
        line(text("restore_would", locale, at=when(report.made_at), **counts))
        line(text("restore_how", locale))
        return 0
    done = unsealed(options, locale, kept, lambda ask: restore(paths, file, ask, _forget_in))
    if options.json:
        as_json(
            {
                "restored": True, "ok": not done.missing, "threads": done.threads, "messages": done.messages,
                "erased_again": done.erased, "pictures": done.pictures, "missing": done.missing,
                "aside": str(done.aside) if done.aside else None,
            }
        )  # fmt: skip
        return 1 if done.missing else 0
    line(text("restore_done", locale, threads=done.threads, messages=done.messages, pictures=done.pictures))
    if done.erased:
        line(text("restore_erased", locale, count=done.erased))
    if done.aside:
        line(text("restore_aside", locale, path=done.aside))
    if done.missing:
        line(text("restore_missing", locale, count=len(done.missing)))
    return 1 if done.missing else 0


def _forget_in(memory: Path, said: Sequence[str]) -> None:
    from ..translation.memory.store import MemoryStore

    store = MemoryStore(memory)
    try:
        for one in said:
            store.remove([], one)
    finally:
        store.close()
