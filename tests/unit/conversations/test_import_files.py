"""Files of every make, and files that are wrong: said with line and column, and nothing of them is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from companion.conversations import Archive
from companion.protocol.errors import SeabridgeError
from companion.protocol.methods.archive import ThreadListParams

from .conftest import TABLE, Take, lines_of


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "退款"),
        ("utf-8-sig", "退款"),
        ("gb18030", "我想要退款，谢谢"),
        ("utf-16", "退款"),
        ("utf-16-le", "退款"),
        ("cp1252", "mañana está"),
    ],
)
def test_encodings(archive: Archive, take: Take, encoding: str, text: str) -> None:
    take("a.csv", f"time,buyer,direction,text\n2026-09-01,Ana,buyer,{text}\n".encode(encoding))
    assert lines_of(archive)[0].text == text


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("发送时间;买家昵称;发送者;消息内容", "2026/9/1 10:00;Ana;客户;hola"),
        ("Created At\tCustomer Name\tSender\tBody", "Sep 1, 2026 10:00 AM\tAna\tANA\thola"),
        ("timestamp|username|Role|content", "1788228000|Ana|Customer|hola"),
        ("date,buyer,from,message", '"13/08/2026",Ana,Ana,x\n01/09/2026 10:00,Ana,Ana,hola'),
        ("时间,买家,方向,内容", "2026/9/1 下午10:00,Ana,买家,x\n2026年9月1日 上午10:00,Ana,买家,hola"),
        ("sep=;\ntime;buyer;direction;text", "2026-09-01 10:00;Ana;buyer;hola"),
    ],
)
def test_headers_and_times_of_many_programs(archive: Archive, take: Take, header: str, row: str) -> None:
    take("a.csv", f"{header}\n{row}\n")
    last = next(line for line in lines_of(archive) if line.text == "hola")
    assert (last.direction, last.sent_at) == ("buyer", 1788228000.0)


def test_columns_and_sides_the_seller_names(archive: Archive, take: Take) -> None:
    table = "when,who,said,client,junk\n2026-09-01 10:00,Mei,Ya llega,Ana,time\n2026-09-01 10:01,Ana,gracias,Ana,x\n"
    with pytest.raises(SeabridgeError) as missing:
        take("a.csv", table)
    assert missing.value.data["missing"] == "time, text, direction"
    columns = {"When": "time", "who": "direction", "said": "text", "junk": ""}
    with pytest.raises(SeabridgeError) as unclear:
        take("a.csv", table, columns=columns)
    assert (unclear.value.code, unclear.value.data["line"], unclear.value.data["value"]) == ("messages_side", 2, "Mei")
    assert take("a.csv", table, columns=columns, sellers=["mei"]).new == 2
    assert [line.direction for line in lines_of(archive)] == ["seller", "buyer"]


@pytest.mark.parametrize(
    ("name", "content", "code", "where"),
    [
        ("a.csv", "time,buyer,direction,text\n2026-09-01,A,buyer,\n03/09/26,A,buyer,b\n", "messages_cell", (3, "time")),
        ("a.csv", "time,buyer,direction,text\nyesterday 10:00,Ana,buyer,a\n", "messages_cell", (2, "time")),
        ("a.csv", "time,buyer,direction,text\n2999-01-01,Ana,buyer,a\n", "messages_cell", (2, "time")),
        ("a.csv", f"time,buyer,direction,text\n2026-09-01,Ana,buyer,{'x' * 20_001}\n", "messages_cell", (2, "text")),
        ("a.csv", "time,buyer,direction,text\n2026-09-01,,buyer,a\n", "messages_cell", (2, "buyer")),
        ("a.csv", "time,buyer,direction,text,order\n2026-09-01,A,buyer,a,5.7E+17\n", "messages_rounded", (2, "order")),
        ("a.csv", 'time,direction,text,chat id\n2026-09-01,buyer,a,"5,7E+17"\n', "messages_rounded", (2, "chat id")),
        ("a.csv", 'time,buyer,direction,text\n2026-09-01,Ana,buyer,"a\n', "messages_line", (2, None)),
        ("a.csv", f"time,buyer,direction,text\n2026-09-01,Ana,buyer,a\n{'x,' * 300}\n", "messages_line", (3, None)),
        ("a.csv", b"time,buyer,direction,text\n2026-09-01,Ana,buyer,\xff\x81\x00\n", "messages_encoding", (2, None)),
        ("a.csv", "a,b\n", "messages_columns", None),
        ("a.csv", "", "messages_columns", None),
        ("a.xlsx", b"no zip", "messages_format", None),
        ("a.xlsx", b"", "messages_format", None),
        ("a.xls", b"\xd0\xcf\x11\xe0", "messages_format", None),
        ("a.eml", b"", "messages_format", None),
        ("a.eml", b"From: a@example.com\nTo: b@example.com\n\nhello", "messages_sellers", None),
        ("a.html", b"<html><body>a shop</body></html>", "messages_page", None),
        ("a.html", b"\x00\x01", "messages_page", None),
        ("a.jsonl", '{"time":"2026-09-01","text":["x"]}\n', "messages_line", (1, None)),
        ("a.jsonl", '{"format":"seabridge-conversations","version":9}\n', "messages_newer", None),
        ("a.jsonl", '{"format":"seabridge-conversations","version":1,"masked":true}\n', "messages_masked", None),
        ("a.jsonl", '{"format":"seabridge-conversations","version":1}\n{"record":"x"}\n', "messages_line", (2, None)),
        ("a.jsonl", '{"format":"seabridge-conversations","version":1}\n' + "[" * 100_000, "messages_line", (2, None)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_kept(
    archive: Archive, take: Take, name: str, content: Any, code: str, where: Any
) -> None:
    with pytest.raises(SeabridgeError) as refused:
        take(name, content)
    assert refused.value.code == code
    if where:
        assert (refused.value.data["line"], refused.value.data.get("column")) == where
    assert archive.counts() == (0, 0)


def test_without_a_marketplace_the_way_to_name_it_is_said(take: Take) -> None:
    with pytest.raises(SeabridgeError, match="messages_shop"):
        take("a.csv", TABLE, marketplace="")


@pytest.mark.parametrize(("asked", "column"), [("tiktok_shop", ""), ("", "TikTok Shop"), ("amazon", "tiktok shop")])
def test_a_marketplace_has_one_name_however_it_is_written(
    archive: Archive, take: Take, asked: str, column: str
) -> None:
    take("a.csv", f"time,buyer,direction,text,platform\n2026-09-01,Ana,buyer,a,{column}\n", marketplace=asked)
    assert archive.threads(ThreadListParams()).threads[0].marketplace == "tiktok-shop"


def workbook(rows: list[list[Any]], since: datetime = WINDOWS_EPOCH) -> bytes:
    book = Workbook()
    book.epoch = since
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_real_dates_numbers_and_empty_rows(archive: Archive, take: Take) -> None:
    rows = [[], ["时间", "买家", "方向", "内容", "订单号"], [datetime(2026, 9, 1, 10, 0), "Ana", "买家", "hola", 1131]]
    assert take("a.xlsx", workbook(rows)).new == 1
    assert (lines_of(archive)[0].order, lines_of(archive)[0].sent_at) == ("1131", 1788228000.0)


@pytest.mark.parametrize("rounded", [5.7646141303878502e17, 1234567890123450])
def test_an_order_number_that_excel_rounded_is_no_order_number(archive: Archive, take: Take, rounded: float) -> None:
    rows = [["time", "buyer", "direction", "text", "order"], ["2026-09-01", "Ana", "buyer", "hola", rounded]]
    with pytest.raises(SeabridgeError) as refused:
        take("a.xlsx", workbook(rows))
    assert (refused.value.code, refused.value.data["line"]) == ("messages_rounded", 2)
    assert archive.counts() == (0, 0)
    rows[1][4] = "576461413038785752"
    take("a.xlsx", workbook(rows))
    assert lines_of(archive)[0].order == "576461413038785752"


@pytest.mark.parametrize(("since", "days"), [(WINDOWS_EPOCH, 46_266), (MAC_EPOCH, 44_804)])
def test_a_workbooks_bare_numbers_are_its_days(archive: Archive, take: Take, since: datetime, days: int) -> None:
    rows = [["time", "buyer", "direction", "text"]]
    rows += [[days + 10.5 / 24, "Ana", "buyer", "hola"], [days, "Ana", "buyer", "adios"]]  # type: ignore[list-item]
    assert take("a.xlsx", workbook(rows, since)).new == 2
    first, second = lines_of(archive)
    assert (first.text, first.sent_at, first.sent_span) == ("adios", 1788192000.0, 86_400), "a day in Shanghai"
    assert (second.text, second.sent_at, second.sent_span) == ("hola", 1788192000.0 + 10.5 * 3600, 60)


def test_sheets_that_are_not_read_are_named(archive: Archive, take: Take) -> None:
    book = Workbook()
    for name, rows in (("March", 1), ("April", 1), ("Heading only", 0), ("Hidden", 1)):
        sheet = book.create_sheet(name)
        sheet.append(["time", "buyer", "direction", "text"])
        for _ in range(rows):
            sheet.append(["2026-09-01 10:00", "Ana", "buyer", name])
    book["Hidden"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    report = take("a.xlsx", out.getvalue())
    assert report.sheets == ["April"]
    assert [line.text for line in lines_of(archive)] == ["March"]


def test_a_fault_below_a_named_separator_keeps_its_line(take: Take) -> None:
    with pytest.raises(SeabridgeError) as refused:
        take("a.csv", "sep=;\ntime;buyer;direction;text\nnever;Ana;buyer;a\n")
    assert refused.value.data["line"] == 3


def test_a_bare_number_among_dates_is_no_date(archive: Archive, take: Take) -> None:
    rows = [["time", "buyer", "direction", "text"], [datetime(2026, 9, 1, 10, 0), "Ana", "buyer", "hola"]]
    for name, content in (
        ("a.xlsx", workbook([*rows, [46_266, "Ana", "buyer", "x"]])),
        ("a.csv", "time,buyer,direction,text\n2026-09-01,Ana,buyer,hola\n46266.5,Ana,buyer,x\n"),
    ):
        with pytest.raises(SeabridgeError) as refused:
            take(name, content)
        assert (refused.value.code, refused.value.data["line"]) == ("messages_days", 3)
    assert archive.counts() == (0, 0)


def test_a_single_nul_in_a_table_is_dropped(archive: Archive, take: Take) -> None:
    assert take("a.csv", "time,buyer,direction,text\n2026-09-01,Ana,buyer,ho\x00la\n").new == 1
    assert lines_of(archive)[0].text == "hola"
    with pytest.raises(SeabridgeError, match="messages_encoding"):
        take("b.csv", f"time,buyer,direction,text\n2026-09-01,Ana,buyer,{'x' * 900}\x00\x00\x00\n")


def bomb(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """A workbook, changed."""
    out = io.BytesIO(workbook([["time", "text", "direction"], ["2026-09-01", "x", "buyer"]]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as bundle:
        change(bundle)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda bundle: bundle.writestr("xl/media/zeros.bin", b"\0" * (11 << 20)),
        lambda bundle: bundle.writestr("../evil.xml", b"<x/>"),
        lambda bundle: bundle.writestr("xl/evil.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        lambda bundle: [bundle.writestr(f"xl/{n}.xml", b"<x/>") for n in range(2_001)],
    ],
    ids=["bomb", "path", "entity", "parts"],
)
def test_a_hostile_workbook_is_not_opened(
    archive: Archive, take: Take, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.conversations.imports.workbook._MOST_UNPACKED", 10 << 20)
    with pytest.raises(SeabridgeError, match="messages_unsafe"):
        take("a.xlsx", bomb(change))
    assert archive.counts() == (0, 0)


@pytest.mark.parametrize("cut", [10, 200, 2_000, -10, -60])
def test_a_damaged_workbook_is_said_to_be_none(take: Take, cut: int) -> None:
    whole = workbook([["time", "text", "direction", "buyer"], ["2026-09-01", "x", "buyer", "Ana"]])
    for damaged in (whole[:cut], whole[:cut] + b"\0" * 24 + whole[cut:]):
        with pytest.raises(SeabridgeError, match="messages_format"):
            take("a.xlsx", damaged)


def test_a_sheet_of_a_million_empty_rows_is_bounded(take: Take) -> None:
    book = Workbook()
    book.active["A1"] = "time"
    book.active.cell(1_048_576, 1, "x")
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SeabridgeError, match="messages_line"):
        take("a.xlsx", out.getvalue())


RELAY = "x1y2+abc@marketplace.amazon.de"
MAIL = f"""From: Anna <{RELAY}>
To: shop@example.com
Subject: Frage zu Bestellung 302-1234567-7654321
Date: Tue, 01 Sep 2026 10:00:00 +0200
Message-ID: <m1@amazon>
Content-Type: text/html; charset=utf-8

<html><head><style>p {{}}</style></head><body><p>Wo ist mein Paket?</p><p style="display:none">hidden</p></body></html>
"""
ANSWER = f"""From: shop@example.com
To: {RELAY}
Subject: Re: Frage
Date: Tue, 01 Sep 2026 10:30:00 +0200
Message-ID: <m2@shop>

Es kommt morgen.
>From Hamburg.
"""
NESTED = b"Content-Type: multipart/mixed; boundary=x\n"
NEWS = "From: news@example.com\nTo: shop@example.com\nDate: Tue, 01 Sep 2026 10:30:00 +0200\n\nBuy now\n"


def test_mails_behind_a_relay_are_a_conversation(archive: Archive, take: Take) -> None:
    box = "".join(f"From x@y Tue Sep  1 10:00:00 2026\n{mail}\n" for mail in (ANSWER, NEWS, MAIL))
    report = take("a.mbox", box, marketplace="")
    assert (report.kind, report.new, report.left_out) == ("mail", 2, 1)
    first, second = lines_of(archive)
    assert (first.direction, first.text, first.order) == ("buyer", "Wo ist mein Paket?", "302-1234567-7654321")
    assert (second.direction, second.text) == ("seller", "Es kommt morgen.\nFrom Hamburg.")
    assert first.sent_at == 1788249600.0
    assert archive.threads(ThreadListParams()).threads[0].buyer == "Anna"
    assert take("b.eml", MAIL, marketplace="").known == 1, "the same mail as a file of its own"


def test_one_file_of_a_conversation_tells_the_shop_and_another_does_not(archive: Archive, take: Take) -> None:
    assert take("a.eml", MAIL, marketplace="", shop="").new == 1
    again = take("b.eml", MAIL, marketplace="amazon", shop="A1")
    assert (again.known, again.new_threads) == (1, 0)
    take("c.eml", ANSWER, marketplace="amazon", shop="A1")
    assert len(lines_of(archive)) == 2
    assert len(archive.thread_ids()) == 1


def test_conversations_of_two_shops_stay_two(archive: Archive, take: Take) -> None:
    row = "time,thread,buyer,direction,text\n2026-09-01 10:00,t7,Ana,buyer,hola\n"
    assert [take("a.csv", row, shop=shop).new for shop in ("A1", "A2", "")] == [1, 1, 1], "which of both is not known"
    assert len(archive.thread_ids()) == 3


def test_other_mails_need_the_sellers_address(archive: Archive, take: Take) -> None:
    mail = "From: ana@example.org\nTo: shop@example.com\nDate: Tue, 01 Sep 2026 10:30:00 +0200\n\nhola\n"
    assert take("a.eml", mail, marketplace="shopify", sellers=["Shop@example.com"]).new == 1
    assert lines_of(archive)[0].direction == "buyer"


NESTED = b"Content-Type: multipart/mixed; boundary=x\n\n"


@pytest.mark.parametrize(
    "mail",
    [
        b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3_000,
        b"From: " + b"(" * 20_000 + b"\n\nx",
        b"Subject: =?utf-8?b?" + b"A" * 50_000 + b"\nDate: never\nFrom: a@members.ebay.com\n\n\xff",
    ],
)
def test_a_mail_no_program_wrote_is_left_out(archive: Archive, take: Take, mail: bytes) -> None:
    with pytest.raises(SeabridgeError, match="messages_sellers"):
        take("a.eml", mail)
    assert archive.counts() == (0, 0)


def test_the_line_before_a_mail_tells_its_day_where_the_mail_does_not(archive: Archive, take: Take) -> None:
    undated = MAIL.replace("Date: ", "X-Date: ")
    unreadable = ANSWER.replace("Date: Tue, 01 Sep 2026 10:30:00 +0200", "Date: yesterday at noon")
    box = f"From x@y Wed Sep  2 10:00:00 2026\n{undated}\nFrom x@y Thu Sep 03 10:00:00 +0200 2026\n{unreadable}\n"
    assert take("a.mbox", box, marketplace="").new == 2
    first, second = lines_of(archive)
    assert (first.sent_at, first.sent_span, first.label) == (1788343200.0, 86_400, "Wed Sep  2 10:00:00 2026")
    assert (second.sent_at, second.sent_span) == (1788422400.0, 1)


def test_mails_that_are_left_out_are_told_apart(take: Take) -> None:
    other = MAIL.replace("<m1", "<m9").replace("Date: ", "X-Date: ")
    silent = "".join(f"{line}\n" for line in MAIL.splitlines() if line[:5] in ("From:", "To: s", "Date:"))
    large = f"{NEWS}{'Content-Type: multipart/mixed; boundary=x' + chr(10)}" * 60
    mails = (MAIL, NEWS, other, silent, large)
    told = take("a.mbox", "".join(f"From x@y somewhen\n{mail}\n\n" for mail in mails), marketplace="")
    assert (told.new, told.left_out) == (1, 4)
    assert told.left_out_mails == {"others": 1, "undated": 1, "empty": 1, "large": 1}


def test_a_buyers_name_loses_what_the_relay_puts_behind_it(archive: Archive, take: Take) -> None:
    take("a.eml", MAIL.replace("Anna", "Anna - Amazon Marketplace"), marketplace="")
    assert archive.threads(ThreadListParams()).threads[0].buyer == "Anna"
