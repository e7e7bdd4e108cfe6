"""Backups at a click, and what the command line asks the running companion to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion.backup.checking import Report
from companion.backup.choosing import Choice
from companion.backup.container import Progress
from companion.backup.keeper import Overview
from companion.backup.looking import Copies, Found, Listed, PutAside, Settings
from companion.backup.plan import Changes, Last, Plan
from companion.conversations.erasing import Holding
from companion.desk import control, dashboard
from companion.protocol.errors import ErrorCode, SeabridgeError

from .fakes import Office, open_office, until

HELD = Holding(3, "tiktok", "7490001", "Ben", 4, 3, 1, 0, 1.70e9, 1.71e9, held=True)


class FakeLooking:
    """A shop with one backup, and nothing decided yet."""

    def __init__(self, keeper: FakeKeeper) -> None:
        self.keeper = keeper

    def settings(self) -> Settings:
        return Settings(self.keeper.plan, "/usb", self.keeper.secret != "", False, Last(at=1.79e9))

    def folder(self, typed: str) -> Choice:
        known = {
            "/usb": Choice("/usb", "", "ordinary", False, False),
            "/net": Choice("/net", "", "network", False, True),
        }
        return known.get(typed, Choice(typed, "missing", "ordinary", False, False))

    def backups(self) -> list[Listed]:
        return [Listed("seabridge-0123abcd-20260903-072000.zip", 1.7884e9, 5_000_000, False, True)]

    def copies(self) -> Copies:
        return Copies({"/usb": 1}, ["/gone"], [PutAside("/home/before-restore-1", 1.78e9, 9_000_000)])

    def due(self, months: int) -> list[Holding]:
        return [HELD] * 30 if months else []

    def of_buyer(self, name: str) -> Found:
        return Found([HELD], [], 2) if name == "Ben" else Found([], ["Anabel"], 0)

    def prove(self, name: str, passphrase: str | None, progress: Progress) -> Report:
        progress("pictures", 3, 8)
        self.keeper.go.wait(30)
        if self.keeper.trouble:
            raise self.keeper.trouble
        return Report(Path(name), made_at=1.79e9, threads=2, messages=40, attachments=8, missing=["aa"])


class FakeKeeper:
    def __init__(self) -> None:
        self.plan, self.secret = Plan(), ""
        self.go, self.made, self.trouble = threading.Event(), 0, None
        self.elsewhere = 0
        self.away: tuple[str, ...] = ()
        self.done: list[Any] = []

    @property
    def look(self) -> FakeLooking:
        return FakeLooking(self)

    def overview(self) -> Overview:
        at = 1.79e9 if self.made else 0.0
        others = (self.elsewhere, 1.78e9, "D:\\copies") if self.elsewhere else (0, 0.0, "")
        return Overview("/usb", True, True, False, self.made, at, 5_000_000 * self.made, *others, self.away)

    def backup(self) -> None:
        self.go.wait(30)
        if self.trouble:
            raise self.trouble
        self.made += 1

    def change(self, changes: Changes, passphrase: str | None = None) -> Plan:
        self.done.append((changes, passphrase))
        self.secret = self.secret if passphrase is None else passphrase
        named = {name: getattr(changes, name) for name in changes.__struct_fields__}
        self.plan = msgspec.structs.replace(self.plan, **{k: v for k, v in named.items() if v is not None})
        return self.plan

    def erase(self, thread_ids: Sequence[int], even_held: bool, buyer: str = "") -> int:
        self.done.append((list(thread_ids), even_held, buyer))
        return 3

    def sweep(self) -> int:
        return 2


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path)
    office.room.open_keeper = FakeKeeper
    yield office
    office.running.stop()


def ask(office: Office, method: str, params: str = "{}") -> Any:
    body = control.parse(f'{{"method": "{method}", "params": {params}}}'.encode())
    return control.perform(office.desk, body, control.CONTROL, control.WIRE, "control")


def test_one_at_a_time_and_watched(office: Office) -> None:
    keeper = office.room.keeper
    assert isinstance(keeper, FakeKeeper)
    assert (ask(office, "backup.state").state, ask(office, "backup.state").count) == ("idle", 0)
    assert ask(office, "backup.start").state == "running"
    with pytest.raises(SeabridgeError) as caught:
        ask(office, "backup.start")
    assert caught.value.code is ErrorCode.BUSY
    keeper.go.set()
    until(lambda: ask(office, "backup.state").state == "done")
    assert ask(office, "backup.state").count == 1


def test_what_went_wrong_is_told(office: Office) -> None:
    keeper = office.room.keeper
    assert isinstance(keeper, FakeKeeper)
    keeper.go.set()
    keeper.trouble = SeabridgeError(ErrorCode.BACKUP_FAILED, path="/usb", problem="unplugged")
    ask(office, "backup.start")
    until(lambda: ask(office, "backup.state").state == "failed")
    assert ask(office, "backup.state").error == {
        "code": "backup_failed", "retryable": False, "data": {"path": "/usb", "problem": "unplugged"},
    }  # fmt: skip
    keeper.trouble = None
    ask(office, "backup.start")
    until(lambda: ask(office, "backup.state").state == "done")
    assert ask(office, "backup.state").error is None


def test_the_practice_shop_makes_none(tmp_path: Path) -> None:
    office = open_office(tmp_path, practice=True)
    try:
        office.room.open_keeper = FakeKeeper
        assert ask(office, "backup.state") is None
    finally:
        office.running.stop()


def test_what_the_command_line_asks(office: Office) -> None:
    keeper = office.room.keeper
    assert isinstance(keeper, FakeKeeper)
    assert ask(office, "keeping.change", '{"changes": {"daily": false}, "passphrase": "x"}') == Plan(daily=False)
    assert ask(office, "keeping.erase", '{"threads": [1, 2], "buyer": "Ana"}').count == 3
    assert ask(office, "keeping.sweep").count == 2
    assert keeper.done == [(Changes(daily=False), "x"), ([1, 2], False, "Ana")]
    for bad in ('{"changes": {"months": 9999}}', '{"changes": {"nonsense": 1}}', '{"changes": 5}'):
        with pytest.raises(SeabridgeError) as caught:
            ask(office, "keeping.change", bad)
        assert caught.value.code is ErrorCode.BAD_PARAMS


@pytest.mark.parametrize("method", ["keeping.erase", "keeping.change", "keeping.sweep", "backup.prove"])
def test_a_dashboard_that_nobody_opened_can_do_nothing(office: Office, method: str) -> None:
    keeper = office.room.keeper
    assert isinstance(keeper, FakeKeeper)
    for token in (None, "", "guessed"):
        with pytest.raises(SeabridgeError) as caught:
            dashboard.call(office.desk, token, f'{{"method": "{method}", "params": {{}}}}'.encode())
        assert caught.value.code is ErrorCode.TICKET_INVALID
    assert keeper.done == []


def test_a_backup_is_tried_and_watched(office: Office) -> None:
    keeper = office.room.keeper
    assert isinstance(keeper, FakeKeeper)
    assert ask(office, "backup.proof").state == "idle"
    ask(office, "backup.prove", '{"name": "seabridge-1.zip"}')
    until(lambda: ask(office, "backup.proof").stage == "pictures")
    told = ask(office, "backup.proof")
    assert (told.name, told.done, told.total, told.proof) == ("seabridge-1.zip", 3, 8, None)
    with pytest.raises(SeabridgeError) as caught:
        ask(office, "backup.prove", '{"name": "other.zip"}')
    assert caught.value.code is ErrorCode.BUSY
    keeper.go.set()
    until(lambda: ask(office, "backup.proof").state == "done")
    proof = ask(office, "backup.proof").proof
    assert (proof.sound, proof.messages, proof.missing) == (False, 40, 1)
    keeper.trouble = SeabridgeError(ErrorCode.BACKUP_PASSPHRASE)
    ask(office, "backup.prove", '{"name": "seabridge-1.sealed", "passphrase": "wrong"}')
    until(lambda: ask(office, "backup.proof").state == "failed")
    assert ask(office, "backup.proof").error["code"] == "backup_passphrase"
    assert ask(office, "backup.proof").proof is None


def test_what_is_shown_before_anything_is_changed(office: Office) -> None:
    told = ask(office, "keeping.due", '{"months": 12}')
    assert (told.count, len(told.threads)) == (30, 20), "the first of them are enough"
    assert ask(office, "keeping.find", '{"buyer": "Ana"}').alike == ["Anabel"]
    # all of it crosses the wire
    for method in ("keeping.settings", "keeping.copies", "backup.list"):
        msgspec.json.encode(ask(office, method))
    for method, bad in (("keeping.due", '{"months": -1}'), ("keeping.find", '{"buyer": ""}')):
        with pytest.raises(SeabridgeError) as caught:
            ask(office, method, bad)
        assert caught.value.code is ErrorCode.BAD_PARAMS
