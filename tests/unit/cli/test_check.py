"""``seabridge check`` and ``seabridge rules``: from the command line, with rules of the seller's own."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from companion import cli

RULE = """\
id: made/{name}
version: 2
kind: {kind}
level: {level}
applies_to: [listing, message]
marketplaces: [{marketplace}]
terms: {{ en: [{term}] }}
message: {{ zh_CN: "不能这样写。", en: "This must not be said." }}
fix: {{ zh_CN: "请删掉。", en: "Remove it." }}
references: [{{ source: "https://example.org/policy", basis: O, seen: 2026-11-20 }}]
cases: {{ hit: ["{term}", "so {term}"], miss: ["fine", "good"] }}
"""
ISSUE_KEYS = {"rule", "level", "field", "index", "start", "end", "text", "message", "fix", "source", "as_of"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    own = tmp_path / "home" / "compliance" / "made"
    own.mkdir(parents=True)
    for name, kind, level, term, marketplace in (
        ("cure", "claim", "error", "zyxcure", "all"),
        ("nice", "existence", "suggestion", "zyxnice", "amazon"),
    ):
        content = RULE.format(name=name, kind=kind, level=level, term=term, marketplace=marketplace)
        (own / f"{name}.yml").write_text(content, "utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path, given: Any = None) -> tuple[int, str, str]:
    if given is not None:
        written = given if isinstance(given, bytes) else json.dumps(given, ensure_ascii=False).encode()
        sys.stdin = io.TextIOWrapper(io.BytesIO(written), "utf-8")
    try:
        code = cli.main([*map(str, arguments)])
    finally:
        sys.stdin = sys.__stdin__
    out, err = capsys.readouterr()
    return code, out, err


def test_a_listing_on_the_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    listing = {
        "marketplace": "amazon", "region": "US", "category": "", "brand": "",
        "fields": {"title": "袜子 zyxcures it", "bullets": ["fine", "it’s zyxnice"], "description": "not zyxcure"},
    }  # fmt: skip
    code, out, _ = run(capsys, "check", "listing", "-", "--json", given=listing)
    answer = json.loads(out)
    assert code == 1
    assert set(answer) == {"findings", "pack"}
    ours = [one for one in answer["findings"] if one["rule"].startswith("made/")]
    assert all(set(one) >= ISSUE_KEYS for one in ours)
    assert [
        (one["rule"], one["level"], one["field"], one["index"], one["start"], one["end"], one["text"]) for one in ours
    ] == [
        ("made/cure", "error", "title", None, 3, 11, "zyxcures"),
        ("made/nice", "suggestion", "bullets", 1, 5, 12, "zyxnice"),
    ]
    assert (ours[0]["source"], ours[0]["as_of"]) == ("https://example.org/policy", "2026-11-20")
    assert (ours[0]["message"], ours[0]["fix"]) == ("This must not be said.", "Remove it.")


def test_a_message_on_the_standard_input(capsys: pytest.CaptureFixture[str]) -> None:
    message = {
        "marketplace": "ebay",
        "region": "",
        "direction": "seller",
        "language": "en",
        "text": "We zyxcure. zyxnice",
    }
    code, out, _ = run(capsys, "check", "message", "-", "--json", given=message)
    ours = [one for one in json.loads(out)["findings"] if one["rule"].startswith("made/")]
    assert code == 1
    assert [(one["field"], one["index"], one["start"], one["end"]) for one in ours] == [("text", None, 3, 10)]
    code, out, _ = run(capsys, "check", "message", "-", "--json", given={**message, "direction": "buyer"})
    assert (code, [one for one in json.loads(out)["findings"] if one["rule"].startswith("made/")]) == (0, [])


def test_only_errors_make_the_status(capsys: pytest.CaptureFixture[str]) -> None:
    fields = {"fields": {"title": "A zyxnice plain thing"}, "marketplace": "amazon"}
    code, out, _ = run(capsys, "check", "listing", "-", given=fields)
    assert code == 0
    assert "[suggestion] title 2–9  “zyxnice”" in out
    assert "https://example.org/policy" in out


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (("check", "listing", "-", "--json"), b"{", "is not JSON"),
        (("check", "listing", "-", "--json"), b'{"fields": 5}', "fields"),
        (("check", "listing", "-"), b"\xff\xfe{", "encoding"),
        (("check", "message", "-"), b'{"txt": ""}', "text"),
        (("check", "listing", "-", "--on", "tomorrow"), b"{}", "2026-12-01"),
        (("check", "listing", "none.csv"), None, "cannot be read"),
        (("check", "listing", "a.exe"), None, "cannot be checked"),
    ],
)
def test_what_cannot_be_checked_is_2_and_says_what_to_do(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], given: Any, said: str
) -> None:
    code, _, err = run(capsys, *arguments, given=given)
    assert (code, said in err) == (2, True), err


@pytest.mark.parametrize(
    ("named", "said"),
    [({"marketplace": "amzn"}, "“amzn”"), ({}, "Without a marketplace: 1"), ({"marketplace": "亚马逊"}, "")],
)
def test_a_marketplace_nobody_knows_does_not_pass_for_a_clean_listing(
    capsys: pytest.CaptureFixture[str], named: dict[str, str], said: str
) -> None:
    _, _, err = run(capsys, "check", "listing", "-", given={**named, "fields": {"title": "zyxnice"}})
    assert (said in err) if said else not err
    _, _, err = run(capsys, "check", "message", "-", given={**named, "text": "zyxnice"})
    assert (said in err) if said else not err


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "my listings.csv"
    path.write_text(
        "sku,title,bullet1,marketplace\nA1,fine,zyxcure,ebay\nA2,good,better,ebay\nA3,zyxcure,,ebay\n", "utf-8"
    )
    return path


def test_a_table_with_a_report(capsys: pytest.CaptureFixture[str], table: Path) -> None:
    code, out, _ = run(capsys, "check", "listing", table)
    assert code == 1
    assert "row 2  A1" in out
    assert "row 4  A3" in out
    assert "A2" not in out
    assert "Checked: 3. Errors: 2" in out


def test_a_table_as_json(capsys: pytest.CaptureFixture[str], table: Path) -> None:
    code, out, _ = run(capsys, "check", "listing", table, "--json")
    rows = json.loads(out)["listings"]
    assert code == 1
    assert [(row["row"], row["sku"], len(row["findings"])) for row in rows] == [
        (2, "A1", 1),
        (3, "A2", 0),
        (4, "A3", 1),
    ]


def test_sarif_names_rule_file_and_row(capsys: pytest.CaptureFixture[str], table: Path) -> None:
    code, out, _ = run(capsys, "check", "listing", table, "--sarif")
    log = json.loads(out)
    (made,) = log["runs"]
    assert (code, log["version"]) == (1, "2.1.0")
    rules = made["tool"]["driver"]["rules"]
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "made/cure"
        assert result["level"] == "error"
    places = [result["locations"][0]["physicalLocation"] for result in made["results"]]
    assert [place["region"]["startLine"] for place in places] == [2, 4]
    assert places[0]["artifactLocation"]["uri"].endswith("my%20listings.csv")


def test_one_unreadable_file_hides_no_other(capsys: pytest.CaptureFixture[str], table: Path, tmp_path: Path) -> None:
    code, out, err = run(capsys, "check", "listing", tmp_path / "none.csv", table)
    assert code == 2
    assert "none.csv" in err
    assert "A1" in out


def test_what_the_command_line_says_fills_what_the_file_leaves_open(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"fields": {"title": "zyxnice"}}]), "utf-8")
    counts = []
    for arguments in ((), ("--marketplace", "Amazon.com"), ("--marketplace", "ebay")):
        _, out, _ = run(capsys, "check", "listing", path, "--json", *arguments)
        counts.append(len(json.loads(out)["listings"][0]["findings"]))
    assert counts == [0, 1, 0]


def test_rules_are_tested_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "rules", "test", "made")
    assert (code, "All pass. Rules: 2, examples: 8." in out) == (0, True), out
    code, out, _ = run(capsys, "rules", "list", "--json", "made", "--marketplace", "ebay")
    assert [rule["id"] for rule in json.loads(out)["rules"]] == ["made/cure"]
    code, out, _ = run(capsys, "rules", "show", "made/nice")
    assert code == 0
    assert "https://example.org/policy (basis O, seen 2026-11-20)" in out
    code, _, err = run(capsys, "rules", "show", "made/none")
    assert (code, "rules list" in err) == (1, True)


def test_the_list_tells_where_a_rule_counts_and_shows_no_blanks(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    about = RULE.format(name="some", kind="existence", level="error", term="zyxsome", marketplace="all")
    about = about.replace("This must", "{text} must")
    about += "validity: [{ marketplaces: [amazon] }, { regions: [EU], from: 2026-09-27 }]\n"
    (home / "home" / "compliance" / "made" / "some.yml").write_text(about, "utf-8")
    _, out, _ = run(capsys, "rules", "list", "made/some", "--marketplace", "ebay")
    assert "made/some  [error]  amazon, all (EU)\n   … must not be said." in out


def test_a_case_that_fails_is_named_with_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "made").mkdir(parents=True)
    bad = RULE.format(name="cure", kind="existence", level="error", term="zyxcure", marketplace="all")
    (folder / "made" / "cure.yml").write_text(bad.replace('"fine"', '"a zyxcure"'), "utf-8")
    code, out, _ = run(capsys, "rules", "test", "--in", folder, "--json")
    answer = json.loads(out)
    assert (code, answer["ok"]) == (1, False)
    assert answer["faults"] == [
        {"file": "made/cure.yml", "line": 11, "problem": "cases.miss[0] finds `zyxcure`"},
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A bottle with a lid for the gym and your desk", "en"),
        ("Eine Flasche mit Deckel für das Büro und den Sport, in Schwarz", "de"),
        ("抗菌袜子 三双装 透气舒适", "zh"),
        ("XR-500", ""),
    ],
)
def test_a_language_is_told_only_where_it_is_certain(text: str, language: str) -> None:
    from companion.spoken import surely

    assert surely(text) == language


def test_a_report_is_written_as_a_file(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    table = home / "listings.csv"
    table.write_text("sku,title\nA-1,so zyxcure\nA-2,fine\n", "utf-8")
    report = home / "report.csv"
    code, out, _ = run(capsys, "check", "listing", table, "--csv", report, "--out", home / "report.SARIF")
    assert code == 1, "as without a report"
    assert "zyxcure" not in out
    assert str(report) in out
    head, line = report.read_text("utf-8-sig").splitlines()
    assert head.startswith("Level,File,Row,SKU")
    assert ",A-1," in line
    assert json.loads((home / "report.SARIF").read_text("utf-8"))["version"] == "2.1.0"


def test_json_stays_json_beside_a_report(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    given = {"fields": {"title": "zyxcure"}}
    code, out, _ = run(capsys, "check", "listing", "-", "--json", "--out", home / "r.xlsx", given=given)
    assert code == 1
    assert json.loads(out)["findings"]
    assert (home / "r.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("name", ["report.doc", "listings.csv"])
def test_a_report_that_must_not_be_written_stops_the_check(
    capsys: pytest.CaptureFixture[str], home: Path, name: str
) -> None:
    table = home / "listings.csv"
    table.write_text("title\nzyxcure\n", "utf-8")
    code, out, err = run(capsys, "check", "listing", table, "--out", home / name)
    assert (code, out) == (2, "")
    assert name in err
    assert table.read_text("utf-8") == "title\nzyxcure\n"


def test_a_folder_that_cannot_be_written_is_said(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "file").write_text("", "utf-8")
    given = {"fields": {"title": "fine"}}
    code, _, err = run(capsys, "check", "listing", "-", "--csv", home / "file" / "r.csv", given=given)
    assert code == 2
    assert "cannot be written" in err


def test_an_amazon_template_needs_no_option(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    """A rule of Amazon alone counts, and nothing is said to be missing."""
    (home / "flat.txt").write_text("TemplateType=fptcustom\tVersion=1\nitem_sku\titem_name\nB-1\tzyxnice\n", "utf-8")
    code, out, err = run(capsys, "check", "listing", home / "flat.txt", "--json")
    (one,) = json.loads(out)["listings"]
    assert (code, err, one["marketplace"]) == (0, "", "amazon")
    assert [found["rule"] for found in one["findings"]] == ["made/nice"]


def test_formulas_that_were_never_worked_out_are_told(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    book = Workbook()
    for row in (["title", "marketplace"], ["=B9", "ebay"], ["fine", "ebay"]):
        book.active.append(row)
    book.save(home / "made.xlsx")
    code, _, err = run(capsys, "check", "listing", home / "made.xlsx")
    assert code == 0
    assert "made.xlsx: formulas without a stored result were not checked. Rows (1): 2." in err


def test_attributes_of_a_table_are_checked(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "own.csv").write_text("title,Material,marketplace\nfine,zyxcure,ebay\n", "utf-8")
    code, out, _ = run(capsys, "check", "listing", home / "own.csv")
    assert code == 1
    assert "attributes Material 0–7" in out


@pytest.mark.parametrize(
    ("what", "given", "said"),
    [
        ("listing", b"nothing", "Standard input, line 1, is not JSON"),
        ("listing", [1], "Entry 1 of standard input is no object"),
        ("listing", {"marketplace": ["amazon"]}, "marketplace of entry 1 in standard input is of another type"),
        ("message", {"text": "hi", "marketplace": {}}, "marketplace of entry 1 in standard input is of another type"),
        ("message", {"text": "hi", "direction": "selller"}, "Write seller (you) or buyer"),
    ],
)
def test_what_is_wrong_with_the_standard_input_is_said_as_such(
    capsys: pytest.CaptureFixture[str], what: str, given: object, said: str
) -> None:
    code, _, err = run(capsys, "check", what, "-", given=given)
    assert code == 2
    assert said in err
