"""Whenever the computer stops while rules are installed, the old version counts or the new one, whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from companion.compliance.feed.container import Sound, opened
from companion.compliance.feed.kept import MOST_KEPT, Kept, Ref
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime import atomic

from .making import NOON, OTHER_KEY, OTHER_PRINT, PRINT, feed, rule


def sound(version: int, key: bytes | None = None) -> Sound:
    content = rule(version=version)
    given = {} if key is None else {"key": key}
    return opened(feed({"compliance/made/cure.yml": content}, version=version, **given))


def counts(folder: Path) -> int:
    """The version that counts, whose files are all there."""
    current = Kept(folder).current()
    if current is None:
        return 0
    version = current.manifest.version
    assert (current.folder / "compliance/made/cure.yml").read_text("utf-8") == rule(version=version)
    return version


def test_nothing_counts_before_anything_was_installed(tmp_path: Path) -> None:
    assert Kept(tmp_path / "none").current() is None
    assert Kept(tmp_path / "none").versions(PRINT) == []


STEPS = len(list(Kept(Path("unused"))._contents(sound(1)))) + 2


def test_the_steps_are_those_that_are_stopped_at(tmp_path: Path) -> None:
    assert len(list(Kept(tmp_path).installing(sound(1), NOON))) == STEPS


@pytest.mark.parametrize("stop", range(STEPS + 1))
@pytest.mark.parametrize("first", [True, False])
def test_a_stop_at_any_step_leaves_the_old_version_or_the_new(tmp_path: Path, stop: int, first: bool) -> None:
    old = 0 if first else 1
    if old:
        Kept(tmp_path).install(sound(1), NOON)
    steps = Kept(tmp_path).installing(sound(2), NOON)
    for _ in range(stop):
        next(steps)
    steps.close()  # what follows the step never happens
    assert counts(tmp_path) == (2 if stop == STEPS else old)
    Kept(tmp_path).install(sound(2), NOON)
    assert counts(tmp_path) == 2
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"in-force.json", f"{PRINT[:16]}-2", *([f"{PRINT[:16]}-1"] if old else [])}, "remains are cleared"


def test_all_of_a_version_is_on_the_disk_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    rename, flush, replace = Path.rename, os.fsync, atomic._replace
    monkeypatch.setattr(Path, "rename", lambda *given: (happened.append("named"), rename(*given))[1])
    monkeypatch.setattr(os, "fsync", lambda handle: (happened.append("flushed"), flush(handle))[1])
    monkeypatch.setattr(atomic, "_replace", lambda *given: (happened.append("counts"), replace(*given))[1])
    Kept(tmp_path).install(sound(1), NOON)
    named, counted = happened.index("named"), happened.index("counts")
    folders = 3 if os.name != "nt" else 0  # of the version, and the two in it
    assert happened[:named] == ["flushed"] * (3 + folders)
    assert named < counted
    assert "flushed" in happened[named:counted]


def test_a_full_disk_leaves_the_old_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Kept(tmp_path).install(sound(1), NOON)
    for name in ("fsync", "replace"):
        with monkeypatch.context() as patched:

            def full(*_: object, **__: object) -> None:
                raise OSError(errno.ENOSPC, "no space")

            patched.setattr(atomic.os, "fsync", full)
            if name == "replace":
                patched.setattr(atomic, "_replace", full)
            with pytest.raises(SeabridgeError) as caught:
                Kept(tmp_path).install(sound(2), NOON)
        assert caught.value.code is ErrorCode.STORAGE_FULL
        assert counts(tmp_path) == 1


def test_the_newest_versions_stay_and_one_can_go_back_to_them(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for version in range(1, 7):
        kept.install(sound(version), NOON + version)
    assert [one.manifest.version for one in kept.versions(PRINT)] == [6, 5, 4]
    assert len(kept.versions(PRINT)) == MOST_KEPT
    kept.go_to(Ref(PRINT, 4), NOON)
    assert counts(tmp_path) == 4
    assert kept.pointer().before == Ref(PRINT, 6)
    assert kept.pointer().highest == {PRINT: 6}
    with pytest.raises(SeabridgeError) as caught:
        kept.go_to(Ref(PRINT, 3), NOON)
    assert caught.value.code is ErrorCode.FEED_NOT_KEPT
    kept.install(sound(7), NOON)
    assert [one.manifest.version for one in kept.versions(PRINT)] == [7, 6, 4], "what counted before stays"


def test_versions_of_another_feed_make_room(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for version in (1, 2):
        kept.install(sound(version), NOON)
    kept.install(sound(1, OTHER_KEY), NOON)
    assert [one.manifest.version for one in kept.versions(OTHER_PRINT)] == [1]
    assert [one.manifest.version for one in kept.versions(PRINT)] == [2], "the one before, for the list of changes"
    assert kept.pointer().highest == {PRINT: 2, OTHER_PRINT: 1}


@pytest.mark.parametrize("spoil", ["in-force.json", f"{PRINT[:16]}-1/feed.json"])
def test_what_was_damaged_since_leaves_the_shipped_rules(tmp_path: Path, spoil: str) -> None:
    Kept(tmp_path).install(sound(1), NOON)
    (tmp_path / spoil).write_bytes(b"\0" * 9)
    assert counts(tmp_path) == 0
    Kept(tmp_path).install(sound(1), NOON)
    assert counts(tmp_path) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_reads_the_folder(tmp_path: Path) -> None:
    Kept(tmp_path / "feed").install(sound(1), NOON)
    assert (tmp_path / "feed").stat().st_mode & 0o077 == 0
