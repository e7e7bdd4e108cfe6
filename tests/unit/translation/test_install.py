"""From the index to an installed package."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.languages import InstallProgress
from companion.translation.packages.download import Task
from companion.translation.packages.index import PackageIndex, Snapshot, index_address
from companion.translation.packages.install import Installer, plan
from companion.translation.packages.metadata import Metadata, argos_package, read
from companion.translation.packages.store import PackageStore

from .stands import Stand, archive, metadata, serve_index


def _installer(root: Path, stand: Stand) -> Installer:
    installer = Installer(PackageStore(root), PackageIndex(root, stand.url + "/index.json"))
    installer.sleep = lambda _seconds: None
    return installer


def _install(installer: Installer, source: str = "es", target: str = "en") -> list[str]:
    return [p.folder for p in installer.install(source, target, lambda _p: None, lambda: False)]


def _fails(installer: Installer, source: str = "es", target: str = "en", root: Path | None = None) -> SeabridgeError:
    with pytest.raises(SeabridgeError) as caught:
        _install(installer, source, target)
    left = [
        path.name for path in (root or installer.store.root).iterdir() if not path.name.startswith((".index", ".argos"))
    ]
    assert left == [], "nothing half may stay"
    return caught.value


def test_install_takes_index_package_and_record(stand: Stand, tmp_path: Path) -> None:
    serve_index(stand, ("es", "en"))
    installer = _installer(tmp_path, stand)
    seen: list[InstallProgress] = []
    (package,) = installer.install("es", "en", seen.append, lambda: False)
    assert (package.source, package.target, package.version, package.checksum) == ("es", "en", "1.9", "unverified")
    assert package.usable
    assert package.size > 0
    stages = [progress.stage for progress in seen]
    assert [stage for i, stage in enumerate(stages) if stages[i - 1 : i] != [stage]] == [
        "index",
        "download",
        "check",
        "unpack",
    ]
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["translate-es_en-1_9"]


def test_what_is_installed_is_known_without_the_library(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_index(stand, ("es", "en"))
    _install(_installer(tmp_path, stand))
    monkeypatch.setitem(sys.modules, "argostranslate", None)
    monkeypatch.setitem(sys.modules, "argostranslate.package", None)
    assert [p.source for p in PackageStore(tmp_path).installed()] == ["es"]
    with pytest.raises(SeabridgeError) as caught:
        argos_package(tmp_path)
    assert caught.value.code == ErrorCode.ENGINE_MISSING


def test_the_way_goes_through_english(stand: Stand, tmp_path: Path) -> None:
    serve_index(stand, ("es", "en"), ("en", "zh"), ("zh", "en"))
    installer = _installer(tmp_path, stand)
    assert _install(installer, "es", "zh") == ["translate-es_en-1_9", "translate-en_zh-1_9"]
    assert _install(installer, "es", "zh") == []


def test_a_published_digest_is_checked(stand: Stand, tmp_path: Path) -> None:
    data = archive()
    stand.files["/translate-es_en-1_9.argosmodel"] = data
    serve_index(stand, ("es", "en"), sha256=hashlib.sha256(data).hexdigest().upper())
    installer = _installer(tmp_path, stand)
    assert installer.install("es", "en", lambda _p: None, lambda: False)[0].checksum == "verified"


def test_a_wrong_digest_stops_the_install(stand: Stand, tmp_path: Path) -> None:
    serve_index(stand, ("es", "en"), sha256="0" * 64)
    assert _fails(_installer(tmp_path, stand)).code == ErrorCode.PACKAGE_DAMAGED


def test_a_digest_beside_the_file_is_believed(stand: Stand, tmp_path: Path) -> None:
    serve_index(stand, ("es", "en"))
    name = "/translate-es_en-1_9.argosmodel"
    stand.files[name + ".sha256"] = (hashlib.sha256(stand.files[name]).hexdigest() + "  x.argosmodel\n").encode()
    installer = _installer(tmp_path / "a", stand)
    assert installer.install("es", "en", lambda _p: None, lambda: False)[0].checksum == "verified"
    stand.files[name + ".sha256"] = b"f" * 64
    assert _fails(_installer(tmp_path / "b", stand)).code == ErrorCode.PACKAGE_DAMAGED


def test_a_package_for_another_pair_is_damage(stand: Stand, tmp_path: Path) -> None:
    stand.files["/translate-es_en-1_9.argosmodel"] = archive("fr", "en")
    serve_index(stand, ("es", "en"))
    assert _fails(_installer(tmp_path, stand)).code == ErrorCode.PACKAGE_DAMAGED


def test_a_package_nobody_offers_is_named(stand: Stand, tmp_path: Path) -> None:
    serve_index(stand, ("es", "en"), ("en", "zh"))
    error = _fails(_installer(tmp_path, stand), "vi", "zh")
    assert error.code == ErrorCode.PACKAGE_UNKNOWN
    assert error.data == {"source": "vi", "target": "en"}


def test_a_missing_file_and_an_unreachable_index(stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serve_index(stand, ("es", "en"))
    del stand.files["/translate-es_en-1_9.argosmodel"]
    assert _fails(_installer(tmp_path / "a", stand)).code == ErrorCode.DOWNLOAD_FAILED
    closed = Installer(PackageStore(tmp_path / "b"), PackageIndex(tmp_path / "b", "http://127.0.0.1:1/index.json"))
    waited: list[float] = []
    monkeypatch.setattr("companion.translation.packages.kept.Task", partial(Task, sleep=waited.append))
    error = _fails(closed, root=tmp_path / "b")
    assert error.code == ErrorCode.OFFLINE
    assert error.retryable
    assert sum(waited) == 7.0, "three more tries, after 1, 2 and 4 s"


@pytest.mark.parametrize("at", ["index", "download", "unpack"])
def test_cancel_leaves_nothing_half(stand: Stand, tmp_path: Path, at: str) -> None:
    stand.files["/translate-es_en-1_9.argosmodel"] = archive(model__model_dot_bin=os.urandom(500_000))
    serve_index(stand, ("es", "en"))
    installer = _installer(tmp_path, stand)
    reached: list[str] = []
    with pytest.raises(SeabridgeError) as caught:
        installer.install("es", "en", lambda p: reached.append(p.stage), lambda: at in reached)
    assert caught.value.code == ErrorCode.CANCELLED
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith((".index", ".argos"))] == []
    assert _install(installer) == ["translate-es_en-1_9"]


def test_a_broken_download_keeps_what_arrived_for_the_next_try(stand: Stand, tmp_path: Path) -> None:
    data = archive(model__model_dot_bin=os.urandom(400_000))
    stand.files["/translate-es_en-1_9.argosmodel"] = data
    serve_index(stand, ("es", "en"))
    installer = _installer(tmp_path, stand)
    installer.index.refresh()
    stand.cut = [150_000, 0, 0, 0]
    with pytest.raises(SeabridgeError) as caught:
        _install(installer)
    assert caught.value.code == ErrorCode.DOWNLOAD_FAILED
    stand.asked.clear()
    assert _install(installer) == ["translate-es_en-1_9"]
    assert stand.asked[0][1] == "bytes=150000-"


def test_a_newer_version_replaces_the_older(stand: Stand, tmp_path: Path) -> None:
    old = tmp_path / "old.argosmodel"
    old.write_bytes(archive(version="1.0"))
    installer = _installer(tmp_path / "p", stand)
    installer.install_file(old)
    new = tmp_path / "new.argosmodel"
    new.write_bytes(archive(version="1.10"))
    installer.install_file(new)
    assert [(p.version, p.folder) for p in installer.store.installed()] == [("1.10", "translate-es_en-1_10")]
    assert [path.name for path in (tmp_path / "p").iterdir() if not path.name.startswith(".argos")] == [
        "translate-es_en-1_10"
    ]
    assert installer.store.remove("es", "en")
    assert not installer.store.remove("es", "en")


def test_a_local_file_with_a_wrong_digest_beside_it_is_refused(stand: Stand, tmp_path: Path) -> None:
    place = tmp_path / "x.argosmodel"
    place.write_bytes(archive())
    (tmp_path / "x.argosmodel.sha256").write_text("0" * 64)
    installer = _installer(tmp_path / "p", stand)
    with pytest.raises(SeabridgeError) as caught:
        installer.install_file(place)
    assert caught.value.code == ErrorCode.PACKAGE_DAMAGED
    with pytest.raises(SeabridgeError) as caught:
        installer.install_file(tmp_path / "absent.argosmodel")
    assert caught.value.code == ErrorCode.NOT_FOUND


def test_a_crash_while_installing_is_swept_up(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / ".new-abc" / "model").mkdir(parents=True)
    (tmp_path / ".old-translate-es_en-1_9").mkdir()
    serve_index(stand, ("es", "en"))
    _install(_installer(tmp_path, stand))
    assert not list(tmp_path.glob(".new-*"))
    assert not list(tmp_path.glob(".old-*"))


def test_two_installs_at_once_do_the_work_once(stand: Stand, tmp_path: Path) -> None:
    serve_index(stand, ("es", "en"))
    installer = _installer(tmp_path, stand)
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append(_install(installer))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(map(len, results)) == [0, 0, 0, 1]
    assert sum(path.endswith(".argosmodel") for path, _range in stand.asked) == 1


# -- the index ---------------------------------------------------------------------------------------------------


def test_the_index_is_kept_with_its_date_and_survives_going_offline(stand: Stand, tmp_path: Path) -> None:
    serve_index(stand, ("es", "en"))
    index = PackageIndex(tmp_path, stand.url + "/index.json", clock=lambda: 1234.5)
    assert index.snapshot() == Snapshot(0.0, "", ())
    assert index.refresh().at == 1234.5
    stand.files.clear()
    later = PackageIndex(tmp_path, stand.url + "/index.json")
    gone = later.refresh()
    assert (gone.at, gone.error) == (1234.5, "download_failed")
    assert gone.find("es", "en")


@pytest.mark.parametrize("body", [b"<html>", b'{"a": 1}', b"\xff\xfe", b"[" * 100_000])
def test_a_broken_index_does_not_replace_a_good_one(stand: Stand, tmp_path: Path, body: bytes) -> None:
    serve_index(stand, ("es", "en"))
    index = PackageIndex(tmp_path, stand.url + "/index.json")
    index.refresh()
    stand.files["/index.json"] = body
    snapshot = index.refresh()
    assert snapshot.error == "download_failed"
    assert snapshot.find("es", "en")


def test_strange_entries_are_left_out(stand: Stand, tmp_path: Path) -> None:
    good = metadata("es", "en") | {"links": ["ipfs://x", "a.argosmodel", 7]}
    strange = [
        None,
        5,
        {},
        metadata("../x", "en"),
        metadata("es", "en", type="sbd"),
        metadata("es", "en", version="../9"),
    ]
    stand.files["/index.json"] = json.dumps([*strange, good, metadata("es", "en", version="1.10")]).encode()
    index = PackageIndex(tmp_path, stand.url + "/index.json")
    snapshot = index.refresh()
    assert snapshot.error == ""
    assert len(snapshot.packages) == 2
    assert snapshot.packages[0].links == (stand.url + "/a.argosmodel",)
    found = snapshot.find("es", "en")
    assert found
    assert found.version == "1.10"


def test_another_mirror_does_not_see_the_old_mirrors_index(stand: Stand, tmp_path: Path) -> None:
    serve_index(stand, ("es", "en"))
    PackageIndex(tmp_path, stand.url + "/index.json").refresh()
    assert PackageIndex(tmp_path, "https://example.com/index.json").snapshot().packages == ()


def test_setting_before_environment_before_official(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SEABRIDGE_ARGOS_INDEX", raising=False)
    assert index_address().startswith("https://raw.githubusercontent.com/argosopentech/")
    monkeypatch.setenv("SEABRIDGE_ARGOS_INDEX", str(tmp_path / "index.json"))
    assert index_address() == (tmp_path / "index.json").as_uri()
    assert index_address("https://example.com/i.json") == "https://example.com/i.json"


def test_importing_argostranslate_leaves_the_home_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys, os; from pathlib import Path\n"
        "from companion.translation.packages.metadata import argos_package\n"
        "argos_package(Path(sys.argv[1]))\n"
        "assert 'XDG_DATA_HOME' not in os.environ and 'ARGOS_PACKAGES_DIR' not in os.environ\n"
    )
    home = tmp_path / "home"
    home.mkdir()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ARGOS_"))}
    env |= {"HOME": str(home), "USERPROFILE": str(home)}
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "p")], env=env, cwd=root, check=True, timeout=60)
    assert list(home.iterdir()) == []


# -- the plan, pure ----------------------------------------------------------------------------------------------


def _entry(source: str, target: str) -> Metadata:
    return Metadata(source, target, source, target, "1.0", "")


def test_plan_prefers_direct_then_english_and_skips_what_is_there() -> None:
    offered = Snapshot(1.0, "", (_entry("es", "en"), _entry("en", "zh"), _entry("es", "pt"), _entry("en", "pb")))
    pairs = lambda *args: [(m.source, m.target) for m in plan(*args)]  # noqa: E731
    assert pairs("es", "pt", offered, set()) == [("es", "pt")]
    assert pairs("es", "zh", offered, set()) == [("es", "en"), ("en", "zh")]
    assert pairs("es", "zh", offered, {("es", "en")}) == [("en", "zh")]
    assert pairs("es", "zh", offered, {("es", "en"), ("en", "zh")}) == []
    assert pairs("en", "pt", offered, set()) == [("en", "pb")]
    for source, target in (("zh", "en"), ("vi", "zh"), ("es", "vi")):
        with pytest.raises(SeabridgeError):
            plan(source, target, offered, set())


def test_metadata_of_other_packages_is_no_translation(tmp_path: Path) -> None:
    assert read({"type": "sbd", "from_codes": ["en"]}, tmp_path) is None
    assert read({"from_code": "en"}, tmp_path) is None
    found = read(metadata("en", "pb", target_prefix="__pt__"), tmp_path)
    assert found
    assert found.target_prefix == "__pt__"
    assert found.folder == "translate-en_pb-1_9"
