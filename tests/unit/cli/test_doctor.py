"""The doctor tells what is wrong and how to mend it, in both locales, and never dies itself."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from companion import cli, doctor, doctor_engines
from companion.locales import LOCALES, catalogue
from companion.protocol.methods.desk import Check
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets
from companion.translation.setup import EngineSetup


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    return Paths.default()


def test_every_check_has_sentences_in_every_locale(paths: Paths) -> None:
    checks = doctor.examine(paths)
    assert {c.id for c in checks} >= {"data_folder", "archive", "rules"}
    for check in checks:
        assert check.id != "check", check.data
        for locale in LOCALES:
            finding, mend = doctor.sentences(check, locale)
            assert "{" not in finding + mend, "every placeholder is filled"
            assert finding


def test_what_must_be_mended_says_how() -> None:
    texts = catalogue()
    for key in texts:
        parts = key.removeprefix("doctor_").rsplit("_", 1)  # check, state
        if key.startswith("doctor_") and parts[-1] in ("fail", "warn") and parts[0] != "summary":
            assert {f"doctor_{parts[0]}_mend", f"doctor_{parts[0]}_{parts[-1]}_mend"} & texts.keys(), key


@pytest.mark.parametrize("locale", LOCALES)
def test_advice_names_the_setup_script_only_where_it_is(
    paths: Paths, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_engines, "find_spec", lambda name: None)

    def advice() -> str:
        return "".join(part for check in doctor.examine(paths) for part in doctor.sentences(check, locale))

    assert "scripts/run.py" in advice()
    monkeypatch.setattr(doctor_engines, "source_checkout", lambda: False)
    assert "run.py" not in advice()
    assert 'pip install "seabridge[offline]"' in advice()


def test_engines_tell_what_works_and_where_texts_go(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor_engines.remote_engines(paths).state == "off"
    setup = EngineSetup(Documents(paths.ready().documents), Secrets(paths))
    setup.save("deepseek", {})
    keyless = doctor_engines.remote_engines(paths)
    assert (keyless.state, keyless.data) == ("warn", {"names": "deepseek"})
    setup.save("deepseek", {}, "k-1")
    assert doctor_engines.remote_engines(paths).data == {"names": "deepseek (api.deepseek.com)"}
    setup.save("lan", {"kind": "libretranslate", "base_url": "http://192.168.1.20:5000"})
    plain = doctor_engines.remote_engines(paths)
    assert (plain.id, plain.state, plain.data["plain"]) == ("remote_plain", "warn", "lan")
    assert "lan (192.168.1.20)" in doctor.sentences(plain, "en")[0]
    assert doctor_engines.bergamot(paths).id in ("bergamot", "bergamot_models")
    monkeypatch.setattr(doctor_engines, "find_spec", lambda name: None)
    without = doctor_engines.bergamot(paths)
    assert (without.id, without.state) == ("bergamot", "off"), "its absence breaks nothing"


def test_an_archive_that_has_not_begun_needs_no_mending(paths: Paths) -> None:
    empty = doctor.archive(paths)
    assert empty.state == "off"
    assert doctor.sentences(empty, "en")[1] == ""
    ours = Check(id="archive_team", state="off", data={"where": "postgresql://db/shop"})
    assert doctor.sentences(ours, "en")[1] == ""
    damaged = Check(id="archive", state="fail", data={"problem": "x"})
    assert "archive.db" in doctor.sentences(damaged, "en")[1]


def test_who_has_no_team_is_told_so_in_one_line(paths: Paths) -> None:
    assert [check.id for check in doctor.examine(paths) if check.id.startswith("team")] == ["team"]


def test_a_broken_check_does_not_stop_the_others(paths: Paths) -> None:
    def breaks(_: Paths) -> Check:
        raise ZeroDivisionError("oh")

    found = doctor.examine(paths, (breaks, doctor.data_folder))
    assert [c.state for c in found] == ["fail", "ok"]
    assert "ZeroDivisionError" in found[0].data["problem"]


def test_a_damaged_archive_is_found_and_left_alone(paths: Paths) -> None:
    paths.ready().archive.write_bytes(b"SQLite format 3\x00 but then rubbish" * 200)
    before = paths.archive.read_bytes()
    check = doctor.archive(paths)
    assert check.state == "fail"
    assert paths.archive.read_bytes() == before


def test_damaged_documents_are_told_now_and_later(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    paths.ready().documents.write_bytes(b"{bad")
    cli.main(["search", "x"])
    assert paths.documents.read_bytes() == b"{bad", "a command that only reads leaves it alone"
    assert doctor.pairing(paths).id == "documents"
    later = doctor.pairing(paths)
    assert (later.id, later.state) == ("documents", "warn")
    assert Path(later.data["path"]).read_bytes() == b"{bad"


def test_no_check_breaks_on_damaged_files(paths: Paths) -> None:
    paths.ready().documents.write_bytes(b"{bad")
    paths.archive.write_bytes(b"rubbish" * 2000)
    found = {check.id: check.state for check in doctor.examine(paths)}
    assert "check" not in found
    assert (found["archive"], found["documents"]) == ("fail", "fail")


def test_damaged_secrets_are_told_and_kept_and_replaced(paths: Paths) -> None:
    secrets = Secrets(paths.ready())
    secrets.set("a", b"1")
    assert doctor.secrets(paths).state == "ok"
    paths.secrets.write_bytes(b"{bad")
    assert doctor.secrets(paths).id == "secrets_damaged"
    assert secrets.get("a") is None
    secrets.set("a", b"2")
    assert secrets.get("a") == b"2"
    assert [p.read_bytes() for p in paths.root.glob("secrets.json.damaged-*")] == [b"{bad"]


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_keys_that_others_can_read_are_told(paths: Paths) -> None:
    Secrets(paths.ready()).set("a", b"1")
    paths.secrets.chmod(0o644)
    assert doctor.secrets(paths).id == "secrets_open"


def test_a_companion_that_fails_is_not_told_to_start(paths: Paths) -> None:
    failing = Check(id="companion", state="fail", data={"problem": "storage_corrupt"})
    assert "seabridge stop" in doctor.sentences(failing, "en")[1]


def test_a_folder_that_cannot_be_written_is_found(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert doctor.data_folder(Paths(blocked / "home")).state == "fail"


def test_a_cloud_folder_is_warned_about(tmp_path: Path) -> None:
    assert doctor.data_folder(Paths(tmp_path / "OneDrive" / "Seabridge")).id == "data_cloud"


def test_the_command_prints_json_and_its_status_tells_scripts(
    paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status = cli.main(["doctor", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert status == (0 if told["ok"] else 1)
    assert all({"id", "state", "text", "mend"} <= row.keys() for row in told["checks"])


def test_the_command_speaks_the_systems_language(
    paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    cli.main(["doctor"])
    assert "海桥体检" in capsys.readouterr().out


def test_the_doctor_looks_at_backups(paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion.backup import health, whereabouts
    from companion.backup.plan import Changes, PlanStore
    from companion.conversations import Archive
    from companion.protocol.methods.archive import MessageSeenParams
    from companion.protocol.values import SeenMessage, ThreadRef

    assert (doctor.backup(paths).id, doctor.backup(paths).state) == ("backup_daily", "ok"), (
        "there is nothing to back up"
    )
    archive = Archive.open(paths.ready().archive, paths.files)
    ref = ThreadRef(marketplace="ozon", shop="1", region="ru", thread="t", buyer="Ivan")
    rows = [SeenMessage(direction="buyer", text="hello")]
    archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=1.0))
    archive.close()
    now = time.time()
    seen = {}

    def look(days: float) -> tuple[str, str]:
        with monkeypatch.context() as clock:
            clock.setattr(health.time, "time", lambda: now + days * 86_400)
            check = doctor.backup(paths)
        seen[check.id] = [doctor.sentences(check, locale) for locale in LOCALES]
        return check.id, check.state

    assert look(0) == ("backup_first", "ok")
    assert (doctor.daily_backup(paths).id, doctor.daily_backup(paths).state) == ("backup_daily", "ok")
    assert look(9) == ("backup_none", "warn")
    plans = PlanStore(Documents(paths.documents))
    plans.change(Changes(folder=str(tmp_path)))
    (tmp_path / "seabridge-00000000-20260101-000000.zip").write_bytes(b"")
    assert look(0) == ("backup_old", "warn")
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / f"seabridge-00000000-{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}.zip").write_bytes(b"")
    whereabouts.remember(paths, tmp_path / "usb")
    assert look(1) == ("backup", "ok"), "one made by hand elsewhere counts"
    assert str(tmp_path / "usb") in seen["backup"][0][0]
    plans.note(now, "storage_full")
    assert look(0) == ("backup_problem", "warn")
    assert doctor.daily_backup(paths).id == "backup_problem"
    plans.note(now, "")
    plans.change(Changes(daily=False))
    assert look(0) == ("backup", "off")
    assert not [text for texts in seen.values() for pair in texts for text in pair if "{" in text]
