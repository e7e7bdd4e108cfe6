"""Practice pages as files: address, no script, order."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.practice.cases import file_of, left_over
from companion.practice.described import PageRefused, read_page, read_pages, shipped

FIRST = "<!-- https://seller.example.com/inbox?tab=open#x -->\n"


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / f"{name}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_address_case_and_marketplace(tmp_path: Path) -> None:
    page = read_page(write(tmp_path, "amazon/inbox", FIRST + "<!doctype html><p>x"))
    assert (page.marketplace, page.case, page.where) == ("amazon", "inbox", "/inbox?tab=open")
    assert page.source == "<!doctype html><p>x"


@pytest.mark.parametrize("first", ["", "<!-- http://seller.example.com/ -->\n", "<!doctype html>\n" + FIRST])
def test_without_an_https_address_in_the_first_line_it_is_refused(tmp_path: Path, first: str) -> None:
    with pytest.raises(PageRefused, match=r"a/b\.html:1: the first line"):
        read_page(write(tmp_path, "a/b", first + "<p>x"))


@pytest.mark.parametrize(
    "body",
    [
        "<p>\n<script>1</script>",
        "<p>\n<p onclick='x'>",
        "<p>\n<i srcdoc='&lt;script>1'>",
        "<p>\n<i srcdoc='<img onerror=&quot;x'>",
    ],
)
def test_scripts_are_refused_with_their_line(tmp_path: Path, body: str) -> None:
    with pytest.raises(PageRefused, match=r"a/b\.html:3: .* no script"):
        read_page(write(tmp_path, "a/b", FIRST + body))


def test_words_about_scripts_are_no_scripts(tmp_path: Path) -> None:
    assert read_page(write(tmp_path, "a/b", FIRST + "<p>subscription once = 'a', the description</p>")).case == "b"


def test_pages_come_in_order_and_an_unknown_marketplace_is_said(tmp_path: Path) -> None:
    for name in ("b/two", "b/one", "a/three"):
        write(tmp_path, name, FIRST)
    assert [page.case for page in read_pages(None, tmp_path)] == ["three", "one", "two"]
    assert [page.case for page in read_pages(["b"], tmp_path)] == ["one", "two"]
    with pytest.raises(PageRefused, match="no practice pages of c"):
        read_pages(["c"], tmp_path)
    assert read_pages(None, tmp_path / "nowhere") == []


def test_a_captured_case_without_a_page_is_left_over_and_one_by_hand_is_not(tmp_path: Path) -> None:
    page = read_page(write(tmp_path, "pages/b/one", FIRST))
    cases = tmp_path / "rules" / "marketplaces" / "b" / "cases"
    assert file_of(tmp_path / "rules", page) == cases / "one.html"
    write(cases, "one", "<!-- saved from url=(0001)x -->\n")
    gone = write(cases, "gone", "<!-- saved from url=(0001)x -->\n")
    write(cases, "by-hand", "<!doctype html>\n")
    assert left_over(tmp_path / "rules", [page]) == [gone]


def test_every_shipped_page_can_be_read() -> None:
    assert len({(page.marketplace, page.case) for page in shipped()}) == len(shipped()) > 0
