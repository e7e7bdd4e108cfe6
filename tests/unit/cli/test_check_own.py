"""What the seller decided counts on the command line too, unless told otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from companion.compliance.own import brands_of, waivers_of, words_of
from companion.protocol.methods.checks import Brand, OwnWord, Waiver
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths

from .test_check import home, run

__all__ = ["home"]
#: Noon of 30 November 2026.
AT = 1_796_040_000.0
LISTING = {"marketplace": "amazon", "region": "US", "sku": "S-1", "fields": {"title": "Zyxbrand zyxcure, not Rival"}}


@pytest.fixture
def documents(home: Path) -> Documents:
    return Documents(Paths(home / "home").ready().documents)


def rules_in(out: str) -> set[str]:
    return {one["rule"] for one in json.loads(out)["findings"]}


def test_own_words_are_found_listed_and_shown(capsys: pytest.CaptureFixture[str], documents: Documents) -> None:
    word = words_of(documents).put(OwnWord(words=["rival"], level="error", why="nobody names them"), AT)
    code, out, _ = run(capsys, "check", "listing", "-", "--json", given=LISTING)
    assert (code, f"own/{word.id}" in rules_in(out)) == (1, True)
    _, out, _ = run(capsys, "check", "listing", "-", given=LISTING)
    assert "nobody names them" in out
    assert f"rule own/{word.id}; your own, of 2026-11-30" in out
    _, out, _ = run(capsys, "check", "message", "-", "--json", given={"text": "better than Rival"})
    assert rules_in(out) == {f"own/{word.id}"}
    for what, given in (("listing", LISTING), ("message", {"text": "better than Rival"})):
        _, out, _ = run(capsys, "check", what, "-", "--json", "--no-own", given=given)
        assert f"own/{word.id}" not in rules_in(out)
    _, out, _ = run(capsys, "rules", "list", "own", "--json")
    assert [one["id"] for one in json.loads(out)["rules"]] == [f"own/{word.id}"]
    code, out, _ = run(capsys, "rules", "show", f"own/{word.id}")
    assert code == 0
    assert "source: your own, of 2026-11-30" in out


def test_an_authorisation_counts_until_its_last_day(
    capsys: pytest.CaptureFixture[str], documents: Documents, home: Path
) -> None:
    rule = home / "home" / "compliance" / "made" / "cure.yml"
    text = rule.read_text("utf-8")
    text = text.replace("zyxcure", "zyxbrand").replace("kind: claim", "kind: existence")
    rule.write_text(text + "brands: [licensed]\n", "utf-8")
    brands_of(documents).put(Brand(name="Zyxbrand", kind="licensed", until="2026-12-31"), AT)
    for day, found in (("2026-12-31", False), ("2027-01-01", True)):
        _, out, _ = run(capsys, "check", "listing", "-", "--json", "--on", day, given=LISTING)
        assert ("made/cure" in rules_in(out)) is found, day


def test_what_is_excused_is_no_finding_but_is_told(capsys: pytest.CaptureFixture[str], documents: Documents) -> None:
    kept = waivers_of(documents).put(
        Waiver(rule="made/cure", text="zyxcure", item="S-1", target="listing", reason="it is the name of a colour"), AT
    )
    code, out, _ = run(capsys, "check", "listing", "-", "--json", given=LISTING)
    told: dict[str, Any] = json.loads(out)
    assert code == 0
    assert [(one["rule"], one["waiver"], one["reason"]) for one in told["excused"]] == [
        ("made/cure", kept.id, "it is the name of a colour")
    ]
    assert "made/cure" not in rules_in(out)
    _, out, _ = run(capsys, "check", "listing", "-", given=LISTING)
    assert "Excused by you: 1 more" in out
    code, _, _ = run(capsys, "check", "listing", "-", given={**LISTING, "sku": "S-2"})
    assert code == 1, "another listing"


def test_a_report_for_programs_holds_what_is_excused_and_one_for_people_does_not(
    capsys: pytest.CaptureFixture[str], documents: Documents, home: Path
) -> None:
    waivers_of(documents).put(Waiver(rule="made/cure", target="listing", reason="a colour", item="S-1"), AT)
    table = home / "listings.csv"
    table.write_text("sku,title\nS-1,zyxcure\nS-2,fine\n", "utf-8")
    suppressed = [{"kind": "external", "status": "accepted", "justification": "a colour"}]
    out_file = home / "r.sarif"
    code, out, _ = run(capsys, "check", "listing", table, "--sarif", "--out", out_file, "--csv", home / "r.csv")
    assert code == 0, "an excused finding breaks no rule"
    for log in (json.loads(out), json.loads(out_file.read_text("utf-8"))):
        [result] = log["runs"][0]["results"]
        assert (result["ruleId"], result["level"], result["suppressions"]) == ("made/cure", "error", suppressed)
    assert len((home / "r.csv").read_text("utf-8-sig").splitlines()) == 1
    code, out, _ = run(capsys, "check", "listing", table, "--out", home / "r.json")
    assert code == 0
    assert "Findings: 0" in out
    [first, _] = json.loads(run(capsys, "check", "listing", table, "--json")[1])["listings"]
    assert json.loads((home / "r.json").read_text("utf-8"))["listings"] == [first]
    code, out, _ = run(capsys, "check", "listing", "-", "--sarif", given=LISTING)
    assert (code, [one["suppressions"] for one in json.loads(out)["runs"][0]["results"]]) == (0, [suppressed])
    code, out, _ = run(capsys, "check", "listing", table, "--sarif", "--no-own")
    assert (code, [one["suppressions"] for one in json.loads(out)["runs"][0]["results"]]) == (1, [[]])
