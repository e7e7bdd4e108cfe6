"""Conversations as files from the dashboard: as the command line makes them, for its own page only, and then gone."""

from __future__ import annotations

import csv
import io
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest
from openpyxl.worksheet import _writer
from playwright.sync_api import expect

from companion.conversations import Archive
from companion.conversations.exports import making
from companion.desk.export_job import ExportJob, ExportState
from companion.desk.exporting import FileAsked, file_name
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime import fonts, printer

from .fakes import Office, seen, until
from .test_desk_bulk_check import ask
from .test_desk_dashboard_page import browser, enter, leave

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]


@pytest.fixture
def archive(office: Office, tmp_path: Path) -> Iterator[Archive]:
    """A real one at the desk: two messages of a buyer's, one with an address."""
    kept = Archive.open(tmp_path / "archive.db", tmp_path / "files")
    kept.see(seen(("k1", "buyer", "refund to maria@example.com"), ("k2", "buyer", "=1+1 colour?")))
    office.room._archive = kept
    yield kept
    kept.close()


def exported(office: Office, **params: Any) -> Any:
    state = ask(office, "export.start", **{"locale": "en", **params})
    until(lambda: ask(office, "export.state")["state"] != "running")
    return {**ask(office, "export.state"), "begun": state["state"]}


def fetch(office: Office, made: str, token: str | None = None, **headers: str) -> bytes:
    """POST as the dashboard does."""
    given = {
        "Origin": f"http://127.0.0.1:{office.port}", "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
        "X-Seabridge-Token": office.desk.dashboard_tokens.issue() if token is None else token, **headers,
    }  # fmt: skip
    body = json.dumps({"id": made}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{office.port}/v1/dashboard/export", body, given)
    with urllib.request.urlopen(request, timeout=10) as answer:
        content = answer.read()
        assert answer.headers["Content-Length"] == str(len(content))
        return content


def refused(office: Office, made: str, token: str | None = None, **headers: str) -> int:
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetch(office, made, token, **headers)
    caught.value.close()
    return caught.value.code


def texts(content: bytes) -> list[str]:
    return [row["text"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("kind", "begins"), [("html", b"<!do"), ("csv", b"\xef\xbb\xbft"), ("xlsx", b"PK\x03\x04"), ("jsonl", b'{"fo')]
)
def test_a_conversation_becomes_a_file_of_each_kind(office: Office, kind: str, begins: bytes) -> None:
    state = exported(office, format=kind, thread_id=1)
    assert (state["state"], state["messages"], state["problem"]) == ("done", 2, None)
    content = fetch(office, state["id"])
    assert (content[:4], len(content)) == (begins, state["size"])
    assert state["name"].startswith("seabridge-conversation-Maria-20")
    assert state["name"].endswith(f".{kind}")


@pytest.mark.usefixtures("archive")
def test_a_pdf_is_printed_and_where_nothing_can_the_way_by_html_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer, "print_pdf", lambda html, footer: f"%PDF {'maria@example.com' in html}".encode())
    monkeypatch.setattr(fonts, "unprinted", lambda page: ("thai",) * ("maria@example.com" in page))
    state = exported(office, format="pdf", thread_id=1)
    assert fetch(office, state["id"]) == b"%PDF True"
    assert list(state["boxes"]) == ["thai"], "what the file shows as boxes is told beside it"
    assert exported(office, format="html", thread_id=1)["boxes"] == (), "a browser elsewhere has its own fonts"

    def missing(*_: object, **__: object) -> bytes:
        raise printer.PrinterMissing

    monkeypatch.setattr(printer, "print_pdf", missing)
    state = exported(office, format="pdf", thread_id=1)
    assert (state["state"], state["problem"]["key"]) == ("failed", "dash_export_problem_no_browser")


@pytest.mark.usefixtures("archive")
def test_a_search_becomes_what_it_finds_and_its_operators_count(office: Office) -> None:
    found = texts(fetch(office, exported(office, format="csv", query="from:buyer colour")["id"]))
    assert found == ["'=1+1 colour?"]
    assert exported(office, format="csv", query="after:soon")["problem"]["key"] == "error_search_date"
    assert exported(office, format="csv", query="elephants")["problem"]["key"] == "dash_export_problem_nothing"


@pytest.mark.usefixtures("archive")
def test_a_masked_file_tells_nobody_s_name_also_not_by_what_was_searched(office: Office) -> None:
    state = exported(office, format="html", query="buyer:Maria", masked=True)
    content = fetch(office, state["id"]).decode()
    assert state["messages"] == 2
    assert [word for word in ("Maria", "maria@example.com") if word in content + state["name"]] == []


@pytest.mark.usefixtures("archive")
def test_a_file_is_handed_over_once_and_to_the_dashboard_s_own_page_only(office: Office) -> None:
    made = exported(office, format="csv", thread_id=1)["id"]
    assert refused(office, made, token="guessed") == 403
    assert refused(office, made, **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert refused(office, made, Origin="https://shop.example") == 403
    assert refused(office, made, **{"Content-Type": "text/plain"}) == 415
    assert refused(office, "guessed") == 404
    assert fetch(office, made)
    assert refused(office, made) == 404
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"http://127.0.0.1:{office.port}/v1/dashboard/export", timeout=5)
    caught.value.close()
    assert caught.value.code in (404, 405)


@pytest.mark.usefixtures("archive")
def test_what_is_not_asked_clearly_is_refused(office: Office) -> None:
    for params in ({}, {"thread_id": 1, "query": "refund"}, {"query": "  "}):
        with pytest.raises(SeabridgeError) as caught:
            exported(office, format="csv", **params)
        assert caught.value.code is ErrorCode.BAD_PARAMS
    with pytest.raises(SeabridgeError) as caught:
        exported(office, format="csv", thread_id=99)
    assert caught.value.code is ErrorCode.NOT_FOUND


@pytest.mark.usefixtures("archive")
def test_too_many_messages_leave_nothing_behind(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(making.MOST, "xlsx", 1)
    gathered: list[str] = []
    create = _writer.create_temporary_file
    monkeypatch.setattr(_writer, "create_temporary_file", lambda: gathered.append(create()) or gathered[-1])
    found = Archive.open(tmp_path / "archive.db", tmp_path / "files", read_only=True)

    def some() -> Iterator[Any]:
        yield found.transcript(1)
        raise making.Refused("too_many", limit=1)

    with pytest.raises(making.Refused):
        making.write("xlsx", some(), _setting(), lambda _: None, io.BytesIO(), masked=False)
    found.close()
    state = exported(office, format="xlsx", thread_id=1)
    assert (state["problem"]["key"], state["problem"]["data"]) == ("dash_export_problem_too_many", {"limit": 1})
    assert gathered
    assert [name for name in gathered if Path(name).exists()] == []


def _setting() -> Any:
    from datetime import UTC

    from companion.conversations.exports.html_page import Setting

    return Setting(locale="en", zone=UTC, zone_name="UTC", made_at=0.0)


def ended(job: ExportJob) -> ExportState:
    until(lambda: job.state().state != "running")
    return job.state()


def test_a_file_that_grows_too_large_is_given_up() -> None:
    job = ExportJob(most=1024 * 1024)
    job.start("a.csv", lambda out, _: out.writelines(b"x" * 1024 for _ in range(2000)))
    state = ended(job)
    assert state.problem is not None
    assert (state.state, state.problem.key, state.problem.data) == (
        "failed", "dash_export_problem_too_large", {"limit": 1},
    )  # fmt: skip


def test_one_at_a_time_and_a_stopped_one_is_thrown_away() -> None:
    job, go_on, files = ExportJob(), threading.Event(), []

    def work(out: IO[bytes], told: Callable[[int], None]) -> None:
        files.append(out)
        told(7)
        assert go_on.wait(10)
        out.write(b"late")

    job.start("a.csv", work)
    until(lambda: job.state().messages == 7)
    with pytest.raises(SeabridgeError) as caught:
        job.start("b.csv", work)
    assert caught.value.code is ErrorCode.BUSY
    stopped = job.cancel()
    go_on.set()
    until(lambda: files[0].closed)
    with pytest.raises(SeabridgeError):
        job.take(stopped.id)
    assert (stopped.state, job.state().state, job.state().size) == ("cancelled", "cancelled", 0)


def test_a_file_nobody_fetches_is_forgotten() -> None:
    job = ExportJob(kept_s=0.05)
    job.start("a.csv", lambda out, _: out.write(b"x") and None)
    made = ended(job).id

    def gone() -> bool:
        return job.state().size == 0

    until(gone)
    with pytest.raises(SeabridgeError) as caught:
        job.take(made)
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_a_full_disk_says_so() -> None:
    def full(_out: IO[bytes], _told: Callable[[int], None]) -> None:
        raise OSError(28, "No space left on device")

    job = ExportJob()
    job.start("a.csv", full)
    problem = ended(job).problem
    assert problem is not None
    assert problem.key == "error_storage_full"


@pytest.mark.parametrize(
    ("about", "named"),
    [
        ("Ana López", "seabridge-conversation-Ana López-2026-09-03.csv"),
        ('../../etc/pass:"wd\u202egpj', "seabridge-conversation-etc pass wd gpj-2026-09-03.csv"),
        ("买家\n小明" + "长" * 200, "seabridge-conversation-买家 小明" + "长" * 35 + "-2026-09-03.csv"),
        (" .. ", "seabridge-conversation-2026-09-03.csv"),
    ],
)
def test_the_name_of_a_file_is_safe_whatever_the_buyer_is_called(about: str, named: str) -> None:
    assert file_name(FileAsked(format="csv", locale="en", thread_id=1), about, "2026-09-03") == named
    masked = FileAsked(format="csv", locale="en", thread_id=1, masked=True)
    assert file_name(masked, about, "2026-09-03") == "seabridge-conversation-2026-09-03.csv"


@pytest.mark.e2e
@pytest.mark.usefixtures("archive")
def test_a_seller_saves_what_a_search_found_and_one_conversation(browser: Browser, office: Office) -> None:
    page = enter(browser, office, locale="en-US", accept_downloads=True)
    page.click('nav a[href="#search"]')
    expect(page.get_by_role("button", name="Export")).to_be_hidden()
    page.fill("#query", "colour")
    expect(page.locator(".threads li")).to_have_count(1)
    # the list of all has one line, too; the button stands there once there is something found
    expect(page.get_by_role("button", name="Export")).to_be_visible()
    page.get_by_role("button", name="Export").press("Enter")
    with page.expect_download() as download:
        page.locator('[data-format="csv"]').press("Enter")
    expect(page.locator('[data-format="csv"]')).to_be_focused()
    assert texts(download.value.path().read_bytes()) == ["'=1+1 colour?"]
    assert download.value.suggested_filename.startswith("seabridge-search-colour-")
    page.locator(".threads a").click()
    # the search has such a button too, and stands there until the conversation is read
    page.locator(".talk-head").get_by_role("button", name="Export").click()
    page.get_by_label("Mask personal data").check()
    with page.expect_download() as download:
        page.click('[data-format="jsonl"]')
    saved = download.value.path().read_text("utf-8")
    assert (json.loads(saved.splitlines()[0])["masked"], "maria@example.com" in saved) == (True, False)
    expect(page.locator(".toast")).to_contain_text("Exported: seabridge-conversation-20")
    leave(page)
