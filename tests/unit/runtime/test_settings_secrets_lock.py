"""Settings, secrets and the lock of the data folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.desk import Settings, SettingsSetParams
from companion.runtime.documents import Documents
from companion.runtime.lock import DataLock
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets
from companion.runtime.settings import SettingsStore


def test_settings_change_only_what_is_named_and_tell(tmp_path: Path) -> None:
    store = SettingsStore(Documents(tmp_path / "d.json"))
    told: list[Settings] = []
    store.subscribe(told.append)
    assert store.get() == Settings()
    store.set(SettingsSetParams(locale="en", guard_sending=False))
    store.set(SettingsSetParams(seller_language="ja"))
    expected = Settings(locale="en", guard_sending=False, seller_language="ja")
    assert store.get() == told[-1] == expected


def test_settings_that_two_people_change_are_both_kept(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "d.json")
    mine, yours = SettingsStore(documents), SettingsStore(documents)
    mine.set(SettingsSetParams(tone="warm"))
    assert yours.set(SettingsSetParams(locale="en")) == mine.get() == Settings(tone="warm", locale="en")


def test_settings_of_a_newer_version_do_not_stop_an_older_one(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "d.json")
    documents.put("settings", "seller", {"locale": "en", "from_the_future": 1})
    assert SettingsStore(documents).get().locale == "en"


def test_damaged_settings_are_said(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "d.json")
    documents.put("settings", "seller", {"locale": 7})
    with pytest.raises(SeabridgeError) as caught:
        SettingsStore(documents).get()
    assert caught.value.code is ErrorCode.STORAGE_CORRUPT


@pytest.fixture
def file_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Secrets:
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    return Secrets(Paths(tmp_path))


def test_secrets_in_a_file_are_private_and_survive(file_secrets: Secrets, tmp_path: Path) -> None:
    assert file_secrets.get("pairing.a") is None
    file_secrets.set("pairing.a", b"\x00\xff key")
    assert file_secrets.where == "file"
    assert Secrets(Paths(tmp_path)).get("pairing.a") == b"\x00\xff key"
    if os.name != "nt":
        assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    file_secrets.delete("pairing.a")
    file_secrets.delete("pairing.a")
    assert file_secrets.get("pairing.a") is None


def test_the_lock_keeps_a_second_process_out_and_frees_itself_when_killed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from companion.runtime.lock import DataLock; from companion.runtime.paths import Paths\n"
        f"lock = DataLock(Paths(Path({str(tmp_path)!r})))\n"
        "lock.__enter__(); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held" + os.linesep.encode()
        with pytest.raises(SeabridgeError) as caught, DataLock(Paths(tmp_path)):
            pass
        assert caught.value.code is ErrorCode.ALREADY_RUNNING
    finally:
        holder.kill()
        holder.communicate()
    with DataLock(Paths(tmp_path)):
        pass


def test_a_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("companion.runtime.lock.FileLock.acquire", refuse)
    with pytest.raises(SeabridgeError) as caught, DataLock(Paths(tmp_path)):
        pass
    assert caught.value.code is ErrorCode.STORAGE_READ_ONLY
    assert caught.value.data == {"path": str(tmp_path)}


def test_paths_follow_the_environment_and_keep_practice_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path))
    assert Paths.default().root == tmp_path
    practice = Paths.default(practice=True)
    assert practice.root == tmp_path / "practice"
    assert practice.practice
