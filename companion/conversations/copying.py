"""A whole archive from one kind of database into another: every row under its number, inside one transaction.

Whatever breaks off leaves the target as it was. The search index is made anew from the words there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from . import checking, index, verifying
from .files import Files, ReadableFiles
from .findings import Finding
from .schema import (
    checks,
    drafts,
    events,
    facts,
    holds,
    images,
    imports,
    inbox_entries,
    inboxes,
    links,
    manual_passages,
    manual_skus,
    manuals,
    messages,
    note_words,
    revisions,
    shops,
    subjects,
    tags,
    thread_tags,
    threads,
    translations,
)
from .statements import on_postgres

#: Every table but those that are made from others (the search index) or hold bytes (pictures), each after what it
#: refers to.
TABLES: Sequence[Table] = (
    threads, tags, thread_tags, shops, imports, messages, events, revisions, translations, drafts, images, links, holds,
    inboxes, inbox_entries, subjects, facts, note_words, manuals, manual_skus, manual_passages,
    checks,
)  # fmt: skip
#: What stands for the other two where progress is told.
INDEX, PICTURES = "search_index", "pictures"
#: Rows, or messages of the index, at a time.
_SOME = 1_000

#: Hears the table, rows done, and rows in all.
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Copied:
    """``rows`` by table; ``missing``: SHA-256 of pictures that the source has no bytes of; ``events`` and
    ``log_sha256``: the state of the log, the same on both sides; ``findings``: what is wrong, in the source too."""

    rows: dict[str, int] = field(default_factory=dict)
    pictures: int = 0
    missing: list[str] = field(default_factory=list)
    events: int = 0
    log_sha256: str = ""
    findings: list[Finding] = field(default_factory=list)


class Differs(Exception):
    """The copy is not what the source is; the text says where. Nothing of it may stay."""


def filled(connection: Connection) -> bool:
    """Whether there is anything in an archive."""
    return any(connection.execute(select(table).limit(1)).first() is not None for table in TABLES)


def copy(
    source: Connection,
    files: ReadableFiles,
    target: Connection,
    kept: Files | None,
    progress: Progress = lambda *_: None,
) -> Copied:
    """Copy everything into an empty archive. ``kept`` takes the pictures and has them in the target's sight; None =
    they stay where they are, and whoever asked looks at the copy.

    Raises ``Differs``.
    """
    done = Copied()
    for table in TABLES:
        done.rows[table.name] = _rows(source, target, table, progress)
    if kept is not None:
        _pictures(source, files, kept, done, progress)
    set_numbers(target, numbers(source))
    _index(target, progress)
    _compare(source, target, done)
    if kept is None:
        return done
    done.findings = _findings(target, kept)
    if done.findings:
        known = {_said(each) for each in _findings(source, files)}
        new = [each for each in done.findings if _said(each) not in known]
        if new:
            raise Differs(new[0].line())
    return done


def _rows(source: Connection, target: Connection, table: Table, progress: Progress) -> int:
    total = int(source.execute(select(func.count()).select_from(table)).scalar_one())
    progress(table.name, 0, total)
    key = next(iter(table.primary_key.columns))
    done = 0
    for some in _batches(source, select(table).order_by(key)):
        target.execute(insert(table), [dict(row._mapping) for row in some])
        done += len(some)
        progress(table.name, done, total)
    return done


def _batches(connection: Connection, statement: Any) -> Iterator[list[Any]]:
    rows = iter(connection.execute(statement.execution_options(yield_per=_SOME)))
    while some := list(islice(rows, _SOME)):
        yield some


def _pictures(source: Connection, files: ReadableFiles, kept: Files, done: Copied, progress: Progress) -> None:
    names = sorted(stored(source))
    progress(PICTURES, 0, len(names))
    for at, sha256 in enumerate(names, 1):
        data = files.read(sha256)
        if data is None:
            done.missing.append(sha256)
        else:
            kept.keep(data)
            done.pictures += 1
        progress(PICTURES, at, len(names))


def stored(connection: Connection) -> set[str]:
    """The names of all files that an archive has: pictures of messages, and manuals."""
    pictures = select(images.c.sha256).where(images.c.sha256.is_not(None))
    return {*connection.execute(pictures).scalars(), *connection.execute(select(manuals.c.sha256)).scalars()}


def _index(target: Connection, progress: Progress) -> None:
    ids = list(target.execute(select(messages.c.id).order_by(messages.c.moment)).scalars())
    progress(INDEX, 0, len(ids))
    for at in range(0, len(ids), _SOME):
        index.add(target, ids[at : at + _SOME])
        progress(INDEX, min(at + _SOME, len(ids)), len(ids))


def _compare(source: Connection, target: Connection, done: Copied) -> None:
    for table in TABLES:
        count = select(func.count()).select_from(table)
        had, has = source.execute(count).scalar_one(), target.execute(count).scalar_one()
        if not had == has == done.rows[table.name]:
            raise Differs(f"{table.name}: {has} of {had} rows")
    state = verifying.log_state(source)
    if verifying.log_state(target) != state:
        raise Differs("the log")
    done.events, done.log_sha256 = state


def _findings(connection: Connection, files: ReadableFiles) -> list[Finding]:
    return [
        *checking.problems(connection), *verifying.problems(connection), *verifying.missing_files(connection, files)
    ]  # fmt: skip


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.kind, finding.thread, finding.message, finding.event


def numbers(connection: Connection) -> dict[str, int]:
    """The highest number each table ever gave: what was erased may have had a higher one than what is there."""
    if not on_postgres(connection):
        return {row.name: row.seq for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    found = {}
    for table in TABLES:
        name = _sequence(connection, table)
        if name:
            last, called = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {name}").one()  # noqa: S608
            found[table.name] = int(last) if called else 0
    return found


def set_numbers(connection: Connection, given: Mapping[str, int]) -> None:
    """Let numbers go on behind those given and those that are there, so that none is given twice."""
    for table in TABLES:
        key = next(iter(table.primary_key.columns))
        highest = max(given.get(table.name, 0), int(connection.execute(select(func.max(key))).scalar() or 0))
        if not highest:
            continue
        if on_postgres(connection):
            if name := _sequence(connection, table):
                connection.execute(text("SELECT setval(CAST(:name AS regclass), :at)"), {"name": name, "at": highest})
        elif _never_reused(connection, table):
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
            row = {"name": table.name, "at": highest}
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :at)"), row)


def _sequence(connection: Connection, table: Table) -> str:
    """The sequence behind a table's numbers, "" = whoever writes gives them."""
    key = next(iter(table.primary_key.columns)).name
    asked = text("SELECT pg_get_serial_sequence(:table, :key)")
    return str(connection.execute(asked, {"table": table.name, "key": key}).scalar() or "")


def _never_reused(connection: Connection, table: Table) -> bool:
    asked = text("SELECT sql FROM sqlite_master WHERE name = :table")
    return "AUTOINCREMENT" in str(connection.execute(asked, {"table": table.name}).scalar())
