"""Saved files as they come: broken, hostile, huge, in any encoding."""

from __future__ import annotations

import time

import pytest

from companion.pages import document
from companion.pages.document import PageUnreadable, Saved
from companion.pages.encoding import decode
from companion.pages.select import matches
from companion.pages.text import tidy, words

from .stand import TIKTOK, read, texts, tiktok, tiktok_row


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("\ufeffé你".encode(), "é你", "utf-8"),
        ("é你".encode("utf-16"), "é你", "utf-16-le"),
        (b"\xfe\xff" + "é你".encode("utf-16-be"), "é你", "utf-16-be"),
        ('<meta charset="gb2312">镕'.encode("gb18030"), '<meta charset="gb2312">镕', "gb18030"),
        (b'<meta charset="iso-8859-1">\x80', '<meta charset="iso-8859-1">€', "cp1252"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">①'.encode("cp932"),
            '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">①',
            "cp932",
        ),
        ('<meta charset="windows-874">มีครับ…'.encode("cp874"), '<meta charset="windows-874">มีครับ…', "cp874"),
        ('<meta charset="TIS-620">มีครับ…'.encode("cp874"), '<meta charset="TIS-620">มีครับ…', "cp874"),
        ('<meta charset="x-sjis">①'.encode("cp932"), '<meta charset="x-sjis">①', "cp932"),
        ("é你".encode(), "é你", "utf-8"),
        (b"caf\xe9", "café", "cp1252"),
        (b'<meta charset="utf-16">x', '<meta charset="utf-16">x', "utf-8"),
        (b'<meta charset="rot13">x\xc3\xa9', '<meta charset="rot13">xé', "utf-8"),
        (b'<meta charset="no-such">x', '<meta charset="no-such">x', "utf-8"),
        (b'<meta charset="utf-8">\xff\x00', '<meta charset="utf-8">\ufffd\ufffd', "utf-8"),
        (b"", "", "utf-8"),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


def test_a_page_in_gbk_is_read() -> None:
    page = tiktok(tiktok_row("请问有货吗？")).replace("utf-8", "gbk").encode("gbk")
    assert texts(read(page, TIKTOK)) == [("buyer", "请问有货吗？")]


@pytest.mark.parametrize("data", [b"", b"   ", b"<!-- x -->", b"<html></html>", b"\xef\xbb\xbf"])
def test_nothing_is_no_page(data: bytes) -> None:
    with pytest.raises(PageUnreadable, match="empty"):
        Saved(data)


@pytest.mark.parametrize("data", [b"\x00", b"\x89PNG\r\n\x1a\n\x00", b"1 < 2, and no mark-up", b"{}"])
def test_a_file_of_another_kind_is_no_page(data: bytes) -> None:
    with pytest.raises(PageUnreadable, match="no_html"):
        Saved(data)


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_BYTES", 1_000)
    with pytest.raises(PageUnreadable, match="too_large"):
        Saved(b"<p>" + b"x" * 1_000)
    with pytest.raises(PageUnreadable, match="too_large"):  # a bomb of frames
        Saved(("<p>a</p>" + f'<iframe srcdoc="{"y" * 300}"></iframe>' * 2).encode())


def test_deep_nesting_is_read_or_refused_but_never_cut_silently() -> None:
    deep = tiktok("<div>" * 1_500 + tiktok_row("deep down") + "</div>" * 1_500)
    assert texts(read(deep, TIKTOK)) == [("buyer", "deep down")]
    with pytest.raises(PageUnreadable, match="too_deep"):
        Saved(tiktok("<div>" * 100_000 + tiktok_row("lost")).encode())


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_ELEMENTS", 500)
    with pytest.raises(PageUnreadable, match="too_many"):
        Saved(b"<p><b></b></p>" * 400)
    monkeypatch.setattr(document, "MOST_CHILDREN", 50)
    with pytest.raises(PageUnreadable, match="too_many"):
        Saved(b"<div>" + b"<i></i>" * 60 + b"</div>")


def test_a_large_page_takes_seconds_at_most() -> None:
    page = tiktok(*(tiktok_row(f"line {n} <b>{'x' * 300}</b>") for n in range(1_900)))
    began = time.perf_counter()
    found = read(page, TIKTOK)
    assert time.perf_counter() - began < 20
    assert found is not None
    assert len(found["messages"]) == 1_900
    assert found["health"]["ok"]


def test_more_rows_than_are_read_is_said() -> None:
    found = read(tiktok(*(tiktok_row(str(n)) for n in range(2_100))), TIKTOK)
    assert found is not None
    assert found["health"]["missing"] == ["messages.row"]


def test_entities_and_external_things_are_not_followed() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + tiktok(tiktok_row("&b;&x;"))
    )
    assert texts(read(page, TIKTOK)) == [("buyer", "&b;&x;")]


def test_scripts_and_our_own_nodes_are_not_words() -> None:
    row = tiktok_row(
        "Hi<script>alert(1)</script><style>p{}</style><template><b>t</b></template><noscript><i>n</i></noscript>"
        '<span data-seabridge="bubble">译文</span><svg><title>icon</title></svg>'
    )
    assert texts(read(tiktok(row), TIKTOK)) == [("buyer", "Hi")]


def test_what_stands_in_a_template_or_noscript_is_not_found() -> None:
    fake = tiktok_row("fake")
    page = tiktok(tiktok_row("real"), f"<template>{fake}</template><noscript>{fake}</noscript><!-- {fake} -->")
    assert texts(read(page, TIKTOK)) == [("buyer", "real")]


def test_shadow_roots_are_trees_of_their_own() -> None:
    saved = Saved(
        b'<x-a id="a"><template shadowrootmode="open"><p class="in">one<slot></slot></p><x-b><template shadowrootmode='
        b'"closed"><p class="in">two</p></template></x-b></template><p>light</p></x-a><div><template shadowroot="open">'
        b"<em>old</em></template></div>"
    )

    def found(css: str) -> list[str]:
        return [tidy(words(one, saved.look)) for one in matches(saved.top, css, saved)]

    assert found("p") == ["light"]
    assert found("x-a >>> p") == ["one"]
    assert found("x-a >>> x-b >>> p.in") == ["two"]
    assert found("div >>> em") == ["old"]
    assert found("x-a >>> :root") == []
    assert found("x-a >>> :not(.in) > p") == [], "a child of a shadow root has no parent element"
    assert found("x-a p") == ["light"]
    assert found("x-a >>> p:first-child") == ["one"]


def test_frames_saved_in_the_page_are_documents_of_their_own() -> None:
    nested = "&lt;iframe srcdoc='&amp;lt;p&amp;gt;deep&amp;lt;/p&amp;gt;'>&lt;/iframe>&lt;p>inner&lt;/p>"
    saved = Saved(f'<p>outer</p><iframe id="f" srcdoc="{nested}"><p>fallback</p></iframe>'.encode())

    def found(css: str) -> list[str]:
        return [tidy(words(one, saved.look)) for one in matches(saved.top, css, saved)]

    assert found("p") == ["outer"]
    assert found("#f >>> p") == ["inner"]
    assert found("#f >>> iframe >>> p") == ["deep"]


def test_a_frame_that_contains_itself_ends() -> None:
    import html

    page = "<p>x</p>"
    for _ in range(9):
        page = f'<p>x</p><iframe srcdoc="{html.escape(page)}"></iframe>'
    assert len(Saved(page.encode()).documents) == 5


def test_duplicate_attributes_control_characters_and_garbage_do_not_stop_it() -> None:
    junk = b"<div class=a class=b \x01\x02 =x \"'><p\x0cdata-x>\xf0\x28\x8c\x28</p></i></table><td><!doctype x>"
    page = tiktok(tiktok_row("ok")).encode().replace(b"<body>", b"<body>" + junk)
    assert texts(read(page, TIKTOK)) == [("buyer", "ok")]
