"""Reads ``rules/chat``: one file a language, loaded when somebody first speaks it."""

from __future__ import annotations

import logging
import re
import threading
from pathlib import Path

import msgspec

from .chat import FEELINGS, NO_CHAT, Chat
from .codes import primary
from .rule_files import read_rules

_log = logging.getLogger(__name__)


class _File(msgspec.Struct, forbid_unknown_fields=True):
    language: str
    words: dict[str, str]
    say: dict[str, str]
    accents: dict[str, str] = {}
    doubled: list[str] = []
    feelings: dict[str, list[str]] = {}
    numbers_after: list[str] = []


def load(path: Path) -> Chat:
    """One file. Raises ValueError naming the fault; OSError when it cannot be read."""
    file = read_rules(path, _File)
    if file.language != path.stem or set(file.say) != set(FEELINGS):
        raise ValueError(f"{path.name}: language must be {path.stem}, say must name {', '.join(FEELINGS)}")
    chat = Chat(
        language=file.language,
        words=file.words,
        accents=file.accents,
        doubled=frozenset(file.doubled),
        feelings={name: tuple(signs) for name, signs in file.feelings.items()},
        numbers_after=tuple(file.numbers_after),
        say=file.say,
    )
    try:
        _ = chat.signs, chat.spellings
    except re.error as exc:
        raise ValueError(f"{path.name}: {exc}") from exc
    return chat


def faults(folder: Path) -> list[str]:
    """What is wrong with the files of a folder, each named with its place as far as that is known."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        try:
            load(path)
        except ValueError as exc:
            found.append(str(exc))
        except OSError as exc:
            found.append(f"{path.name}: {exc.strerror}")
    return found


class ChatRules:
    """The files of a folder by language. Thread-safe. A faulty file is left out and logged: words go on as typed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, Chat] = {}

    def of(self, language: str) -> Chat:
        """The rules of a language; empty ones where there is no file."""
        code = {"zt": "zh"}.get(primary(language), primary(language))
        with self._lock:
            if code not in self._known:
                self._known[code] = self._load(code)
            return self._known[code]

    def _load(self, code: str) -> Chat:
        path = self._folder / f"{code}.yml"
        if not code.isalpha() or not path.is_file():
            return NO_CHAT
        try:
            return load(path)
        except (OSError, ValueError) as exc:
            _log.warning("chat rules left out: %s", exc)
            return NO_CHAT
