"""The check of a seller's files at the desk: handed over, looked at one by one, sorted, excused, exported, stopped."""

from __future__ import annotations

import base64
import csv
import io
import json
import threading
from typing import Any

import msgspec
import pytest

from companion.compliance.files.listing import ListingFields
from companion.compliance.reports.row import rows_of
from companion.desk import check_job, control
from companion.desk.check_job import CheckJob, CheckState
from companion.protocol.errors import ErrorCode, SeabridgeError
from tests.unit.compliance.test_reports import finding

from .fakes import Office, until
from .test_desk_catalogue import hand_over

TABLE = (
    "sku,title,description,marketplace\n"
    "L-1,Lamp with velcro strap,Ask on WhatsApp,Amazon.de\n"
    "L-2,Honest lamp,Nothing to see,ebay\n"
    "L-3,<img src=x onerror=alert(1)> whatsapp,,ebay\n"
)


def ask(office: Office, method: str, **params: Any) -> Any:
    """As the dashboard asks, over the shapes it gets."""
    body = control.parse(json.dumps({"method": method, "params": params}).encode())
    return msgspec.to_builtins(control.perform(office.desk, body, control.SHARED, control.WIRE, "dashboard"))


def check(office: Office, name: str, content: str | bytes) -> Any:
    data = content.encode() if isinstance(content, str) else content
    sha256 = hand_over(office, data, office.desk.dashboard_tokens.issue())
    ask(office, "check.file", sha256=sha256, name=name)
    until(lambda: ask(office, "check.state")["state"] not in ("reading", "checking"))
    return ask(office, "check.state")


def found(office: Office, **wanted: Any) -> list[tuple[str, str, str]]:
    rows = ask(office, "check.rows", wanted=wanted)["rows"]
    return [(row["sku"], row["finding"]["rule"], row["finding"]["text"]) for row in rows]


def test_files_are_checked_and_the_report_is_sorted_filtered_and_exported(office: Office) -> None:
    assert ask(office, "check.state")["state"] == "idle"
    ask(office, "check.begin", locale="en", marketplace="shopee")
    state = check(office, "shop.csv", TABLE)
    assert (state["state"], state["listings"], state["rows"], state["locale"]) == ("done", 3, 3, "en")
    check(office, "one.json", json.dumps({"fields": {"title": "WhatsApp"}}))
    told = ask(office, "check.rows", wanted={"sort": "level"})
    assert [(row["file"], row["row"], row["finding"]["level"], row["marketplace"]) for row in told["rows"]] == [
        ("one.json", 1, "error", "shopee"),
        ("shop.csv", 2, "error", "amazon"),
        ("shop.csv", 4, "error", "ebay"),
        ("shop.csv", 2, "warning", "amazon"),
    ]
    assert told["totals"]["levels"] == {"error": 3, "warning": 1}
    assert found(office, marketplace="ebay") == [("L-3", "made/contact", "whatsapp")]
    assert found(office, words="STRAP made/mark") == [("L-1", "made/mark", "velcro")]
    made = ask(office, "check.export", format="csv", locale="en", wanted={"level": "warning"})
    [head, line] = csv.reader(io.StringIO(base64.b64decode(made["content"]).decode("utf-8-sig"), newline=""))
    assert (made["name"], dict(zip(head, line, strict=True))["Found"]) == ("seabridge-check.csv", "velcro")


def test_a_file_that_cannot_be_read_says_why_and_hides_no_other(office: Office) -> None:
    ask(office, "check.begin", locale="en")
    check(office, "old.xls", b"\xd0\xcf\x11\xe0")
    check(office, "broken.json", '[{"fields": {"title": "ok"}},\n{"fields": 7}]')
    state = check(office, "good.csv", "title\nWhatsApp\n")
    assert [one["problem"] and one["problem"]["key"] for one in state["files"]] == [
        "check_kind", "check_json_field", None,
    ]  # fmt: skip
    assert state["files"][1]["problem"]["data"]["row"] == 2
    assert (state["files"][2]["listings"], state["files"][2]["findings"]) == (1, 1)


def test_what_only_the_general_rules_counted_for_is_said_of_each_file(office: Office) -> None:
    """Or a table without a marketplace would pass for a clean one."""
    ask(office, "check.begin", locale="en")
    check(office, "none.csv", "title\nfine\ngood\n")
    check(office, "amazon.csv", "TemplateType=fptcustom,\nitem_sku,item_name\nB-1,fine\n")
    state = check(office, "some.csv", "title,marketplace\nfine,ebay\ngood,Amazn\n")
    told = [[(one["kind"], one["data"]) for one in file["notes"]] for file in state["files"]]
    assert told[:2] == [[("marketplace_missing", {"count": 2})], []]
    [(kind, data)] = told[2]
    assert (kind, data["names"]) == ("marketplace_unknown", "“Amazn”")
    ask(office, "check.begin", locale="en", marketplace="ebay")
    assert [one["notes"] for one in check(office, "none.csv", "title\nfine\n")["files"]] == [[]]
    for marketplace, kinds in (("", ["marketplace_missing"]), ("ebay", [])):
        listing = ask(office, "check.listing", locale="en", marketplace=marketplace, fields={"title": "fine"})
        message = ask(office, "check.message", locale="en", marketplace=marketplace, text="fine")
        assert [[one["kind"] for one in told["notes"]] for told in (listing, message)] == [kinds] * 2


def test_a_finding_is_excused_in_the_report_and_can_be_taken_back(office: Office) -> None:
    ask(office, "check.begin", locale="en")
    check(office, "shop.csv", TABLE)
    waiver = {"rule": "made/contact", "text": "whatsapp", "target": "listing", "item": "L-3", "reason": "a toy's name"}
    kept = ask(office, "waivers.put", waiver=waiver)["waiver"]
    assert [sku for sku, _, _ in found(office)] == ["L-1", "L-1"]
    [row] = ask(office, "check.rows", wanted={"waived": True})["rows"]
    assert (row["sku"], row["waiver"], row["reason"]) == ("L-3", kept["id"], "a toy's name")
    for wanted, counts in (
        ({}, [False, False, True]),
        ({"waived": True}, [True]),
        ({"marketplace": "amazon"}, [False] * 2),
    ):
        made = ask(office, "check.export", format="sarif", locale="en", wanted=wanted)
        [log] = json.loads(base64.b64decode(made["content"]))["runs"]
        assert [bool(one["suppressions"]) for one in log["results"]] == counts
    made = ask(office, "check.export", format="csv", locale="en", wanted={})
    assert len(base64.b64decode(made["content"]).splitlines()) == 3, "a table is exported as it is shown"
    ask(office, "waivers.remove", ids=[kept["id"]])
    assert len(found(office)) == 3


def test_own_words_and_brands_count_and_a_lapsed_authorisation_does_not(office: Office) -> None:
    ask(office, "words.put", word={"words": ["honest"], "level": "error", "why": "nobody believes it"})
    brand = {"name": "Velcro", "kind": "licensed", "until": "2026-11-30"}
    kept = ask(office, "brands.put", brand=brand)["brand"]
    ask(office, "check.begin", locale="en")
    check(office, "shop.csv", TABLE)
    assert {text for _, _, text in found(office)} == {"Honest", "WhatsApp", "whatsapp"}
    ask(office, "brands.put", brand={**brand, "id": kept["id"], "until": "2026-11-29"})
    ask(office, "check.begin", locale="en")
    check(office, "shop.csv", TABLE)
    assert ("L-1", "made/mark", "velcro") in found(office)


def test_pasted_texts_are_checked(office: Office) -> None:
    told = ask(office, "check.listing", locale="zh_CN", marketplace="ebay", fields={"bullets": ["ok", "velcro"]})
    [row] = told["rows"]
    assert (row["finding"]["field"], row["finding"]["index"], row["marketplace"]) == ("bullets", 1, "ebay")
    [row] = ask(office, "check.message", locale="en", text="my 微信")["rows"]
    assert (row["before"], row["finding"]["text"]) == ("my ", "微信")
    assert ask(office, "check.message", locale="en", text="my 微信", direction="buyer")["rows"] == []


def test_only_a_file_that_was_just_handed_over_is_checked(office: Office) -> None:
    ask(office, "check.begin", locale="en")
    with pytest.raises(SeabridgeError) as caught:
        ask(office, "check.file", sha256="0" * 64, name="x.csv")
    assert caught.value.code is ErrorCode.NOT_FOUND


# -- the job alone -------------------------------------------------------------------------------------------------


def finished(job: CheckJob) -> CheckState:
    until(lambda: job.state().state not in ("reading", "checking"))
    return job.state()


def test_a_check_is_stopped_in_the_middle_and_keeps_what_it_found() -> None:
    job, third, go_on = CheckJob(), threading.Event(), threading.Event()
    seen: list[int] = []

    def judge(name: str, listing: ListingFields) -> tuple[list[Any], str]:
        seen.append(listing.row)
        if len(seen) == 3:
            third.set()
            go_on.wait(20)
        return [], "p1"

    job.begin(judge)
    job.add("a.csv", ("title\n" + "x\n" * 1_000).encode(), lambda: [])
    assert third.wait(20)
    with pytest.raises(SeabridgeError) as caught:
        job.add("b.csv", b"title\nx\n", lambda: [])
    assert caught.value.code is ErrorCode.BUSY
    state = job.state()
    assert (state.state, state.done, state.total) == ("checking", 2, 1_000)
    assert job.cancel().state == "cancelled"
    go_on.set()
    until(lambda: job.state().files)
    assert len(seen) <= 4, "no further listing is looked at"
    with pytest.raises(SeabridgeError):
        job.add("b.csv", b"title\nx\n", lambda: [])
    job.begin(judge)
    assert (job.state().state, job.state().listings) == ("idle", 0)


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_job, "MOST_ROWS", 50)
    monkeypatch.setattr(check_job, "MOST_FILES", 2)
    job = CheckJob()

    def judge(name: str, listing: ListingFields) -> tuple[list[Any], str]:
        level = "error" if listing.row == 5 else "suggestion"
        return list(rows_of(name, listing, [finding(level=level)] * 20)), "p1"

    job.begin(judge)
    job.add("a.csv", b"title\n" + b"x\n" * 4, lambda: [])
    state = finished(job)
    assert (state.rows, state.cut, state.listings) == (50, True, 4)
    assert state.files[0].findings == 80
    levels = [row.finding.level for row in job.found()[0]]
    assert levels == ["error"] * 20 + ["suggestion"] * 30, "what is worst stays, however late it comes"
    job.add("b.csv", b"", lambda: [])
    finished(job)
    with pytest.raises(SeabridgeError) as caught:
        job.add("c.csv", b"title\nx\n", lambda: [])
    assert caught.value.code is ErrorCode.BAD_PARAMS


def test_a_rule_that_fails_is_a_fault_of_its_file_alone() -> None:
    job = CheckJob()

    def judge(name: str, listing: ListingFields) -> tuple[list[Any], str]:
        raise RuntimeError("rules are broken")

    job.begin(judge)
    job.add("a.csv", b"title\nx\n", lambda: [])
    state = finished(job)
    assert state.state == "failed"
    assert state.files[0].problem is not None
    assert state.files[0].problem.key == "error_internal"
