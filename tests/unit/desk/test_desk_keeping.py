"""Backups at a click, and what the command line asks the running companion to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from companion.backup.keeper import Overview
from companion.backup.plan import Changes, Plan
from companion.desk import control
from companion.protocol.errors import ErrorCode, SeabridgeError

from .fakes import Office, open_office, until


class FakeKeeper:
    def __init__(self) -> None:
        self.go, self.made, self.trouble = threading.Event(), 0, None
        self.done: list[Any] = []

    def overview(self) -> Overview:
        return Overview("/usb", True, True, False, self.made, 1.79e9 if self.made else 0.0, 5_000_000 * self.made)

    def backup(self) -> None:
        self.go.wait(10)
        if self.trouble:
            raise self.trouble
        self.made += 1

    def change(self, changes: Changes, passphrase: str | None = None) -> Plan:
        self.done.append((changes, passphrase))
        return Plan(daily=False)

    def erase(self, thread_ids: Sequence[int], even_held: bool, buyer: str = "") -> int:
        self.done.append((list(thread_ids), even_held, buyer))
        return 3

    def sweep(self) -> int:
        return 2


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path)
    office.room.keeper = FakeKeeper()
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
        office.room.keeper = FakeKeeper()
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


@pytest.mark.parametrize("method", ["keeping.erase", "keeping.change", "keeping.sweep"])
def test_the_dashboard_cannot_erase(office: Office, method: str) -> None:
    body = control.parse(f'{{"method": "{method}", "params": {{"threads": [1], "changes": {{}}}}}}'.encode())
    with pytest.raises(SeabridgeError) as caught:
        control.perform(office.desk, body, control.SHARED, control.WIRE, "dashboard")
    assert caught.value.code is ErrorCode.UNKNOWN_METHOD
