"""The import of a file: read it whole, then keep it some conversations at a time.

No conversation is cut in two by a transaction. When the disk fills up in the middle, what was kept stays; since known
messages are recognised, the same import again goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.zones import ZoneUnknown, zone_name, zone_named

from .. import recognising
from ..database import Database
from ..files import Files
from ..ledger import Erasure
from ..recognising import Place, Recogniser
from ..transcript import Transcript
from . import addresses, belongings, entering, reading, windows
from .asked import Given, ImportAsked, ImportColumn, ImportReport, ImportSaid
from .languages import Linguist, untold, with_languages
from .parsed import Parsed
from .tally import Tally

#: Messages of a transaction, if not one conversation has more: a second's work, in which no open page waits long.
_TOGETHER = 500


#: Hears how many messages of how many are done, the first time with none done, and says whether to go on.
Watch = Callable[[int, int], bool]


def unwatched(_done: int, _total: int) -> bool:
    """Nobody watches, and nobody stops it."""
    return True


def import_file(
    database: Database,
    files: Files,
    asked: ImportAsked,
    marketplaces: reading.Marketplaces,
    erasures: Sequence[Erasure] = (),
    tell: Linguist = untold,
    watch: Watch = unwatched,
) -> ImportReport:
    """Take a file in, or with ``dry_run`` only look at it. Where ``watch`` stops it, the report is of what was taken
    until then. Raises the codes ``messages_…`` and those of storage."""
    path = Path(asked.path)
    data = reading.bytes_of(path)
    given = Given(path.name, data, path.stat().st_mtime)
    return import_given(database, files, given, asked, marketplaces, erasures, tell, watch)


def import_given(
    database: Database,
    files: Files,
    given: Given,
    asked: ImportSaid,
    marketplaces: reading.Marketplaces,
    erasures: Sequence[Erasure] = (),
    tell: Linguist = untold,
    watch: Watch = unwatched,
) -> ImportReport:
    """The same of a file that was handed over."""
    path, now = Path(given.name), time.time()
    try:
        zone = zone_name(zone_named(asked.zone))
    except ZoneUnknown as exc:
        raise SeabridgeError(ErrorCode.MESSAGES_ZONE, zone=asked.zone[:60]) from exc
    options = reading.options_of(asked, zone, now)
    saved_at = asked.saved_at if asked.saved_at is not None else given.modified
    parsed = reading.read(given.data, path, asked, options, marketplaces, saved_at)
    source = {
        "kind": reading.kind_of(path),
        "name": path.name[:200],
        "sha256": hashlib.sha256(given.data).hexdigest(),
        "made_at": now,
    }
    tally = Tally()
    erased = _recogniser(database, asked, erasures)
    if isinstance(parsed, Parsed):
        parsed = _sifted(database, parsed, erased, tally)
        _take(database, files, parsed, source, tally, now, tell, watch, dry_run=asked.dry_run)
    else:
        windows.see(database, parsed, source, tally, now, erased, tell, dry_run=asked.dry_run)
        parsed = Parsed("page", [])
    return ImportReport(
        kind=source["kind"],  # type: ignore[arg-type]
        dry_run=asked.dry_run,
        threads=tally.threads,
        new_threads=tally.new_threads,
        messages=tally.messages,
        new=tally.new,
        known=tally.messages - tally.new,
        left_out=parsed.left_out,
        left_out_mails=dict(parsed.reasons),
        shortened=parsed.shortened,
        erased=tally.erased,
        erased_threads=tally.erased_threads,
        encoding=parsed.encoding,
        zone=zone,
        first=tally.first,
        last=tally.last,
        columns=[ImportColumn(header, name) for header, name in parsed.columns],
        samples=tally.samples,
        sheets=list(parsed.sheets),
    )


def _take(
    database: Database,
    files: Files,
    parsed: Parsed,
    source: dict[str, object],
    tally: Tally,
    now: float,
    tell: Linguist,
    watch: Watch,
    *,
    dry_run: bool,
) -> None:
    import_id = 0
    total = sum(len(each.lines) for each in parsed.transcripts)
    for some in _grouped(parsed.transcripts):
        if not watch(tally.messages, total):
            return
        if dry_run:
            with database.read() as connection:
                plans = [entering.plan(connection, addresses.settled(connection, each)) for each in some]
        else:
            try:
                held = set().union(*(belongings.keep_pictures(files, each, parsed.pictures) for each in some))
                plans, import_id = _enter(
                    database, [with_languages(each, tell) for each in some], source, import_id, held, now
                )
            except SeabridgeError as exc:
                if not tally.new:
                    raise
                raise SeabridgeError(ErrorCode.MESSAGES_STOPPED, str(exc), count=tally.new) from exc
        for transcript, planned in zip(some, plans, strict=True):
            new = [placed.match is None for placed in planned.alignment.rows]
            told = list(zip(planned.lines, new, strict=True))
            tally.count(transcript.buyer, told, is_new=planned.thread is None, most=len(transcript.lines))


def _enter(
    database: Database,
    some: Sequence[Transcript],
    source: dict[str, object],
    import_id: int,
    held: set[str],
    now: float,
) -> tuple[list[entering.Plan], int]:
    """Keep some conversations in one transaction; what was done, and the import's number once it has one."""
    plans = []
    with database.write() as connection:
        for transcript in some:
            planned = entering.plan(connection, addresses.settled(connection, transcript))
            if planned.new:
                import_id = import_id or entering.entry(connection, source)
                entering.enter(connection, planned, import_id, held, now)
            plans.append(planned)
    return plans, import_id


def _recogniser(database: Database, asked: ImportSaid, erasures: Sequence[Erasure]) -> Recogniser:
    if asked.even_erased:
        return Recogniser(())
    with database.read() as connection:
        return Recogniser(erasures, recognising.erased_digests(connection))


def _sifted(database: Database, parsed: Parsed, erased: Recogniser, tally: Tally) -> Parsed:
    """The file's conversations without what was erased on request."""
    kept = []
    with database.read() as connection:
        for each in parsed.transcripts:
            found = addresses.settled(connection, each)
            where = Place(found.marketplace, found.region, found.shop, found.thread, found.buyer)
            left = erased.sift(where, each)
            gone = len(each.lines) - len(left.lines)
            tally.erased += gone
            tally.erased_threads += gone > 0
            if left.lines or not gone:
                kept.append(left)
    return replace(parsed, transcripts=kept)


def _grouped(transcripts: Sequence[Transcript]) -> Iterator[list[Transcript]]:
    """Small conversations are kept together: each transaction waits for the disk."""
    some: list[Transcript] = []
    for transcript in transcripts:
        some.append(transcript)
        if sum(len(each.lines) for each in some) >= _TOGETHER:
            yield some
            some = []
    if some:
        yield some
