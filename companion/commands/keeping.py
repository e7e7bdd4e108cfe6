"""What the commands of keeping share: who holds the data folder, passphrases, sizes and times for people."""

from __future__ import annotations

import argparse
import datetime
import getpass
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from ..backup.plan import Changes, Plan
from ..locales import text
from ..opening import documents_of, stores_of
from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.values import Hold
from ..runtime import control
from ..runtime.database_url import may_hold_archive
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .offline import open_translator, runs
from .printing import Say, complain

#: Erasing writes the whole file anew.
_ERASE_S = 1800
_Made = TypeVar("_Made")


def passphrase_argument(parser: argparse.ArgumentParser, say: Say) -> None:
    """A passphrase is never an argument: those stand in the shell's history."""
    parser.add_argument("--passphrase-stdin", action="store_true", help=say("cli_backup_passphrase_stdin"))


def passphrase_asker(options: argparse.Namespace, locale: str, kept: str = "") -> Callable[[], str]:
    """Gives the passphrase of a sealed backup: from the standard input, the one kept here, or asked for, once."""

    @cache
    def ask() -> str:
        if options.passphrase_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        if kept or not sys.stdin.isatty():
            return kept
        return getpass.getpass(text("cli_backup_passphrase_ask", locale) + " ")

    return ask


def unsealed(options: argparse.Namespace, locale: str, kept: str, work: Callable[[Callable[[], str]], _Made]) -> _Made:
    """What ``work`` makes of a backup. Where the passphrase kept here is not its own, because it was changed since, it
    is asked for. Raises what ``work`` raises."""
    try:
        return work(passphrase_asker(options, locale, kept))
    except SeabridgeError as exc:
        if exc.code != ErrorCode.BACKUP_PASSPHRASE or options.passphrase_stdin:
            raise
        if not sys.stdin.isatty():
            complain(text("backup_passphrase_how", locale))
            raise
        if not kept:
            raise
    complain(text("backup_passphrase_other", locale))
    return work(passphrase_asker(options, locale))


class Keeping(Protocol):
    """What both ways offer."""

    def change(self, changes: Changes, passphrase: str | None = None) -> Plan: ...
    def erase(self, thread_ids: Sequence[int], even_held: bool, buyer: str = "") -> int: ...
    def sweep(self) -> int: ...


@contextmanager
def keeper(paths: Paths) -> Iterator[Keeping]:
    """The running companion's when one runs; else one of our own, under the lock."""
    if runs(paths):
        yield _Running(paths)
        return
    from ..backup.keeper import Keeper
    from ..conversations import Archive
    from ..runtime.secrets import Secrets

    with DataLock(paths), stores_of(paths) as stores:
        opened: list[Archive] = []
        translator = open_translator(paths, stores)

        def archive() -> Archive:
            if not opened:
                if not may_hold_archive(paths):
                    raise SeabridgeError(ErrorCode.NOT_FOUND, "no archive yet", path=str(paths.archive))
                opened.append(Archive.at(paths))
            return opened[0]

        def forget(said: Sequence[str]) -> None:
            translator.forget(said)
            stores.erased()

        try:
            yield Keeper(paths, stores.documents, Secrets(paths), archive, forget)
        finally:
            translator.close()
            for one in opened:
                one.close()


class _Running:
    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def change(self, changes: Changes, passphrase: str | None = None) -> Plan:
        named = {name: value for name, value in msgspec.to_builtins(changes).items() if value is not None}
        return convert(self._ask("keeping.change", changes=named, passphrase=passphrase), Plan)

    def erase(self, thread_ids: Sequence[int], even_held: bool, buyer: str = "") -> int:
        told = self._ask("keeping.erase", threads=list(thread_ids), even_held=even_held, buyer=buyer)
        return int(told["count"])

    def sweep(self) -> int:
        return int(self._ask("keeping.sweep")["count"])

    def _ask(self, method: str, **params: Any) -> Any:
        return control.call(self._paths, method, params, timeout_s=_ERASE_S)


def stored_plan(paths: Paths) -> tuple[Plan, str]:
    """The plan and the passphrase as they are stored; reading takes no lock."""
    from ..backup.plan import SECRET, PlanStore
    from ..runtime.secrets import Secrets

    with documents_of(paths) as documents:
        plan = PlanStore(documents).get()
    return plan, (Secrets(paths).get(SECRET) or b"").decode()


def when(at: float) -> str:
    """A moment by this computer's clock; "–" for none."""
    return datetime.datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M") if at else "–"


def kept_until(hold: Hold, locale: str) -> str:
    """How a conversation that is held is told."""
    if hold.until is None:
        return text("hold_for_good", locale)
    return text("hold_until", locale, date=when(hold.until)[:10])


def size(count: int) -> str:
    """Bytes as people read them."""
    return (
        f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count // 1000} kB"
    )


def there(path: Path, locale: str) -> bool:
    """Whether a file is there; says so when it is not."""
    if not path.is_file():
        complain(text("backup_no_file", locale, path=path))
        return False
    return True


def begun(paths: Paths, locale: str) -> bool:
    """Whether there is an archive; says so when there is none."""
    if not may_hold_archive(paths):
        complain(text("backup_no_archive", locale))
        return False
    return True


def whole(path: str) -> Path:
    """A path as the person at the terminal means it."""
    return Path(path).expanduser().absolute()
