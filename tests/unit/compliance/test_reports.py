"""Reports of a check: rows in their context, sorted and filtered, and the files that are made of them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from openpyxl import load_workbook

from companion.compliance.files.listing import ListingFields
from companion.compliance.finding import Finding
from companion.compliance.reports.row import Row, rows_of
from companion.compliance.reports.table import COLUMNS
from companion.compliance.reports.view import Wanted, shown, totals
from companion.compliance.reports.writing import written


def finding(rule: str = "made/one", text: str = "cure", **given: Any) -> Finding:
    said: dict[str, Any] = {
        "level": "error", "field": "title", "index": None, "start": 0, "end": len(text), "message": "Not so.",
        "fix": "Remove it.", "source": "https://example.org/policy", "as_of": "2026-11-20", "version": 3, **given,
    }  # fmt: skip
    return Finding(rule=rule, text=text, **said)


def row(
    number: int, rule: str = "made/one", *, file: str = "a.csv", waiver: str = "", reason: str = "", **given: Any
) -> Row:
    market = given.pop("marketplace", "amazon")
    return Row(file, number, f"SKU-{number}", "Mat", market, "US", finding(rule, **given), "", "", waiver, reason)


def test_a_row_shows_the_words_around_what_was_found() -> None:
    long = "a" * 100
    listing = ListingFields(
        fields={"title": "Cures colds", "bullets": ["fine", f"{long}🙂cure{long}"], "attributes": {"Use": "x cure"}},
        sku="S-1", row=7,
    )  # fmt: skip
    rows = list(rows_of("a.csv", listing, [
        finding(text="Cures", start=0, end=5),
        finding(field="bullets", index=1, start=101, end=105),
        finding(field="attributes", index="Use", start=2, end=6),
        finding(field="bullets", index=9),
    ]))  # fmt: skip
    assert [(one.before, one.after) for one in rows] == [
        ("", " colds"),
        ("…" + "a" * 39 + "🙂", "a" * 40 + "…"),
        ("x ", ""),
        ("", ""),
    ]
    assert (rows[0].file, rows[0].row, rows[0].sku, rows[0].title) == ("a.csv", 7, "S-1", "Cures colds")


def test_rows_are_sorted_by_any_column_the_worst_first() -> None:
    rows = [row(1, level="suggestion"), row(3, level="error"), row(2, level="error"), row(4, level="warning")]
    assert [one.row for one in shown(rows, Wanted())] == [2, 3, 4, 1]
    assert [one.row for one in shown(rows, Wanted(sort="listing", descending=True))] == [4, 3, 2, 1]
    dated = [row(1, as_of="2026-02-01"), row(2, as_of="2026-01-01"), row(3, as_of="2026-03-01")]
    assert [one.row for one in shown(dated, Wanted(sort="as_of"))] == [2, 1, 3]


def test_rows_are_filtered_and_each_choice_says_how_many_it_would_show() -> None:
    rows = [
        row(1, "made/one", level="error"),
        row(2, "made/two", level="warning", marketplace="ebay"),
        row(3, "made/two", level="error", text="Heals"),
        row(4, "made/one", level="error", waiver="w1"),
    ]
    assert [one.row for one in shown(rows, Wanted(rule="made/two", level="error"))] == [3]
    assert [one.row for one in shown(rows, Wanted(words="HEALS sku-3"))] == [3]
    assert [one.row for one in shown(rows, Wanted(waived=True))] == [4]
    told = totals(rows, Wanted(level="error"))
    assert told.levels == {"error": 2, "warning": 1}
    assert told.marketplaces == {"amazon": 2}
    assert told.rules == {"made/one": 1, "made/two": 1}
    assert told.waived == 1
    assert totals(rows, Wanted(rule="made/two")).waived == 0


def test_a_csv_holds_every_column_and_no_formula() -> None:
    made = written("csv", [row(1, text="=HYPERLINK(1)")], locale="en", version="1", pack="p")
    assert made.startswith(b"\xef\xbb\xbf")
    head, line = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    assert len(head) == len(line) == len(COLUMNS)
    told = dict(zip(head, line, strict=True))
    assert told["Found"] == "'=HYPERLINK(1)"
    assert (told["Level"], told["Row"], told["SKU"], told["Rule version"]) == ("error", "1", "SKU-1", "3")


def test_a_workbook_reads_in_chinese() -> None:
    made = written("xlsx", [row(1, text="=1+1")], locale="zh_CN", version="1", pack="p")
    sheet: Any = load_workbook(io.BytesIO(made)).active
    head, line = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    told = dict(zip(head, line, strict=True))
    assert (told["级别"], told["找到的文字"]) == ("违规", "=1+1")
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}, "nothing is a formula"


def test_json_and_sarif_put_the_findings_of_a_listing_together() -> None:
    rows = [row(2), row(1), row(2, "made/two", level="suggestion"), row(2, file="b.csv")]
    told = json.loads(written("json", rows, locale="en", version="1", pack="p9"))
    assert told["pack"] == "p9"
    assert [(one["file"], one["row"], len(one["findings"])) for one in told["listings"]] == [
        ("a.csv", 2, 2), ("a.csv", 1, 1), ("b.csv", 2, 1),
    ]  # fmt: skip
    [run] = json.loads(written("sarif", rows, locale="en", version="1", pack="p9"))["runs"]
    assert (len(run["results"]), len(run["tool"]["driver"]["rules"])) == (4, 2)
    assert run["results"][1]["level"] == "note"
    assert [one["suppressions"] for one in run["results"]] == [[]] * 4


def test_what_is_excused_stands_apart_in_json_and_is_suppressed_in_sarif() -> None:
    rows = [row(1, "made/two", waiver="w1", reason="it’s a “colour”"), row(1), row(2, waiver="w2", reason="ours")]
    told = json.loads(written("json", rows, locale="en", version="1", pack="p9"))["listings"]
    assert [[one["rule"] for one in listing["findings"]] for listing in told] == [["made/one"], []]
    assert [[(one["rule"], one["waiver"], one["reason"]) for one in each["excused"]] for each in told] == [
        [("made/two", "w1", "it’s a “colour”")],
        [("made/one", "w2", "ours")],
    ]
    [run] = json.loads(written("sarif", rows, locale="en", version="1", pack="p9"))["runs"]
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert [(one["ruleId"], rules[one["ruleIndex"]], one["suppressions"]) for one in run["results"]] == [
        ("made/one", "made/one", []),
        ("made/two", "made/two", [{"kind": "external", "status": "accepted", "justification": "it’s a “colour”"}]),
        ("made/one", "made/one", [{"kind": "external", "status": "accepted", "justification": "ours"}]),
    ]
