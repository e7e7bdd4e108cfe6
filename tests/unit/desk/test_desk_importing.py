"""Files of messages dropped on the dashboard: looked at, explained, taken in, stopped and taken up again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from companion.conversations import Archive
from companion.conversations.imports import importing
from companion.conversations.imports.asked import Given, ImportReport
from companion.desk.import_job import ImportJob
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.pages import Marketplace

from .fakes import Office, until
from .test_desk_bulk_check import ask
from .test_desk_catalogue import hand_over
from .test_desk_dashboard_page import browser, enter, leave

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]

TABLE = (
    "When,Words,Who,buyer,platform\n"
    "2026-09-01T10:00:00Z,<b>Where</b> is it?,buyer,Ana,ebay\n"
    "2026-09-01T11:00:00Z,On its way.,seller,Ana,ebay\n"
    "2026-09-01T12:00:00Z,,seller,Ana,ebay\n"
)
CHOSEN = {"When": "time", "Words": "text", "Who": "direction"}


@pytest.fixture
def archive(office: Office, tmp_path: Path) -> Iterator[Archive]:
    """A real one at the desk, with nothing in it."""
    kept = Archive.open(tmp_path / "archive.db", tmp_path / "files")
    office.room._archive = kept
    yield kept
    kept.close()


def through(office: Office) -> Any:
    until(lambda: ask(office, "import.state")["state"] not in ("looking", "importing"))
    return ask(office, "import.state")


def look(office: Office, content: str, name: str = "old.csv", **said: Any) -> Any:
    sha256 = hand_over(office, content.encode(), office.desk.dashboard_tokens.issue())
    ask(office, "import.look", sha256=sha256, name=name, **said)
    return through(office)


def fields(state: Any) -> dict[str, str]:
    return {column["header"]: column["field"] for column in state["columns"]}


def test_a_table_is_looked_at_its_columns_chosen_and_only_then_kept(office: Office, archive: Archive) -> None:
    state = look(office, TABLE)
    assert (state["state"], state["problem"]["key"]) == ("failed", "error_messages_columns")
    assert fields(state) == {"When": "", "Words": "", "Who": "", "buyer": "buyer", "platform": "marketplace"}
    ask(office, "import.look", columns=CHOSEN)
    state = through(office)
    report = state["report"]
    assert (state["state"], report["new"], report["known"], report["left_out"]) == ("looked", 2, 0, 1)
    assert fields(state)["Words"] == "text"
    assert [(one["direction"], one["text"]) for one in report["samples"]] == [
        ("buyer", "<b>Where</b> is it?"), ("seller", "On its way."),
    ]  # fmt: skip
    assert archive.counts() == (0, 0)
    ask(office, "import.start", columns=CHOSEN)
    state = through(office)
    assert (state["state"], state["report"]["new"], state["held"]) == ("done", 2, False)
    assert archive.counts() == (1, 2)


def test_a_second_import_knows_everything(office: Office, archive: Archive) -> None:
    for new in (2, 0):
        assert look(office, TABLE, columns=CHOSEN)["report"]["new"] == new
        ask(office, "import.start", columns=CHOSEN)
        assert through(office)["report"]["new"] == new
    assert archive.counts() == (1, 2)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("old.doc", "x", "error_messages_format"),
        ("old.csv", "time,text,direction,buyer\n2026-09-01T10:00Z,Hi,buyer,Ana\n", "error_messages_shop"),
        ("old.csv", "time,text,direction,buyer,platform\n03/09,Hi,buyer,Ana,ebay\n", "error_messages_cell"),
        ("page.html", "<p>nothing</p>", "error_messages_page"),
        ("old.xlsx", "PK no workbook", "error_messages_format"),
        ("out.jsonl", '{"format":"seabridge-conversations","version":1,"made_at":1,"masked":true}\n',
         "error_messages_masked"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_says_why_and_the_file_can_be_looked_at_again(
    office: Office, name: str, content: str, key: str
) -> None:
    state = look(office, content, name)
    assert (state["state"], state["problem"]["key"], state["held"]) == ("failed", key, True)
    assert (state["columns"] == []) is not name.endswith(".csv")


@pytest.mark.usefixtures("archive")
def test_what_the_seller_says_counts_where_the_file_does_not(office: Office, archive: Archive) -> None:
    content = "time,text,direction,buyer\n2026-09-01 10:00,Hi,Shop Team,Ana\n"
    state = look(office, content, marketplace="ebay", shop="s1", sellers=["shop team"], zone="Asia/Shanghai")
    assert [one["direction"] for one in state["report"]["samples"]] == ["seller"]
    assert state["report"]["first"] == 1788228000.0
    ask(office, "import.start", marketplace="ebay", shop="s1", sellers=["shop team"], zone="Asia/Shanghai")
    through(office)
    told = archive.transcript(1)
    assert (told.marketplace, told.shop) == ("ebay", "s1")


@pytest.mark.usefixtures("archive")
def test_an_upload_is_read_once_and_without_a_file_there_is_nothing_to_do(office: Office) -> None:
    for method, params in (("import.start", {}), ("import.look", {}), ("import.look", {"sha256": "0" * 64})):
        with pytest.raises(SeabridgeError) as caught:
            ask(office, method, **params)
        assert caught.value.code is ErrorCode.NOT_FOUND
    look(office, TABLE)
    assert ask(office, "import.forget")["held"] is False
    with pytest.raises(SeabridgeError):
        ask(office, "import.look")


def test_a_stopped_import_keeps_what_it_has_and_the_same_again_takes_the_rest(
    office: Office, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_TOGETHER", 1)
    rows = "".join(f"2026-09-01T10:00:00Z,Hello {i},buyer,Buyer {i},ebay\n" for i in range(4))
    content = f"time,text,direction,buyer,marketplace\n{rows}"
    look(office, content)
    entered, go_on = threading.Event(), threading.Event()
    enter_all = importing._enter

    def slow(*given: Any, **more: Any) -> Any:
        entered.set()
        assert go_on.wait(10)
        return enter_all(*given, **more)

    monkeypatch.setattr(importing, "_enter", slow)
    ask(office, "import.start")
    assert entered.wait(20)
    with pytest.raises(SeabridgeError) as caught:
        ask(office, "import.look")
    assert caught.value.code is ErrorCode.BUSY
    ask(office, "import.cancel")
    go_on.set()
    state = through(office)
    assert (state["state"], state["report"]["new"], state["held"], state["total"]) == ("stopped", 1, True, 4)
    assert archive.counts() == (1, 1)
    ask(office, "import.start")
    state = through(office)
    assert (state["state"], state["report"]["new"], state["report"]["known"]) == ("done", 3, 1)
    assert archive.counts() == (4, 4)


def test_a_look_that_is_stopped_leaves_the_file_to_be_looked_at_again(office: Office, archive: Archive) -> None:
    look(office, TABLE)
    give = archive.imports.take_given

    def stopped(*given: Any) -> ImportReport:
        ask(office, "import.cancel")
        return give(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive.imports, "take_given", stopped)
        ask(office, "import.look", columns=CHOSEN)
        state = through(office)
    assert (state["state"], state["held"], state["report"]["new"]) == ("stopped", True, 0)
    ask(office, "import.look", columns=CHOSEN)
    assert through(office)["report"]["new"] == 2


def test_a_fault_of_the_disk_is_told_and_the_file_is_held() -> None:
    def full(_given: Given, _watch: Callable[[int, int], bool]) -> ImportReport:
        raise OSError(28, "No space left on device")

    job = ImportJob()
    job.hold(Given("a.csv", b"", 0.0))
    job.start(full, lambda _: [])
    until(lambda: job.state().state == "failed")
    problem = job.state().problem
    assert problem is not None
    assert (problem.key, job.state().held) == ("error_storage_full", True)


@pytest.mark.e2e
def test_a_seller_drops_a_table_chooses_its_columns_and_imports_it(
    browser: Browser, office: Office, archive: Archive
) -> None:
    office.rules.marketplaces = [Marketplace(name="ebay", title="eBay", hosts=[], pages=[])]
    page = enter(browser, office, locale="en-US")
    page.click('nav a[href="#search"]')
    page.click('a[href="#import"]')
    content = TABLE.replace(",platform", "").replace(",ebay", "")
    given: Any = {"name": "old.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.set_input_files(".bulk input[type=file]", given)
    expect(page.locator(".outcome-line")).to_contain_text("Choose them below")
    for header, field in CHOSEN.items():
        column = page.get_by_label(header, exact=True)
        column.focus()
        column.select_option(field)
        expect(column).to_be_focused()
    expect(page.locator(".outcome-line")).to_contain_text("does not say which marketplace")
    page.get_by_label("Marketplace", exact=True).first.select_option("ebay")
    expect(page.locator(".tally")).to_contain_text("New: 2. Known: 0.")
    expect(page.locator(".samples li")).to_have_count(2)
    expect(page.locator(".samples li").first).to_contain_text("<b>Where</b> is it?")
    assert archive.counts() == (0, 0)
    page.get_by_role("button", name="Import new messages: 2").press("Enter")
    expect(page.locator(".outcome-line")).to_contain_text("Imported.")
    expect(page.locator(".importing h2")).to_be_focused()
    assert archive.counts() == (1, 2)
    page.click(".back")
    expect(page.locator(".threads li")).to_have_count(1)
    leave(page)


@pytest.mark.e2e
def test_a_seller_sees_what_a_file_may_say_and_chooses(browser: Browser, office: Office, archive: Archive) -> None:
    office.rules.marketplaces = [Marketplace(name="ebay", title="eBay", hosts=[], pages=[])]
    page = enter(browser, office, locale="en-US")
    page.click('nav a[href="#search"]')
    page.click('a[href="#import"]')
    content = "time,buyer,direction,text,platform\n2026-09-01,Ana,buyer,Muñoz,ebay\n".encode("cp1252")
    given: Any = {"name": "old.csv", "mimeType": "text/csv", "buffer": content}
    page.set_input_files(".bulk input[type=file]", given)
    expect(page.locator(".outcome-line")).to_contain_text("It may be cp1252: “Muñoz,ebay”; cp1250: “Muńoz,ebay”")
    encoding = page.get_by_label("Encoding of the file")
    expect(encoding).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    encoding.select_option("cp1252")
    expect(page.locator(".samples li")).to_contain_text("Muñoz")
    assert archive.counts() == (0, 0)
    leave(page)
