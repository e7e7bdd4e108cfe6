"""Manuals out of files: honest ones, and those that are not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from companion.catalogue.manuals import pdf as pdf_reader
from companion.catalogue.manuals import reading
from companion.catalogue.manuals.blocks import Block, Unreadable
from companion.catalogue.manuals.cutting import FULL, LONGEST, cut
from companion.catalogue.manuals.reading import DOCX, HTML, MARKDOWN, PDF, TEXT, kind_of, read_manual
from companion.protocol.errors import ErrorCode, SeabridgeError

from .files import docx, paragraph, pdf


def read(name: str, data: bytes) -> list[tuple[str, str]]:
    return [(block.heading, block.text) for block in read_manual(name, data)[1]]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n", PDF),
        ("renamed.txt", b"\n%PDF-1.7\n", PDF),
        ("a.docx", docx(""), DOCX),
        ("a.html", b"<p>x", HTML),
        ("a", b"<!DOCTYPE HTML><p>x", HTML),
        ("a.md", b"# x", MARKDOWN),
        ("a.txt", b"x", TEXT),
        ("a.txt", "\ufeff说明".encode("utf-16"), TEXT),
        ("noname", "说明".encode("gb18030"), TEXT),
    ],
)
def test_the_bytes_tell_what_a_file_is(name: str, data: bytes, kind: str) -> None:
    assert kind_of(name, data) == kind


@pytest.mark.parametrize("name", ["a.txt", "picture.png", "old.doc", "sheet.xlsx"])
def test_other_files_are_refused(name: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        kind_of(name, b"PK\x03\x04\x00\x00" if name.endswith("xlsx") else b"\x89\x00\x01")
    assert caught.value.code is ErrorCode.MANUAL_FORMAT


def test_markdown_stands_under_its_headings_and_code_has_none() -> None:
    code = "```\n# not a heading\n\nx\n```"
    text = f"Intro\n\n# Battery ##\nLasts 8 h.\nCharge by USB.\n\n- one\n\n{code}\n## 保养\r\n擦干净。"
    assert read("a.md", text.encode()) == [
        ("", "Intro"),
        ("Battery", "Lasts 8 h.\nCharge by USB."),
        ("Battery", "- one"),
        ("Battery", code),
        ("保养", "擦干净。"),
    ]


def test_html_is_read_as_a_person_sees_it() -> None:
    page = (
        "<title>no</title><script>alert(1)</script><style>p{}</style><h1>Care</h1><p>Wipe <b>clean</b>.</p>"
        '<p style="display:none">hidden</p><ul><li>Dry</li><li>Cool</li></ul><h2>Power</h2><table><tr><td>USB'
        "<td>5 V</table>"
    )
    assert read("a.html", page.encode()) == [
        ("Care", "Wipe clean."),
        ("Care", "Dry"),
        ("Care", "Cool"),
        ("Power", "USB 5 V"),
    ]


def test_a_pdf_is_read_page_by_page() -> None:
    kind, blocks = read_manual("a.pdf", pdf("Charge for two hours", "", "Wipe it clean"))
    assert kind == PDF
    assert [(block.page, block.text.strip()) for block in blocks] == [(1, "Charge for two hours"), (3, "Wipe it clean")]


def test_a_word_file_has_headings_and_tables() -> None:
    cells = f"<w:tbl><w:tr><w:tc>{paragraph('USB')}</w:tc><w:tc>{paragraph('5 V')}</w:tc></w:tr></w:tbl>"
    deleted = "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    body = paragraph("Power", "Heading1") + paragraph("Charge &lt;2 h") + cells + deleted
    assert read("a.docx", docx(body)) == [("Power", "Charge <2 h"), ("Power", "USB"), ("Power", "5 V")]


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'


def spoilt_zip() -> bytes:
    data = bytearray(docx(paragraph("x" * 500)))
    data[60:90] = b"\xff" * 30
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\nnothing"),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.docx", docx("", name="word/other.xml")),
        ("a.docx", docx("<w:p>", head="<broken")),
        ("a.docx", spoilt_zip()),
        ("a.docx", docx(paragraph("x"), name="../document.xml")),
    ],
)
def test_a_damaged_file_says_so(name: str, data: bytes) -> None:
    with pytest.raises(SeabridgeError) as caught:
        read_manual(name, data)
    assert caught.value.code is ErrorCode.MANUAL_UNREADABLE
    assert caught.value.data["name"] == name


def test_entities_of_a_word_file_do_not_unfold() -> None:
    with pytest.raises(SeabridgeError) as caught:
        read_manual("a.docx", docx(paragraph("&c;"), head=BOMB))
    assert caught.value.code in (ErrorCode.MANUAL_EMPTY, ErrorCode.MANUAL_UNREADABLE)


def test_a_word_file_that_unfolds_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.catalogue.manuals.docx._MOST_XML", 10_000)
    with pytest.raises(SeabridgeError) as caught:
        read_manual("a.docx", docx(paragraph("x" * 20_000)))
    assert caught.value.code is ErrorCode.MANUAL_UNREADABLE


@pytest.mark.parametrize(("name", "data"), [("a.txt", b" \n\n "), ("a.md", b"# Only\n\n"), ("scan.pdf", pdf("", ""))])
def test_a_file_without_text_says_so(name: str, data: bytes) -> None:
    with pytest.raises(SeabridgeError) as caught:
        read_manual(name, data)
    assert caught.value.code is ErrorCode.MANUAL_EMPTY


def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(SeabridgeError) as caught:
        read_manual("a.txt", b"x" * 11)
    assert caught.value.code is ErrorCode.TOO_LARGE
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)
    monkeypatch.setattr(reading, "LONGEST", 100)
    with pytest.raises(SeabridgeError) as caught:
        read_manual("a.txt", b"x" * 101)
    assert caught.value.code is ErrorCode.MANUAL_UNREADABLE


def test_a_pdf_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "hangs.py").write_text("import sys, time\nsys.stdin.readline()\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(pdf_reader, "_CHILD", "hangs")
    with pytest.raises(Unreadable):
        pdf_reader.read_pdf(pdf("x"), timeout_s=0.5)


def test_without_the_reader_of_pdf_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "find_spec", lambda name: None)
    with pytest.raises(SeabridgeError) as caught:
        read_manual("a.pdf", pdf("x"))
    assert caught.value.code is ErrorCode.MANUAL_PDF


def test_small_blocks_are_joined_and_long_ones_parted_behind_sentences() -> None:
    short = cut([Block("One.", heading="A"), Block("Two.", heading="A"), Block("Three.", heading="B"), Block("x", 2)])
    assert [(one.text, one.heading, one.page) for one in short] == [
        ("One.\nTwo.", "A", 0),
        ("Three.", "B", 0),
        ("x", "", 2),
    ]
    sentences = [f"This is sentence number {n} of the manual." for n in range(60)]
    parts = cut([Block(" ".join(sentences))])
    assert " ".join(part.text for part in parts) == " ".join(sentences), "nothing is lost"
    assert all(len(part.text) <= FULL and part.text.endswith(".") for part in parts)
    unbroken = cut([Block("字" * 2_500)])
    assert "".join(part.text for part in unbroken) == "字" * 2_500
    assert all(len(part.text) <= LONGEST for part in unbroken)


def test_a_zip_that_only_calls_itself_word_is_no_manual(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as bundle:
        bundle.writestr("readme.txt", "x")
    with pytest.raises(SeabridgeError) as caught:
        read_manual("a.docx", (tmp_path / "a.docx").read_bytes())
    assert caught.value.code is ErrorCode.MANUAL_UNREADABLE
