"""What was imported before an import told languages gets them bit by bit, goes on where it ended, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from companion.conversations import Archive
from companion.conversations.imports import older
from companion.conversations.imports.older import OlderImports
from companion.protocol.methods.archive import SearchParams
from companion.runtime.documents import Documents
from companion.translation.telling import languages_of

from .conftest import Take, lines_of, thread_ref

SPANISH = "¿Dónde está mi paquete? Lo pedí hace dos semanas"
HEAD = "time,buyer,direction,text,language\n"


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    return Documents(tmp_path / "documents.json")


class Told:
    """Tells languages, and remembers what it was asked; the clock goes on with each question."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.asked: list[str] = []
        self._seconds = seconds

    def __call__(self, texts: Sequence[str], prior: str, /) -> tuple[Sequence[tuple[str, bool]], str]:
        self.asked += texts
        return languages_of(texts, prior)

    def clock(self) -> float:
        return len(self.asked) * self._seconds


def pass_of(archive: Archive, documents: Documents, told: Told) -> OlderImports:
    languages = archive.imported_languages
    return OlderImports(lambda: languages, archive.keeping.short_name, documents, told, clock=told.clock)


def found(archive: Archive, query: str) -> list[str]:
    return sorted("".join(span.text for span in hit.text) for hit in archive.search(SearchParams(query=query)).hits)


def test_search_by_language_finds_what_was_imported_without_one(
    archive: Archive, documents: Documents, take: Take, window: Any
) -> None:
    said = (f"buyer,{SPANISH},", "buyer,ok,", "seller,Ya va en camino,pt", "system,Pedido enviado,")
    rows = [f"2026-09-01 10:0{minute},Ana,{each}\n" for minute, each in enumerate(said)]
    take("a.csv", HEAD + "".join(rows))
    archive.see(window({"text": f"{SPANISH} ya", "key": "k"}))
    assert found(archive, "lang:es") == []
    told = Told()
    job = pass_of(archive, documents, told)
    job.turn()
    assert job.done
    assert found(archive, "lang:es") == ["ok", SPANISH]
    assert found(archive, "lang:pt") == ["Ya va en camino"], "what the file said stays"
    assert told.asked == [SPANISH, "ok"], "nor is asked for what a page showed"
    transcript = archive.transcript(1)
    assert (transcript.language, transcript.language_source) == ("es", "detected")


def test_it_works_in_turns_and_goes_on_where_it_ended(
    archive: Archive, documents: Documents, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(older, "PIECE", 2)
    for name in ("Ana", "Ben"):
        rows = [f"2026-09-01 10:{at:02},{name},buyer,{SPANISH} {name} {at},\n" for at in range(5)]
        take(f"{name}.csv", HEAD + "".join(rows))
    told = Told(seconds=older.TURN_S)
    job = pass_of(archive, documents, told)
    job.turn()
    assert (len(told.asked), job.done) == (2, False)
    assert [bool(line.language) for line in lines_of(archive)] == [True, True, False, False, False]
    job.turn()
    # the companion ended here
    again = pass_of(archive, documents, told)
    for _ in range(20):
        again.turn()
    assert again.done
    assert len(told.asked) == len(set(told.asked)) == 10, "each was asked about once"
    assert all(line.language == "es" for thread in (1, 2) for line in lines_of(archive, thread))
    archive.set_language(thread_ref("x"), "de", "seller")
    with archive._database.write() as connection:
        connection.exec_driver_sql("UPDATE messages SET language = '' WHERE thread_id = 1")
    last = pass_of(archive, documents, told)
    last.turn()
    assert (last.done, len(told.asked)) == (True, 10), "imports that are done are not read again"
    with archive._database.write() as connection:
        connection.exec_driver_sql("UPDATE messages SET language = 'es' WHERE thread_id = 1")


def test_what_the_seller_said_of_a_conversation_stays(archive: Archive, documents: Documents, take: Take) -> None:
    take("a.csv", f"{HEAD}2026-09-01 10:00,Ana,buyer,{SPANISH},\n")
    ref = thread_ref(archive.transcript(1).thread, marketplace="amazon", shop="A1", region="")
    assert archive.set_language(ref, "ca", "seller").id == 1
    pass_of(archive, documents, Told()).turn()
    assert (archive.transcript(1).language, archive.transcript(1).language_source) == ("ca", "seller")
