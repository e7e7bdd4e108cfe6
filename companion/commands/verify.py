"""``seabridge verify``: whether the archive, or a backup, is what was put into it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..locales import text
from ..runtime.paths import Paths
from .archives import archive_of
from .keeping import passphrase_argument, stored_plan, there, unsealed, when, whole
from .printing import Say, as_json, complain, line

if TYPE_CHECKING:
    from ..conversations.findings import Finding


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """A backup, else the archive."""
    parser.add_argument("file", nargs="?", metavar="FILE", help=say("cli_verify_file"))
    passphrase_argument(parser, say)
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Read everything; 1 when something is wrong."""
    if options.file:
        return _backup(options, paths, locale) if there(whole(options.file), locale) else 1
    return _archive(options, paths, locale)


def _archive(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    with archive_of(paths) as archive:
        if archive is None:
            complain(text("backup_no_archive", locale))
            return 1
        found = archive.keeping.verify()
        threads, messages = archive.counts()
        events, state = archive.keeping.log_state()
        manuals = archive.manuals.count()
    counts = {"threads": threads, "messages": messages, "events": events, "manuals": manuals}
    if options.json:
        as_json({"ok": not found, **counts, "log_sha256": state, "findings": found_rows(found, locale)})
    else:
        line(text("verify_read", locale, **counts))
        tell(found, locale)
    return 1 if found else 0


def _backup(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Restore it into a scratch folder, and see whether the archive here goes on from it."""
    from ..backup.checking import examine

    file, scratch = whole(options.file), paths.ready().root
    with archive_of(paths) as live:
        report = unsealed(options, locale, stored_plan(paths)[1], lambda ask: examine(file, scratch, ask, live=live))
    if options.json:
        as_json(
            {
                "ok": report.sound, "path": str(report.path), "made_at": report.made_at, "sealed": report.sealed,
                "threads": report.threads, "messages": report.messages, "events": report.events,
                "attachments": report.attachments, "missing": report.missing, "restorable": report.restorable,
                "problem": report.problem, "continued": report.continued,
                "findings": found_rows(report.findings, locale),
            }
        )  # fmt: skip
        return 0 if report.sound else 1
    if not report.restorable:
        complain(text("error_backup_damaged", locale, path=report.path, problem=report.problem))
        return 1
    counts = {"threads": report.threads, "messages": report.messages, "events": report.events}
    line(text("verify_backup", locale, at=when(report.made_at), pictures=report.attachments, **counts))
    if report.missing:
        line(" ✗ " + text("verify_backup_missing", locale, count=len(report.missing)))
    if report.continued is False:
        line(" ✗ " + text("verify_backup_differs", locale))
    for each in report.findings:
        line(f" ✗ {sentence(each, locale)}")
    line(text("verify_backup_sound" if report.sound else "verify_backup_wrong", locale))
    return 0 if report.sound else 1


def found_rows(found: Sequence[Finding], locale: str) -> list[dict[str, object]]:
    """Findings for programs, each with its sentence."""
    return [
        {
            "kind": each.kind,
            "thread": each.thread or None,
            "message": each.message or None,
            "event": each.event or None,
            "detail": each.detail,
            "text": sentence(each, locale),
        }
        for each in found
    ]


def tell(found: Sequence[Finding], locale: str) -> None:
    """Findings for people, and what to do."""
    for each in found:
        line(f" ✗ {sentence(each, locale)}")
    line(text("verify_wrong" if found else "verify_sound", locale, count=len(found)))


def sentence(finding: Finding, locale: str) -> str:
    """What is wrong, in the seller's language."""
    return text(
        f"verify_{finding.kind}",
        locale,
        thread=finding.thread,
        message=finding.message,
        event=finding.event,
        detail=finding.detail,
    )
