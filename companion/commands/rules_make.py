"""``seabridge rules pack | key``: for those who make a rules feed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ..compliance.checks import is_day
from ..compliance.feed.making import made, write_key
from ..compliance.feed.manifest import MOST_DAYS
from ..compliance.feed.signing import public_key, spaced
from ..locales import text
from ..runtime.atomic import write_atomic
from ..runtime.paths import Paths
from .marketplace_check import check
from .printing import Say, as_json, complain, line


def make_actions(actions: Any, say: Say) -> Iterator[argparse.ArgumentParser]:
    """Their arguments."""
    pack = actions.add_parser("pack", help=say("rules_cli_pack"))
    pack.add_argument("folder", type=Path, metavar="FOLDER", help=say("rules_cli_pack_folder"))
    pack.add_argument("--key", type=Path, required=True, metavar="FILE", help=say("rules_cli_pack_key"))
    pack.add_argument("--version", type=int, required=True, metavar="N", help=say("rules_cli_pack_version"))
    pack.add_argument("--expires", required=True, metavar="DATE", help=say("rules_cli_pack_expires"))
    pack.add_argument("--out", type=Path, metavar="FILE.zip", help=say("rules_cli_pack_out"))
    yield pack
    key = actions.add_parser("key", help=say("rules_cli_key"))
    key.add_argument("file", type=Path, metavar="FILE", help=say("rules_cli_key_file"))
    yield key


def run_make(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 where it cannot be done."""
    return _key(options, locale) if options.action == "key" else _pack(options, locale)


def _key(options: argparse.Namespace, locale: str) -> int:
    """Make a key, or show whose key a file is."""
    import base64

    new = not options.file.exists()
    try:
        if new:
            write_key(options.file)
        public = public_key(options.file.read_bytes())
    except OSError as exc:
        complain(text("rules_key_file", locale, file=options.file, reason=exc.strerror or exc))
        return 1
    from ..compliance.feed.signing import fingerprint

    told = {"file": str(options.file), "new": new, "key": base64.b64encode(public).decode()}
    told["fingerprint"] = fingerprint(public)
    if options.json:
        as_json(told)
        return 0
    line(text("rules_key_new" if new else "rules_key_known", locale, file=options.file))
    line(text("rules_key_told", locale, key=told["key"], fingerprint=spaced(fingerprint(public))))
    return 0


def _pack(options: argparse.Namespace, locale: str) -> int:
    if not is_day(options.expires):
        complain(text("check_day", locale, day=options.expires[:40]))
        return 1
    today = datetime.now(UTC).date()
    last = date.fromisoformat(options.expires)
    if last < today or last - today > timedelta(MOST_DAYS):
        key = "rules_pack_past" if last < today else "rules_pack_far"
        complain(text(key, locale, day=options.expires, today=today.isoformat(), days=MOST_DAYS))
        return 1
    try:
        key = options.key.read_bytes()
    except OSError as exc:
        complain(text("rules_key_file", locale, file=options.key, reason=exc.strerror or exc))
        return 1

    def pages(folder: Path) -> list[Any]:
        return check(folder, locale, shared=True).faults

    data, sound = made(options.folder, key, options.version, options.expires, today, pages)
    out = options.out or Path(f"{sound.manifest.name}-{sound.manifest.version}.zip")
    write_atomic(out, data)
    if options.json:
        as_json({"file": str(out), "bytes": len(data), "fingerprint": sound.fingerprint, "manifest": sound.manifest})
        return 0
    files = len(sound.manifest.files)
    line(text("rules_pack_done", locale, file=out, count=files, fingerprint=spaced(sound.fingerprint)))
    return 0
