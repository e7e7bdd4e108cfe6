"""What a companion does unasked: nothing that is broken keeps the rest from being done."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from companion import housekeeping
from companion.housekeeping import Housekeeping


class House:
    """Rooms whose archive cannot be opened and whose feed cannot be asked; with colleagues, if there is a ``team``."""

    def __init__(self, team: Any = None) -> None:
        self.done: list[str] = []
        self.team = team
        self.keeper = self.feed = self.closings = self
        self.translator = self.book = self

    @property
    def archive(self) -> Any:
        self.done.append("archive")
        raise OSError("disk")

    def catch_up(self) -> None:
        self.done.append("erasures")

    def rules(self) -> None:
        self.done.append("rules")

    def counted(self, marketplace: str) -> None:
        self.done.append("closings")

    def languages(self) -> None:
        self.done.append("phrasebook")

    def unload_idle(self, seconds: float) -> None:
        self.done.append("models")

    def backup_if_due(self) -> None:
        self.done.append("backup")

    def older_imports(self) -> Any:
        return SimpleNamespace(done=False, turn=lambda: self.done.append("languages"))

    def sweep_if_due(self) -> None:
        self.done.append("retention")

    def check_if_due(self) -> None:
        self.done.append("feed")
        raise OSError("network")


class Colleagues:
    """Another seat does every job now."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def alone(self, job: str, work: Callable[[], object]) -> None:
        self.asked.append(job)


def jobs_of(keeping: Housekeeping) -> dict[str, Callable[[], object]]:
    return {name: work for name, _, work in keeping._schedule._jobs}


def test_what_cannot_be_opened_keeps_nothing_else_from_being_done() -> None:
    house = House()
    keeping = Housekeeping(house)  # type: ignore[arg-type]
    try:
        keeping.warm()
        assert house.done == ["archive", "erasures", "rules", "closings", "phrasebook", "feed"]
        assert keeping._schedule._scheduler is not None, "the clock runs all the same"
        house.done.clear()
        for name, work in jobs_of(keeping).items():
            if name != "rules feed":
                work()
        assert house.done == ["models", "backup", "retention", "languages"]
    finally:
        keeping.stop()


def test_backup_and_retention_are_one_seats_at_a_time_models_and_rules_are_everybodys() -> None:
    team = Colleagues()
    house = House(team)
    keeping = Housekeeping(house)  # type: ignore[arg-type]
    try:
        keeping.warm()
        house.done.clear()
        jobs = jobs_of(keeping)
        for name in ("daily backup", "retention", "languages of imports", "unload idle models"):
            jobs[name]()
        with pytest.raises(OSError, match="network"):
            jobs["rules feed"]()
        assert team.asked == ["backup", "retention", "languages of imports"]
        assert house.done == ["models", "feed"]
    finally:
        keeping.stop()


def test_a_companion_that_ends_at_once_opens_nothing_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "WARM_AFTER_S", 0)
    house = House()
    keeping = Housekeeping(house)  # type: ignore[arg-type]
    keeping.stop()
    keeping.start()
    keeping._warming.join(10)
    assert house.done == []
