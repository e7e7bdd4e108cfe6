"""The rules of this computer, read once: what was read of the files is kept until one of them changes."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import msgspec

from companion.marketplaces import Problem
from companion.runtime.atomic import write_atomic

from . import loader
from .loader import Over, RuleSet

_log = logging.getLogger(__name__)
#: Counts up when what is kept of a rule changes its shape.
_SHAPE = 2


class _Kept(msgspec.Struct):
    """What was read, of files of this digest."""

    digest: str
    rule_set: RuleSet


def rule_set(
    own: Path | None = None, cache: Path | None = None, folder: Path | None = None, feed: Over | None = None
) -> RuleSet:
    """The shipped rules (of ``folder`` where one is named), under what a ``feed`` brought and the rules in ``own``. A
    faulty file is left out and logged.

    ``cache`` is a file to keep them in: reading hundreds of files takes longer than anybody wants to wait for a check.
    """
    base = folder if folder is not None else loader.shipped()
    digest = _digest(base, own, feed)
    if (kept := _kept(cache)) is not None and kept.digest == digest:
        return kept.rule_set
    found, problems = read(own, base, feed)
    for problem in problems:
        _log.warning("rule left out: %s", problem)
    if cache is not None and not problems:
        try:
            write_atomic(cache, msgspec.msgpack.encode(_Kept(digest, found)))
        except Exception as exc:  # a full disk must not stop a check
            _log.warning("rules are not kept for the next time: %s", exc)
    return found


def read(
    own: Path | None = None, folder: Path | None = None, feed: Over | None = None
) -> tuple[RuleSet, list[Problem]]:
    """The same from the files, with what is wrong with them."""
    found, problems = loader.read(folder)
    if feed is not None:
        found, more = loader.read_over(feed, found)
        problems += more
    if own is not None and own.is_dir():
        found, more = loader.read_own(own, found)
        problems += more
    return found, problems


def faulty(own: Path | None, folder: Path | None = None) -> list[Problem]:
    """What is wrong with the files, each fault with its file and line."""
    return read(own, folder)[1]


def _kept(cache: Path | None) -> _Kept | None:
    try:
        return msgspec.msgpack.decode(cache.read_bytes(), type=_Kept) if cache is not None else None
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return None


def _digest(base: Path, own: Path | None, feed: Over | None) -> str:
    digest = hashlib.sha256(str(_SHAPE).encode())
    for folder in (base, feed.folder if feed is not None else None, own):
        digest.update(b"\0\0")  # so that a file of one folder never counts for another
        for path in loader.files(folder) if folder is not None and folder.is_dir() else ():
            digest.update(path.relative_to(folder or base).as_posix().encode() + b"\0")
            try:
                digest.update(hashlib.sha256(path.read_bytes()).digest())
            except OSError:
                digest.update(b"unreadable")
    for removed in sorted(feed.removed) if feed is not None else ():
        digest.update(removed.encode() + b"\0")
    return digest.hexdigest()
