"""Folders in which a database may come to harm are told from ordinary ones."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from companion import doctor
from companion.runtime import places
from companion.runtime.paths import Paths
from companion.runtime.places import is_unc, judge, linux_mounts, mac_mounts, place_of, system_of

CLOUD = [
    r"C:\Users\li\OneDrive\Seabridge",
    r"C:\Users\li\OneDrive - Acme GmbH\Seabridge",
    r"D:\Dropbox (Personal)\x",
    r"C:\Users\li\坚果云\海桥",
    r"C:\Users\li\iCloudDrive\x",
    r"E:\BaiduSyncdisk\x",
]
CLOUD_POSIX = [
    "/Users/li/Library/Mobile Documents/com~apple~CloudDocs/Seabridge",
    "/Users/li/Library/CloudStorage/GoogleDrive-li@example.com/My Drive/x",
    "/home/li/Dropbox/x",
    "/home/li/Nextcloud/x",
]
ORDINARY = ["/home/li/.local/share/Seabridge", "/Users/li/Library/Application Support/Seabridge", "/srv/dropboxes/x",
            "/home/onedriver/x", "/home/li/icloudy"]  # fmt: skip


@pytest.mark.parametrize("path", CLOUD)
def test_synced_folders_on_windows(path: str) -> None:
    assert judge(PureWindowsPath(path), {}, remote=False, system="") == "cloud"


@pytest.mark.parametrize("path", CLOUD_POSIX)
def test_synced_folders(path: str) -> None:
    assert judge(PurePosixPath(path), {}, remote=False, system="ext4") == "cloud"


@pytest.mark.parametrize("path", ORDINARY)
def test_ordinary_folders(path: str) -> None:
    assert judge(PurePosixPath(path), {}, remote=False, system="ext4") == "ordinary"


def test_where_windows_says_onedrive_is() -> None:
    told = {"OneDriveCommercial": r"D:\Work", "OneDrive": ""}
    assert judge(PureWindowsPath(r"D:\Work\Seabridge"), told, remote=False, system="") == "cloud"
    assert judge(PureWindowsPath(r"D:\Workshop\Seabridge"), told, remote=False, system="") == "ordinary"


def test_other_computers() -> None:
    assert is_unc(r"\\nas\shop\data")
    assert is_unc(r"\\?\UNC\nas\shop")
    assert not is_unc(r"\\?\C:\data")
    assert not is_unc(r"C:\data")
    assert judge(PureWindowsPath(r"\\nas\shop\data"), {}, remote=True, system="") == "network"
    assert judge(PurePosixPath("/mnt/nas/x"), {}, remote=False, system="cifs") == "network"


def test_the_innermost_mount_counts() -> None:
    listing = (
        "/dev/vda / ext4 rw 0 0\nnas:/a /mnt/my\\040shop nfs4 rw 0 0\ntmpfs /mnt/my\\040shop/tmp tmpfs rw 0 0\nbad\n"
    )
    mounts = linux_mounts(listing)
    assert system_of(PurePosixPath("/mnt/my shop/data"), mounts) == "nfs4"
    assert system_of(PurePosixPath("/mnt/my shop/tmp/x"), mounts) == "tmpfs"
    assert system_of(PurePosixPath("/mnt/my shopping"), mounts) == "ext4"
    mac = mac_mounts("/dev/disk3s5 on / (apfs, local)\n//li@nas/shop on /Volumes/my shop (smbfs, nodev)\nnonsense\n")
    assert mac == [("/", "apfs"), ("/Volumes/my shop", "smbfs")]


def test_this_computers_temporary_folder_is_no_cloud(tmp_path: Path) -> None:
    assert place_of(tmp_path) in ("ordinary", "network")


@pytest.mark.parametrize("place", ["cloud", "network"])
def test_the_doctor_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(doctor, "place_of", lambda _: place)
    check = doctor.data_folder(Paths(tmp_path))
    assert (check.id, check.state) == (f"data_{place}", "warn")
    for locale in ("zh_CN", "en"):
        finding, mend = doctor.sentences(check, locale)
        assert str(tmp_path) in finding
        assert "SEABRIDGE_HOME" in mend


def test_a_system_that_does_not_answer_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_mounts", list)
    assert place_of(tmp_path) == "ordinary"
