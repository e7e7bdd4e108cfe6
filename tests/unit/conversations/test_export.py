"""Conversations as files: complete, checkable, and harmless to whoever opens them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import weakref
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook

from companion.conversations import Archive
from companion.conversations.cells import guarded, unguarded
from companion.conversations.exports import chain, csv_file, html_page, jsonl, xlsx_file
from companion.conversations.identity import digest
from companion.conversations.transcript import Transcript, masked
from companion.protocol.errors import SeabridgeError
from companion.protocol.methods.archive import SearchParams

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
EVIL = '=HYPERLINK("http://x.example","<script>alert(1)</script>")'


@pytest.fixture
def seen(archive: Archive, window: Any) -> list[int]:
    """Ids of: a dated question with a picture, an answer, a formula, an undated line."""
    rows = (
        {"text": "¿Dónde está?", "time": "14:23", "order": "113-1", "images": ["https://cdn.example/p.png"]},
        {"text": "Mañana llega", "time": "14:25", "direction": "seller"},
        {"text": EVIL, "time": "14:30"},
        "one more thing\x07",
    )
    found = archive.see(window(*rows, dated=True))
    archive.pictures.keep(found.images[0].message, found.images[0].url, PNG)
    archive.translations.add(found.rows[0].id, "zh", "在哪里？", "argos", "machine", ["number"], "es", True)
    return [row.id for row in found.rows]


def setting(**more: Any) -> html_page.Setting:
    return html_page.Setting(
        **{"locale": "en", "zone": SHANGHAI, "zone_name": "Asia/Shanghai", "made_at": 1788420600.0, **more}
    )


def table_file(write: Any, *found: Transcript) -> bytes:
    out = io.BytesIO()
    write(found, SHANGHAI, out)
    return out.getvalue()


def page_of(transcript: Transcript, **more: Any) -> str:
    return html_page.write([transcript], setting(**more), lambda sha256: PNG)


@pytest.mark.usefixtures("seen")
def test_a_number_that_an_import_made_up_is_not_shown_as_the_marketplace_s(archive: Archive) -> None:
    transcript = archive.transcript(1)
    assert "Conversation id" in page_of(transcript)
    made_up = page_of(replace(transcript, thread="import:Ana"))
    assert ("Conversation id" in made_up, "import:Ana" in made_up) == (False, False)


@pytest.mark.usefixtures("seen")
def test_the_page_shows_both_languages_times_with_their_offset_and_every_digest(archive: Archive) -> None:
    transcript = archive.transcript(1)
    page = html.fromstring(page_of(transcript))
    words = page.text_content()
    for expected in ("¿Dónde está?", "在哪里？", "2026-09-03 14:23 +08:00", "113-1", "doubtful", "no translation"):
        assert expected in words
    assert all(line.digest.hex() in words for line in transcript.lines)
    assert transcript.chain in words
    assert page.xpath("//img/@src")[0].startswith("data:image/png;base64,")
    assert "2026-09-03 02:23 -04:00" in page_of(transcript, zone=timezone(timedelta(hours=-4)))


@pytest.mark.usefixtures("seen")
def test_nothing_in_the_page_can_run_or_reach_out(archive: Archive) -> None:
    page = html.fromstring(page_of(archive.transcript(1), query="<img src=x onerror=alert(1)>"))
    assert not page.xpath("//script | //iframe | //link | //object | //form | //@onerror | //@href")
    assert all(src.startswith("data:") for src in page.xpath("//@src"))
    assert "default-src 'none'" in page.xpath("//meta/@content")[0]
    assert EVIL in page.text_content()


def test_a_text_cannot_turn_around_what_stands_behind_it(archive: Archive, window: Any) -> None:
    archive.see(window("total \u202e001\u202c", "\u2067\u0634\u2069", thread="turned"))
    told = replace(archive.transcript(1), buyer="\u202eanA")
    page = page_of(told)
    assert not set(page) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "total 001" in page
    assert "\u202e" in table_file(csv_file.write, told).decode("utf-8-sig"), "a table keeps what was written"


def test_a_search_is_exported_with_what_was_found_and_says_so(archive: Archive, seen: list[int]) -> None:
    hits = archive.search(SearchParams(query="llega")).hits
    transcript = archive.transcript(1, frozenset(hit.message_id for hit in hits))
    assert [line.text for line in transcript.lines] == ["Mañana llega"]
    assert "1 shown, 4 in the conversation" in page_of(transcript, query="llega")
    assert transcript.chain == archive.transcript(1).chain, "the chain is that of the whole conversation"
    assert len(seen) == 4


@pytest.mark.usefixtures("seen")
def test_the_csv_holds_every_message_and_no_formula(archive: Archive) -> None:
    data = table_file(csv_file.write, archive.transcript(1))
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8"
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["direction"] for row in rows] == ["buyer", "seller", "buyer", "buyer"]
    assert rows[0]["time"] == "2026-09-03T14:23:00+08:00"
    assert rows[0]["translation"] == "在哪里？"
    assert rows[2]["text"] == "'" + EVIL
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]


@pytest.mark.usefixtures("seen")
def test_the_workbook_holds_texts_only(archive: Archive) -> None:
    book = load_workbook(io.BytesIO(table_file(xlsx_file.write, archive.transcript(1))))
    rows = list(book.active.iter_rows(min_row=2))
    text = [cell.value for cell in book.active[1]].index("text")
    assert rows[2][text].value == EVIL
    assert rows[2][text].data_type == "s", "not a formula"
    assert rows[2][text].quotePrefix, "nor when somebody edits the cell"
    assert rows[3][text].value == "one more thing\ufffd", "what XML cannot hold"


@pytest.mark.parametrize(
    "value", ["=1+1", "-5", "+49 151", "@ana", "\t=1", "＝1", "'=1", "''-", "'x", "", "plain", "'"]
)
def test_a_guarded_cell_is_no_formula_and_comes_back(value: str) -> None:
    assert guarded(value)[:1] not in tuple("=+-@\t＝")
    assert unguarded(guarded(value)) == value


@pytest.mark.usefixtures("seen")
def test_json_lines_let_anybody_recompute_digests_and_chain(archive: Archive) -> None:
    lines = [
        json.loads(line) for line in jsonl.write([archive.transcript(1)], lambda _: PNG, made_at=1.0, masked=False)
    ]
    head, thread, *records = lines
    assert head["format"] == "seabridge-conversations"
    messages = [record for record in records if record["record"] == "message"]
    for one in messages:
        facts = ("seabridge-message-1", "shopee", "sg", "shop1", "t1", one["direction"], one["text"], one["time"])
        assert digest(bytes.fromhex(one["salt"]), *facts, repr(one["observed_at"])).hex() == one["digest"]
    digests = [bytes.fromhex(one["digest"]) for one in sorted(messages, key=lambda one: one["arrival"])]
    assert chain.head(digests) == thread["chain"]
    assert chain.head(digests[::-1]) != thread["chain"]
    assert chain.head(digests[:-1]) != thread["chain"]
    pictures = [record for record in records if record["record"] == "picture"]
    assert [one["sha256"] for one in pictures] == [hashlib.sha256(PNG).hexdigest()]


def test_a_masked_export_holds_no_name_salt_or_picture(archive: Archive, window: Any) -> None:
    found = archive.see(
        window({"text": "I am Ana, order 113-1", "order": "113-1", "images": ["https://c.example/ana"]})
    )
    archive.pictures.keep(found.rows[0].id, "https://c.example/ana", PNG)

    def mask(text: str, names: tuple[str, ...], keep: tuple[str, ...]) -> str:
        assert keep == ("113-1",)
        return re.sub("|".join(names), "█", text, flags=re.IGNORECASE)

    hidden = masked(archive.transcript(1), mask)
    files = [
        html_page.write([hidden], setting(), lambda _: PNG),
        table_file(csv_file.write, hidden).decode(),
        b"".join(jsonl.write([hidden], lambda _: PNG, made_at=1.0, masked=True)).decode(),
    ]
    for content in files:
        assert "113-1" in content
        assert not re.search(r"\bana\b", content, re.IGNORECASE)
        assert "data:image" not in content
    assert json.loads(files[2].splitlines()[2])["salt"] == ""


@pytest.mark.usefixtures("seen")
def test_the_sellers_marks_stand_in_tables_and_in_a_page_only_when_asked(archive: Archive, now: float) -> None:
    marked = replace(archive.transcript(1), star=True, tags=("<VIP>", "催单"), note="=mean\nand rude", noted_at=now)
    rows = list(csv.DictReader(io.StringIO(table_file(csv_file.write, marked).decode("utf-8-sig"), newline="")))
    assert {(row["star"], row["tags"], row["note"]) for row in rows} == {("★", "<VIP>, 催单", "'=mean\nand rude")}
    assert rows[0]["noted"] == "2026-09-03T15:30:00+08:00"
    sheet = load_workbook(io.BytesIO(table_file(xlsx_file.write, marked))).active
    assert [sheet.cell(2, at).value for at in range(23, 26)] == ["★", "<VIP>, 催单", "=mean\nand rude"]
    told = html.fromstring(page_of(marked, marks=True)).text_content()
    assert all(part in told for part in ("★", "<VIP>, 催单", "and rude", "(2026-09-03 15:30 +08:00)"))
    assert not any(part in page_of(marked) for part in ("★", "VIP", "rude")), "who decides a dispute is told none of it"


def test_a_workbook_is_written_as_it_goes(archive: Archive, window: Any) -> None:
    archive.see(window("a", "b"))

    class Watched(Transcript):
        """One that can be referred to weakly."""

    whole = archive.transcript(1)
    one = Watched(**{field.name: getattr(whole, field.name) for field in fields(whole)})
    alive: list[weakref.ref[Transcript]] = []

    def many() -> Iterator[Transcript]:
        for number in range(50):
            each = replace(one, thread=f"t{number}")
            alive.append(weakref.ref(each))
            yield each
            del each
            assert sum(ref() is not None for ref in alive) <= 2, "what is written is let go"

    for write in (csv_file.write, xlsx_file.write):
        alive.clear()
        out = io.BytesIO()
        write(many(), SHANGHAI, out)
        assert len(alive) == 50


def test_a_conversation_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(SeabridgeError, match="not_found"):
        archive.transcript(7)
