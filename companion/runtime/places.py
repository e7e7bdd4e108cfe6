"""Whether a folder is one that a database can trust: not synced to a cloud, not on another computer.

A sync program copies a database in the middle of a write and brings old halves back; a network folder's locks and
flushes do not hold what SQLite is promised (sqlite.org/howtocorrupt.html, sections 2.1 and 3.1).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal

Place = Literal["ordinary", "cloud", "network"]

#: Folders of sync programs by name. A name may go on ("OneDrive - Acme GmbH", "Dropbox (Personal)").
_CLOUD = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "icloud drive", "iclouddrive",
    "mobile documents", "cloudstorage", "nextcloud", "owncloud", "syncthing", "nutstore", "坚果云", "百度网盘",
    "百度云同步盘", "baidunetdisk", "baidusyncdisk", "wps云盘", "wpsdrive", "腾讯微云", "阿里云盘", "aliyundrive",
)  # fmt: skip
_GOES_ON = re.compile(r"[ ._(\-]")
#: Environment variables in which Windows names the folders of OneDrive, wherever they were moved to.
_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
#: File systems whose files lie on another computer.
_NETWORK = frozenset(
    ("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "afs",
     "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs")
)  # fmt: skip
_CLOUD_SYSTEMS = frozenset(("fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.insync", "fuse.pcloud"))
_DRIVE_REMOTE = 4


def place_of(path: Path) -> Place:
    """What kind of place a folder is. Asks the system; where it does not answer, the name decides."""
    resolved = path.expanduser().resolve()
    if sys.platform == "win32":
        remote = is_unc(str(resolved)) or _remote_drive(resolved)
        return judge(resolved, os.environ, remote=remote, system="")
    return judge(resolved, os.environ, remote=False, system=system_of(resolved, _mounts()))


def judge(path: PurePath, environment: Mapping[str, str], *, remote: bool, system: str) -> Place:
    """Decide by the names on the path, the folders OneDrive is in, and the file system it lies on. Pure."""
    if system in _CLOUD_SYSTEMS or any(_is_cloud(part) for part in path.parts):
        return "cloud"
    synced = [type(path)(environment[name]) for name in _ONEDRIVE if environment.get(name)]
    if any(folder == path or folder in path.parents for folder in synced):
        return "cloud"
    return "network" if remote or system in _NETWORK else "ordinary"


def is_unc(path: str) -> bool:
    r"""Whether a Windows path names another computer (``\\server\share``)."""
    local = ("\\\\?\\", "\\\\.\\")
    return path.upper().startswith("\\\\?\\UNC\\") or (path.startswith("\\\\") and not path.startswith(local))


def system_of(path: PurePath, mounts: Sequence[tuple[str, str]]) -> str:
    """The file system of a path among (mount point, system), the innermost one, "" = none fits. Pure."""
    best, system = -1, ""
    for point, kind in mounts:
        place = PurePosixPath(point)
        if (place == path or place in path.parents) and len(place.parts) >= best:
            best, system = len(place.parts), kind
    return system


def linux_mounts(listing: str) -> list[tuple[str, str]]:
    """``/proc/mounts``; spaces in a mount point are written as octal. Pure."""
    found = []
    for line in listing.splitlines():
        fields = line.split(" ")
        if len(fields) >= 3:
            found.append((re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1]), fields[2]))
    return found


def mac_mounts(listing: str) -> list[tuple[str, str]]:
    """What ``mount`` prints on macOS: ``//me@nas/shop on /Volumes/shop (smbfs, nodev)``. Pure."""
    found = []
    for line in listing.splitlines():
        match = re.fullmatch(r".*? on (/.*) \((\w+)[,)].*", line)
        if match:
            found.append((match[1], match[2]))
    return found


def _is_cloud(name: str) -> bool:
    low = name.casefold()
    return any(low == one or (low.startswith(one) and _GOES_ON.match(low[len(one) :])) for one in _CLOUD)


def _mounts() -> list[tuple[str, str]]:
    try:
        if sys.platform == "darwin":
            told = subprocess.run(["/sbin/mount"], check=False, capture_output=True, text=True, timeout=5)
            return mac_mounts(told.stdout)
        return linux_mounts(Path("/proc/mounts").read_text("utf-8", "replace"))
    except (OSError, subprocess.SubprocessError):
        return []


def _remote_drive(path: Path) -> bool:
    import ctypes

    windll = getattr(ctypes, "windll", None)
    return windll is not None and windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE
