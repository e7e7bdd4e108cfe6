"""What no font of a computer shows is known by script, and nothing is said where nothing can be known."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace
from typing import Any

import pytest

from companion.locales import text
from companion.runtime import fonts

#: A font with Latin and Cyrillic, and one with Han.
CHARSETS = "20-7e a0-17f 400-45f 2010-2027 2713\n4e00-9fff 3000-303f\n"


@pytest.mark.parametrize(
    ("written", "scripts"),
    [
        ("plain, ñ – “q” 退款 ёлка ✓ 。", ()),
        ("สวัสดี", ("thai",)),
        ("ok 🥰 مرحبا สวัสดี", ("arabic", "thai", "emoji")),
        ("a\u200d\ufe0f\u00a0\u202e b", ()),
        ("한국어 です", ("korean", "japanese")),
        ("ქართული", ("other",)),
        ("𠮷", ("chinese",)),
    ],
)
def test_scripts_that_stay_boxes_are_named(written: str, scripts: tuple[str, ...]) -> None:
    assert fonts.lacking(written, CHARSETS) == scripts


def test_a_charset_that_is_none_covers_nothing() -> None:
    assert fonts.lacking("é", "x-y \n-\n\n") == ("other",)


def test_fontconfig_is_asked_on_linux_only_and_its_silence_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/fc-list")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=CHARSETS.encode()))
    assert fonts.unprinted("สวัสดี 退款") == ("thai",)

    def fails(*_: Any, **__: Any) -> None:
        raise subprocess.TimeoutExpired("fc-list", 20)

    monkeypatch.setattr(subprocess, "run", fails)
    assert fonts.unprinted("สวัสดี") == ()
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert fonts.unprinted("สวัสดี") == ()
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("shutil.which", lambda _: pytest.fail("Windows has no fontconfig"))
    assert fonts.unprinted("สวัสดี") == ()


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_every_script_has_a_name_for_people(locale: str) -> None:
    every = "я ש ا ह অ அ ท ລ မ ក 한 ん 中 🥰 ქ"
    found = fonts.lacking(every, "20-7e\n")
    assert len(found) == len(every.split())
    assert all(text(f"dash_script_{each}", locale) for each in found)
