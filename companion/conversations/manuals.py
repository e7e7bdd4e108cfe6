"""The seller's manuals in the archive: rows and passages in its file, the files themselves beside the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from ..protocol.errors import ErrorCode, SeabridgeError
from .database import Database
from .files import Files
from .identity import clean, normal
from .schema import images as pictures
from .schema import manual_passages, manual_skus, manuals
from .words import index_text

#: Passages that are weighed for one question.
MOST_WEIGHED = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of a file: ``page`` from 1, 0 = the file has none; ``heading`` it stands under, "" = none."""

    text: str
    page: int = 0
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Manual:
    """A manual; ``type``: its media type; ``skus`` [] = about the whole shop; ``added_at``: Unix time."""

    id: int
    name: str
    type: str
    language: str
    sha256: str
    size: int
    added_at: float
    skus: Sequence[str]
    passages: int


@dataclass(frozen=True, slots=True)
class NewManual:
    """A manual to be kept, and its passages; ``skus`` [] = about the whole shop."""

    name: str
    type: str
    language: str
    data: bytes
    pieces: Sequence[Piece]
    skus: Sequence[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a manual with what says where it is from; ``folded``: its words as a search sees them."""

    id: int
    manual: Manual
    position: int
    page: int
    heading: str
    text: str
    folded: str


class Manuals:
    """Part of ``Archive`` (``archive.manuals``); thread-safe, with its errors."""

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._files = files

    def put(self, new: NewManual, now: float) -> tuple[int, float | None]:
        """Keep a manual; its number, and from when the one was whose place it takes (None = it is new).

        One of the same name and language is another edition: its number stays, and what it was about is added to.
        """
        sha256 = self._files.keep(new.data)
        file = {"sha256": sha256, "size": len(new.data)}
        values = {"name": clean(new.name), "type": new.type, "language": new.language, **file}
        with self._database.write() as connection:
            before = _same(connection, new.name, new.language)
            if before is None:
                made = connection.execute(insert(manuals).values(**values, added_at=now))
                key = made.inserted_primary_key
                assert key is not None
                number = int(key[0])
            else:
                number = int(before.id)
                # the same file again was not added anew
                at = before.added_at if before.sha256 == sha256 else now
                connection.execute(update(manuals).where(manuals.c.id == number).values(**values, added_at=at))
                connection.execute(delete(manual_passages).where(manual_passages.c.manual_id == number))
            _write(connection, number, new.pieces)
            known = set(connection.execute(_skus_of(number)).scalars())
            more = [sku for sku in dict.fromkeys(clean(sku) for sku in new.skus) if sku and sku not in known]
            if more:
                connection.execute(insert(manual_skus), [{"manual_id": number, "sku": sku} for sku in more])
            left = before.sha256 if before is not None and before.sha256 != sha256 else ""
        self._drop_file(left)
        return number, None if before is None else float(before.added_at)

    def set_skus(self, number: int, skus: Sequence[str]) -> None:
        """What a manual is about from now on. Raises ``not_found``."""
        with self._database.write() as connection:
            if connection.execute(select(manuals.c.id).where(manuals.c.id == number)).first() is None:
                raise SeabridgeError(ErrorCode.NOT_FOUND, f"manual {number}")
            connection.execute(delete(manual_skus).where(manual_skus.c.manual_id == number))
            rows = [{"manual_id": number, "sku": sku} for sku in dict.fromkeys(clean(sku) for sku in skus) if sku]
            if rows:
                connection.execute(insert(manual_skus), rows)

    def remove(self, number: int) -> bool:
        """Take a manual out with its file; whether it was there."""
        with self._database.write() as connection:
            row = connection.execute(select(manuals).where(manuals.c.id == number)).first()
            if row is None:
                return False
            for table in (manual_passages, manual_skus):
                connection.execute(delete(table).where(table.c.manual_id == number))
            connection.execute(delete(manuals).where(manuals.c.id == number))
        self._drop_file(row.sha256)
        return True

    def all(self, skus: Sequence[str] = ()) -> list[Manual]:
        """All manuals, the newest first; with ``skus`` those about one of them and those about the whole shop."""
        with self._database.read() as connection:
            return _told(connection, skus)

    def one(self, number: int) -> Manual:
        """Raises ``not_found``."""
        found = [each for each in self.all() if each.id == number]
        if not found:
            raise SeabridgeError(ErrorCode.NOT_FOUND, f"manual {number}")
        return found[0]

    def holding(self, words: Sequence[str], skus: Sequence[str] = ()) -> list[Passage]:
        """Passages that hold one of these folded words, of the manuals that ``all`` tells of ``skus``."""
        if not words:
            return []
        with self._database.read() as connection:
            known = {each.id: each for each in _told(connection, skus)}
            query = (
                select(manual_passages)
                .where(manual_passages.c.manual_id.in_(list(known)))
                .where(or_(*(manual_passages.c.folded.contains(f" {word}", autoescape=True) for word in words)))
                .order_by(manual_passages.c.manual_id.desc(), manual_passages.c.position)
                .limit(MOST_WEIGHED)
            )
            return [_passage(row, known[row.manual_id]) for row in connection.execute(query)]

    def text(self, number: int) -> list[Passage]:
        """A manual's passages in order. Raises ``not_found``."""
        manual = self.one(number)
        query = select(manual_passages).where(manual_passages.c.manual_id == number)
        with self._database.read() as connection:
            return [_passage(row, manual) for row in connection.execute(query.order_by(manual_passages.c.position))]

    def count(self) -> int:
        """How many there are."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(manuals)).scalar_one())

    def _drop_file(self, sha256: str) -> None:
        """Remove a file that nothing names any more."""
        if not sha256:
            return
        with self._database.read() as connection:
            named = connection.execute(select(manuals.c.id).where(manuals.c.sha256 == sha256)).first()
            named = named or connection.execute(select(pictures.c.id).where(pictures.c.sha256 == sha256)).first()
        if named is None:
            self._files.drop(sha256)


def _skus_of(number: int) -> Any:
    return select(manual_skus.c.sku).where(manual_skus.c.manual_id == number).order_by(manual_skus.c.id)


def _same(connection: Connection, name: str, language: str) -> Any:
    wanted = normal(name).casefold()
    rows = connection.execute(select(manuals).where(manuals.c.language == language).order_by(manuals.c.id))
    return next((row for row in rows if normal(row.name).casefold() == wanted), None)


def _write(connection: Connection, number: int, pieces: Sequence[Piece]) -> None:
    rows = [
        {
            "manual_id": number,
            "position": position,
            "page": piece.page,
            "heading": clean(piece.heading),
            "text": clean(piece.text),
            "folded": f" {index_text(piece.heading, piece.text)}",
        }
        for position, piece in enumerate(pieces)
    ]
    if rows:
        connection.execute(insert(manual_passages), rows)


def _told(connection: Connection, skus: Sequence[str]) -> list[Manual]:
    about: dict[int, list[str]] = {}
    for row in connection.execute(select(manual_skus).order_by(manual_skus.c.id)):
        about.setdefault(row.manual_id, []).append(row.sku)
    sizes = select(manual_passages.c.manual_id, func.count().label("many")).group_by(manual_passages.c.manual_id)
    many = {row.manual_id: int(row.many) for row in connection.execute(sizes)}
    rows = connection.execute(select(manuals).order_by(manuals.c.added_at.desc(), manuals.c.id.desc()))
    found = [
        Manual(
            row.id, row.name, row.type, row.language, row.sha256, row.size, row.added_at,
            tuple(about.get(row.id, ())), many.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip
    wanted = {clean(sku) for sku in skus}
    return [each for each in found if not wanted or not each.skus or wanted & set(each.skus)]


def _passage(row: Any, manual: Manual) -> Passage:
    return Passage(row.id, manual, row.position, row.page, row.heading, row.text, row.folded)
