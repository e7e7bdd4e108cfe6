"""Finding a browser, and time zones by their names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.runtime.browsers import installed
from companion.runtime.zones import ZoneUnknown, zone_name, zone_named


@pytest.fixture
def program(tmp_path: Path) -> Path:
    made = tmp_path / "some-chromium"
    made.write_text("#!/bin/sh\n", "utf-8")
    made.chmod(0o755)
    return made


def test_a_browser_is_found_by_its_name_and_by_its_place(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEABRIDGE_CHROMIUM", raising=False)
    assert installed(["no-such-browser", "/nowhere/browser"]) == ""
    assert installed(["no-such-browser", str(program)]) == str(program)
    monkeypatch.setenv("SOME_FOLDER", str(program.parent))
    assert installed(["$SOME_FOLDER/some-chromium"]) == str(program)


def test_the_chosen_one_comes_first_if_it_is_there(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEABRIDGE_CHROMIUM", str(program))
    assert installed([]) == str(program)
    monkeypatch.setenv("SEABRIDGE_CHROMIUM", "/nowhere/browser")
    assert installed([]) == ""


def test_zones_by_name() -> None:
    summer = datetime(2026, 9, 3, tzinfo=zone_named("America/New_York"))
    assert summer.utcoffset() == timedelta(hours=-4)
    assert zone_name(zone_named("America/New_York")) == "America/New_York"
    assert zone_named("utc") is UTC
    assert (zone_name(UTC), zone_name(zone_named("Etc/UTC"))) == ("UTC", "UTC")
    assert zone_named("").utcoffset(datetime(2026, 9, 3)) is not None, "this computer's"
    for wrong in ("Mars/Base", "../../etc/passwd", "x" * 300, "\0"):
        with pytest.raises(ZoneUnknown):
            zone_named(wrong)
