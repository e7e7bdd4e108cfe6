"""For makers of feeds: a folder of data becomes a signed file, if everybody could use it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from companion.marketplaces import Problem, lines
from companion.protocol.decode import convert
from companion.runtime.atomic import storage_errors

from ..loader import plain
from . import deciding, signing
from .container import Sound, closed, opened
from .judging import CheckPages, judge
from .kinds import kind_of
from .manifest import FORMAT
from .refusing import faulty

#: Beside the data: the feed's name and title, and what it takes away. It does not travel.
ABOUT = "feed.yml"
#: Notes and the like that may lie in the folder of a maker.
_BESIDE = frozenset({ABOUT, "README.md", "LICENSE"})


class About(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``feed.yml`` of a maker's folder."""

    name: str
    title: str
    removed: list[str] = []


def made(
    folder: Path, key: bytes, version: int, expires: str, today: date, check_pages: CheckPages
) -> tuple[bytes, Sound]:
    """The feed of a folder as a file, and as those see it who get it.

    Raises ``feed_faulty`` with file and line, ``feed_unsafe`` for files no feed may hold, ``feed_unreadable`` and
    ``feed_expired`` for a day nobody could use: nothing leaves the house that would be refused elsewhere.
    """
    about = _about(folder)
    files = _files(folder)
    manifest: dict[str, Any] = {
        "format": FORMAT, "name": about.name, "title": about.title, "version": version, "made": today.isoformat(),
        "expires": expires,
        "files": {
            path: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in files.items()
        },
        "removed": sorted(about.removed),
    }  # fmt: skip
    raw = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    data = closed(files, raw, signing.signed(raw, key))
    sound = opened(data)
    deciding.timely(sound, 0, today)
    with tempfile.TemporaryDirectory(prefix="seabridge-feed-") as scratch:
        judge(sound, Path(scratch), today, check_pages)
    return data, sound


def write_key(path: Path) -> str:
    """Make a private key in a file of its own, readable by its owner only; the fingerprint of its public key.

    Raises FileExistsError: a key that is overwritten is lost with everybody's trust in it.
    """
    key = signing.new_key()
    with storage_errors(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    return signing.fingerprint(signing.public_key(key))


def _about(folder: Path) -> About:
    try:
        found, _ = lines.parse((folder / ABOUT).read_text("utf-8"))
        return convert(plain(found), About)
    except lines.Unreadable as exc:
        raise faulty([Problem(ABOUT, exc.line, str(exc))]) from exc
    except msgspec.ValidationError as exc:
        raise faulty([Problem(ABOUT, 1, str(exc))]) from exc
    except OSError as exc:
        raise faulty([Problem(ABOUT, 1, f"cannot be read: {exc.strerror or exc}")]) from exc
    except UnicodeDecodeError as exc:
        raise faulty([Problem(ABOUT, 1, "is not UTF-8")]) from exc


def _files(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name in _BESIDE or name.startswith("."):
            continue
        if kind_of(name) is None:
            raise faulty([Problem(name, 1, "is no file a feed may hold; see rules/README.md")])
        found[name] = path.read_bytes()
    return found
