"""``seabridge verify``: whether the archive, or a backup, is what was put into it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..locales import text
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.paths import Paths
from .printing import Say, as_json, line

if TYPE_CHECKING:
    from ..conversations.findings import Finding


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Read everything; 1 when something is wrong."""
    if not paths.archive.exists():
        raise SeabridgeError(ErrorCode.NOT_FOUND, "no archive yet")
    from ..conversations import Archive

    archive = Archive.open(paths.archive, paths.files, read_only=True)
    try:
        found = archive.verify()
        threads, messages = archive.counts()
        events, state = archive.log_state()
    finally:
        archive.close()
    counts = {"threads": threads, "messages": messages, "events": events}
    if options.json:
        as_json({"ok": not found, **counts, "log_sha256": state, "findings": found_rows(found, locale)})
    else:
        line(text("verify_read", locale, **counts))
        tell(found, locale)
    return 1 if found else 0


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
