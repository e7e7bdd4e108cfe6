"""Tables as programs of many countries save them: read as they were written, or refused with what they may be."""

from __future__ import annotations

import pytest

from companion.compliance.files.listing import Unusable
from companion.compliance.files.reading import listings_in
from companion.conversations import Archive
from companion.conversations.imports.encodings import decode
from companion.conversations.imports.letters import likely
from companion.protocol.errors import SeabridgeError

from .conftest import Take, lines_of

_ROW = "time,buyer,direction,text\n2026-09-01,{},buyer,{}\n"
_SAID = {
    "gb18030": ("李雷", "我想要退款，尺码不对，谢谢"),
    "big5": ("王小明", "請問什麼時候出貨？我想退款"),
    "shift_jis": ("田中", "商品はいつ届きますか。返品したいです"),
    "euc-kr": ("김철수", "배송이 언제 되나요? 환불해 주세요"),
    "euc-jp": ("田中", "商品はいつ届きますか。返品したいです"),
    "cp1251": ("Иван", "Здравствуйте! Когда отправите заказ? Спасибо"),
    "koi8-r": ("Иван", "Здравствуйте! Когда отправите заказ? Спасибо"),
    "cp866": ("Иван", "Здравствуйте! Когда отправите заказ? Спасибо"),
    "cp874": ("Ann", "สวัสดีค่ะ ของจะส่งเมื่อไหร่ ขอบคุณ"),
    "cp1252": ("José", "¿Dónde está mi pedido? Lo quería para mañana"),
    "mac-roman": ("José", "¿Dónde está mi pedido? Lo quería para mañana"),
    "cp850": ("José", "¿Dónde está mi pedido? Lo quería para mañana"),
    "cp1250": ("Paweł", "Dziękuję, proszę o zwrot pieniędzy, paczka była pusta"),
    "cp1253": ("Νίκος", "Πότε θα έρθει η παραγγελία μου;"),
    "cp1254": ("Ayşe", "Kargo ne zaman gelecek? Teşekkürler, ürün kırık"),
    "cp1255": ("Dan", "מתי יגיע המשלוח שלי תודה"),
    "cp1256": ("Ali", "متى يصل طلبي شكرا"),
}


def _read(data: bytes) -> str:
    """The text, or that it is in doubt."""
    try:
        return decode(data)[0]
    except SeabridgeError as exc:
        return "refused" if exc.code == "messages_encoding_doubt" and exc.data["candidates"] else exc.code


@pytest.mark.parametrize("encoding", _SAID)
def test_a_table_reads_as_it_was_written(encoding: str) -> None:
    written = _ROW.format(*_SAID[encoding])
    assert decode(written.encode(encoding)) == (written, encoding)


@pytest.mark.parametrize(
    "text", ["Très déçue, où est ma commande ?", "Não recebi ainda", "It’s broken – sorry", "zu groß für 20 €"]
)
def test_western_tables_with_few_accents(text: str) -> None:
    assert decode(_ROW.format("A", text).encode("cp1252")) == (_ROW.format("A", text), "cp1252")


@pytest.mark.parametrize("encoding", _SAID)
@pytest.mark.parametrize("length", [3, 5, 8])
def test_a_few_letters_are_read_right_or_refused(encoding: str, length: int) -> None:
    text = max((word for word in _SAID[encoding][1].split() if not word.isascii()), key=len)[:length]
    written = _ROW.format("Ana", text)
    assert _read(written.encode(encoding)) in (written, "refused")


def test_a_doubt_names_what_the_file_may_be_and_what_it_would_read_as(archive: Archive, take: Take) -> None:
    data = _ROW.format("Ana", "Muñoz").encode("cp1252")
    with pytest.raises(SeabridgeError) as refused:
        take("a.csv", data)
    assert refused.value.code == "messages_encoding_doubt"
    assert refused.value.data["candidates"].startswith("cp1252: “Muñoz”; cp1250: “Muńoz”")
    assert archive.counts() == (0, 0)
    take("a.csv", data, encoding="cp1252")
    assert [line.text for line in lines_of(archive)] == ["Muñoz"]


@pytest.mark.parametrize(
    "broken",
    [
        "2026-09-02,Ana,buyer,我想要退款".encode("gb18030"),
        b"2026-09-02,Ana,buyer,caf\xe9",
        "2026-09-02,Ana,buyer,退".encode()[:-1],
    ],
)
def test_a_utf8_file_stays_one_and_its_broken_lines_are_named(archive: Archive, take: Take, broken: bytes) -> None:
    with pytest.raises(SeabridgeError) as refused:
        take("a.csv", _ROW.format("Ana", "¿Dónde está?").encode() + b"2026-09-02,Bo,buyer,plain\n" + broken + b"\n")
    assert refused.value.code == "messages_encoding_lines"
    assert refused.value.data == {"encoding": "utf-8", "lines": "4", "count": 1}
    assert archive.counts() == (0, 0)


def test_a_cut_gbk_file_is_no_cyrillic_one() -> None:
    data = "时间,买家,内容\n2026-09-01,李雷,我要退款\n2026-09-01,李雷,谢".encode("gb18030") + b"\xb0\n"
    with pytest.raises(SeabridgeError) as refused:
        decode(data)
    assert refused.value.data == {"encoding": "gb18030", "lines": "3", "count": 1}


def test_many_broken_lines_are_counted_and_the_first_named() -> None:
    good = "".join(f"2026,Ana,buyer,está {number}\n" for number in range(9)).encode()
    with pytest.raises(SeabridgeError) as refused:
        decode(good + b"caf\xe9\n" * 8)
    assert refused.value.data == {"encoding": "utf-8", "lines": "10, 11, 12, 13, 14 …", "count": 8}


@pytest.mark.parametrize(
    ("called", "encoding", "text"),
    [
        ("Big5", "cp950", "碁"),
        ("Shift-JIS", "cp932", "①"),
        ("windows-874", "cp874", "ขอบคุณ"),
        ("EUC-KR", "cp949", "펲"),
        ("GBK", "gb18030", "😀"),
        ("windows-1251", "cp1251", "да"),
    ],
)
def test_names_that_other_programs_give_an_encoding(called: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), called) == (text, called)


def test_a_capital_inside_a_word_and_two_scripts_in_one_are_unlikely() -> None:
    assert likely("привет", ("ru",)).score > likely("прИвет", ("ru",)).score + 3
    assert likely("seсor", ("ru",)).known < likely("señor", ("es",)).known


def test_a_list_of_products_in_doubt_is_refused_too() -> None:
    with pytest.raises(Unusable) as refused:
        listings_in("a.csv", "title,description\nA,Muñoz\n".encode("cp1252"), list)
    assert refused.value.key == "check_encoding_doubt"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "ГДЕ МОЙ ЗАКАЗ? КОГДА ОТПРАВИТЕ? ВЕРНИТЕ ДЕНЬГИ"),
        ("cp1252", "CAÑÓN AÑO NUEVO"),
        ("gb18030", "繁體中文請問什麼時候發貨"),
        ("gb18030", "您好，请问什么时候发货 😀 ñ"),
    ],
)
def test_capitals_and_two_scripts_of_one_encoding(encoding: str, text: str) -> None:
    assert _read(_ROW.format("Ana", text).encode(encoding)) == _ROW.format("Ana", text)


def test_a_few_capitals_are_no_small_letters_of_another_encoding() -> None:
    assert _read(_ROW.format("Ana", "ГДЕ МОЙ ЗАКАЗ").encode("cp1251")) == "refused"
