"""Rules become marketplaces, and every fault is named with its file and line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from companion.marketplaces import RulesError, load, load_one, rules_dir
from companion.marketplaces.__main__ import main
from companion.marketplaces.lines import Unreadable, line_of, parse, place_of
from companion.marketplaces.walk import entries, raw_entries
from companion.protocol.pages import KpiPage

HEAD = """\
name: demo
title: Demo
hosts:
  - https://demo.example/*
"""
PAGE = """\
page: chat
id: chat
state: done
trust: high
source: a test of the loader
checked: "2026-01-01"
paths: ["^/chat"]
root:
  - {css: .room, trust: high, expect: {chat: 1}}
identity:
  thread:
    - {query: id, trust: low, because: a reason, expect: {chat: 1}}
  shop:
    - {css: .shop, attr: title, trust: high, expect: {chat: 1}}
messages:
  scroller:
    - {css: .list, trust: high, expect: {chat: 1}}
  row:
    - {css: .row, trust: high, expect: {chat: 2}}
  buyer:
    - {css: .in, trust: high, expect: {chat: 1}}
  seller:
    - {css: .out, trust: high, expect: {chat: 1}}
  text:
    - {css: pre, trust: high, expect: {chat: 2}}
composer:
  field:
    - {css: textarea, trust: high, expect: {chat: 1}}
placement:
  anchor:
    - {css: pre, trust: high, expect: {chat: 2}}
  mode: below
health:
  - {field: messages.row, min: 1}
cases:
  chat: {url: "https://demo.example/chat", reads: null}
"""


def write(folder: Path, head: str = HEAD, page: str = PAGE, name: str = "demo") -> Path:
    (folder / name / "pages").mkdir(parents=True)
    (folder / name / "marketplace.yml").write_text(head, "utf-8")
    (folder / name / "pages" / "chat.yml").write_text(page, "utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(RulesError) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_what_crosses_the_wire_has_no_private_keys(tmp_path: Path) -> None:
    [marketplace] = load(write(tmp_path)).marketplaces
    page = marketplace.pages[0]
    assert (marketplace.name, page.id, page.messages.row[0].css) == ("demo", "chat", ".row")
    assert page.identity.thread[0].trust == "low"
    assert "expect" not in repr(marketplace)
    assert "a reason" not in repr(marketplace)


def test_the_version_follows_the_wire_and_nothing_else(tmp_path: Path) -> None:
    before = load(write(tmp_path / "a")).version
    same = PAGE.replace("expect: {chat: 2}", "expect: {chat: 3}").replace("a reason", "another reason")
    assert load(write(tmp_path / "b", page=same)).version == before
    assert load(write(tmp_path / "c", page=PAGE.replace(".room", ".hall"))).version != before


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("css: .row", "csss: .row", 19, "no key that may stand here"),
        ("mode: below", "mode: under", 32, "Invalid enum value"),
        ("trust: high\nsource", "trust: huge\nsource", 4, "Invalid enum value"),
        ("  buyer:\n    - {css: .in, trust: high, expect: {chat: 1}}\n", "  buyer: []\n", 20, "at least one entry"),
        ('paths: ["^/chat"]', 'paths: ["^/(chat"]', 7, "is not a pattern"),
        ("query: id", "query: id, host: true", 12, "exactly one of"),
        ("{css: .shop, attr: title", "{query: shop, attr: title", 14, "goes with css only"),
        ("  text:\n    - {css: pre, trust: high,", "  text:\n    - {query: t, trust: high,", 25, "by css"),
        ("field: messages.row", "field: messages.rows", 34, "is not a field"),
        ("min: 1}", "min: 3, max: 2}", 34, "below min"),
        ("id: chat", "id: other", 2, "id is not the file's"),
        ("page: chat", "page: chat\npage: chat", 2, "stands twice"),
        ("page: chat", "page: chat\nwords: [", 4, "expected"),
        ("composer:\n  field:\n    - {css: textarea, trust: high, expect: {chat: 1}}\n", "", 1, "composer"),
    ],
)  # fmt: skip
def test_a_fault_in_a_page_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in PAGE
    found = problems(write(tmp_path, page=PAGE.replace(old, new, 1)))
    assert any(each.startswith(f"demo/pages/chat.yml:{line}: ") and words in each for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("name: demo", "name: other", 1, "name is not the folder's"),
        ("https://demo.example/*", "http://demo.example/*", 4, "Expected"),
        ("title: Demo", "title: Demo\ncolour: red", 3, "no key that may stand here"),
        ("title: Demo\n", "title: Demo\npages: []\n", 3, "pages stand in their own files"),
    ],
)
def test_a_fault_in_a_marketplace_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    found = problems(write(tmp_path, head=HEAD.replace(old, new, 1)))
    assert any(each.startswith(f"demo/marketplace.yml:{line}: ") and words in each for each in found), found


KPI = """\
page: kpi
id: chat
state: provisional
trust: medium
source: a test of the loader
checked: "2026-01-01"
paths: ["^/health"]
root: [{css: main}]
kpis:
  - name: late_shipment_rate
    unit: percent
    labels: [Own words]
    labels_of: late_shipment_rate
  - name: other
    unit: percent
    row: [{css: "#other"}]
"""


def test_figures_take_the_labels_of_the_table_behind_their_own(tmp_path: Path) -> None:
    [marketplace] = load(write(tmp_path, page=KPI)).marketplaces
    [page] = marketplace.pages
    assert isinstance(page, KpiPage)
    assert page.kpis[0].labels[:2] == ["Own words", "Late Shipment Rate"]
    assert "Tingkat Keterlambatan Pengiriman" in page.kpis[0].labels
    assert page.kpis[1].labels == []


def test_a_table_of_labels_beside_the_folder_counts_first(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    table = "late_shipment_rate:\n  source: a test\n  checked: '2026-01-01'\n  en: [Late, Own words]\n  xx: [Tarde]\n"
    (tmp_path / "labels" / "kpi.yml").write_text(table, "utf-8")
    [marketplace] = load(write(tmp_path / "marketplaces", page=KPI)).marketplaces
    assert marketplace.pages[0].kpis[0].labels == ["Own words", "Late", "Tarde"]  # type: ignore[union-attr]
    (tmp_path / "labels" / "kpi.yml").write_text("a: [", "utf-8")
    assert any("chat.yml:13: kpis[0].labels_of" in each for each in problems(tmp_path / "marketplaces"))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("labels_of: late_shipment_rate", "labels_of: lateness", 13, "does not stand in labels/kpi.yml"),
        ('    row: [{css: "#other"}]\n', "", 14, "needs a row or a label"),
        ("name: other", "name: late_shipment_rate", 14, "stands twice"),
        ("unit: percent\n    row", "unit: per cent\n    row", 15, "Invalid enum value"),
        ("page: kpi", "page: figures", 1, "Invalid value"),
        ("source: a test of the loader", "source: ''", 5, "a page without a source is `state: assumed`"),
        ("id: chat", "id: chat\nrows: {}", 3, "no key that may stand here"),
        ("kpis:", "health: [{field: kpis.late, min: 1}]\nkpis:", 9, "is not a field"),
    ],
)
def test_a_fault_of_a_page_of_figures_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in KPI
    found = problems(write(tmp_path, page=KPI.replace(old, new, 1)))
    assert any(each.startswith(f"demo/pages/chat.yml:{line}: ") and words in each for each in found), found


def test_a_page_without_a_source_is_only_assumed(tmp_path: Path) -> None:
    page = KPI.replace("source: a test of the loader", "source: ''").replace("state: provisional", "state: assumed")
    assert load(write(tmp_path, page=page)).marketplaces[0].pages[0].state == "assumed"


def test_a_marketplace_may_have_no_page_at_all(tmp_path: Path) -> None:
    write(tmp_path, head=HEAD + "gaps: {chat: nobody has published this page}\n")
    (tmp_path / "demo" / "pages" / "chat.yml").unlink()
    [marketplace] = load(tmp_path).marketplaces
    assert (marketplace.pages, marketplace.gaps) == ([], {"chat": "nobody has published this page"})


def test_what_is_walked_in_a_file_is_what_is_walked_in_the_description() -> None:
    for folder in sorted((rules_dir() / "marketplaces").iterdir()):
        marketplace, faults = load_one(folder)
        assert marketplace is not None, faults
        for page in marketplace.pages:
            raw, _ = parse((folder / "pages" / f"{page.id}.yml").read_text("utf-8"))
            in_file = {(place, kind) for place, kind, _ in raw_entries(raw)}
            assert in_file == {(place, kind) for place, kind, _ in entries(page)}


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, page=PAGE.replace("mode: below", "mode: under"))
    write(tmp_path, head=HEAD.replace("name: demo", "name: second").replace("title: Demo\n", ""), name="second")
    found = problems(tmp_path)
    assert [each.split(":")[0] for each in found] == ["demo/pages/chat.yml", "second/marketplace.yml"]


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert "no marketplace.yml" in problems(tmp_path)[0]


def test_bytes_that_are_no_text_are_a_fault(tmp_path: Path) -> None:
    (write(tmp_path) / "demo" / "marketplace.yml").write_bytes(b"\xff\xfe\x00")
    assert problems(tmp_path)[0].startswith("demo/marketplace.yml:1: cannot be read")


def test_lines_of_places() -> None:
    value, lines = parse("a:\n  - b: 1\n    c: 2\n  - d: 3\n")
    assert value == {"a": [{"b": 1, "c": 2}, {"d": 3}]}
    assert line_of(("a", 0, "c"), lines) == 3
    assert line_of(("a", 1, "x"), lines) == 4
    assert line_of(("z",), lines) == 1
    assert place_of("$.messages.row[12].css") == ("messages", "row", 12, "css")
    with pytest.raises(Unreadable) as caught:
        parse("a: 1\nb: 2\na: 3\n")
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "value",
    [
        "2026-13-45",
        "!!python/object:os.system x",
        "!!timestamp x",
        "!!int x",
        "!!bool x",
        "!other x",
        "1" + "0" * 5_000,
    ],
)
def test_a_value_that_yaml_itself_stumbles_over_is_named_with_its_line(value: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(f"a: 1\nb: {value}\n")
    assert caught.value.line == 2


def test_the_command_prints_json_and_names_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = subprocess.run(
        [sys.executable, "-m", "companion.marketplaces", "--json"], capture_output=True, check=True, encoding="utf-8"
    )
    printed = json.loads(out.stdout)
    assert printed["version"] == load().version
    assert {one["name"] for one in printed["marketplaces"]} >= {"shopee", "tiktok-shop"}
    assert main([str(write(tmp_path, page=PAGE.replace("mode: below", "mode: under")))]) == 1
    assert "demo/pages/chat.yml:32: " in capsys.readouterr().err


def test_every_mistyped_key_is_named_at_once_with_the_key_that_was_meant(tmp_path: Path) -> None:
    page = PAGE.replace("css: .row", "csss: .row", 1).replace("trust:", "trsut:", 1)
    found = problems(write(tmp_path, page=page))
    assert sum("did you mean" in each for each in found) == 2
    assert any("did you mean `css`?" in each for each in found)
    assert any("did you mean `trust`?" in each for each in found)
