"""What comes with a message of a file: its translations, its pictures, the draft it was."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from .. import images as pictures
from .. import translations
from ..files import Files
from ..identity import ident
from ..schema import drafts, images
from ..statements import upsert
from ..transcript import Draft, Line, Transcript


def add(connection: Connection, thread_id: int, message_id: int, line: Line, held: set[str]) -> None:
    """Translations, pictures and the draft of a new message."""
    # The one to show first is the latest, also among those made at the same time.
    for each in reversed(line.renderings):
        translations.put(
            connection,
            message_id,
            target=each.target,
            text=each.text,
            engine=each.engine,
            match=each.match,
            doubt=each.doubt,
            now=each.made_at,
        )
    for picture in line.pictures[: pictures.MAX_PER_MESSAGE]:
        here = picture.sha256 in held
        connection.execute(
            upsert(connection, images)
            .values(
                message_id=message_id,
                url=picture.url,
                sha256=picture.sha256 if here else None,
                type=picture.type if here else "",
                size=picture.size if here else 0,
                stored_at=picture.stored_at if here else None,
            )
            .on_conflict_do_nothing()
        )
    if line.draft is not None:
        draft_of(connection, thread_id, line.draft, message_id)


def draft_of(connection: Connection, thread_id: int, draft: Draft, message_id: int | None) -> None:
    same = (
        drafts.c.thread_id == thread_id,
        drafts.c.inserted_at == draft.inserted_at,
        drafts.c.text == draft.text,
        drafts.c.written == draft.written,
    )
    if connection.execute(select(drafts.c.id).where(*same)).first() is None:
        connection.execute(
            insert(drafts).values(
                thread_id=thread_id,
                written=draft.written,
                written_language=draft.written_language,
                text=draft.text,
                language=draft.language,
                engine=draft.engine,
                match=draft.match,
                inserted_at=draft.inserted_at,
                ident=draft.ident or ident("seller", draft.text),
                message_id=message_id,
            )
        )


def keep_pictures(files: Files, transcript: Transcript, found: Mapping[str, bytes]) -> set[str]:
    """Store the bytes a file brings; the hashes of all the conversation's pictures that are here then."""
    here = set()
    for sha256 in {picture.sha256 for line in transcript.lines for picture in line.pictures if picture.sha256}:
        if sha256 in found:
            files.keep(found[sha256])
        if files.size(sha256) is not None:
            here.add(sha256)
    return here
