"""Opening somebody else's ZIP: nothing outside its folder, no links, nothing endless."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from typing import IO

_ILLEGAL = re.compile(r"[\x00-\x1f\\:*?\"<>|]")
_CHUNK = 1 << 20


class Unsafe(ValueError):
    """A ZIP that no honest program makes."""


def members(
    bundle: zipfile.ZipFile, *, most_files: int, most_bytes: int
) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """Files and folders with their paths, each inside the folder it is unpacked to. Raises Unsafe."""
    found = [(_checked(info), info) for info in bundle.infolist()]
    if len(found) > most_files or sum(info.file_size for _path, info in found) > most_bytes:
        raise Unsafe("too many files or bytes")
    seen: set[str] = set()
    for path, info in found:
        # two names that are one file on Windows and macOS
        name = path.as_posix().casefold()
        if not info.is_dir() and name in seen:
            raise Unsafe(f"{name!r} twice")
        seen.add(name)
    return found


def copy(bundle: zipfile.ZipFile, info: zipfile.ZipInfo, out: IO[bytes], most_bytes: int) -> int:
    """Copy one member, counting what really comes out: the size in the header may lie. Raises Unsafe."""
    written = 0
    with bundle.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            written += len(chunk)
            if written > most_bytes or written > info.file_size:
                raise Unsafe(f"{info.filename} grows beyond its bounds")
            out.write(chunk)
    return written


def _checked(info: zipfile.ZipInfo) -> PurePosixPath:
    # The name as stored: zipfile itself cuts at NUL and turns backslashes on Windows.
    name = info.orig_filename
    path = PurePosixPath(name)
    if _ILLEGAL.search(name) or path.is_absolute() or ".." in path.parts or not path.parts:
        raise Unsafe(f"path {name!r}")
    kind = info.external_attr >> 28
    if kind not in (0, 0o4, 0o10):  # unset, directory, regular file; anything else is a link or a device
        raise Unsafe(f"{name!r} is no plain file")
    if info.flag_bits & 1:
        raise Unsafe(f"{name!r} is encrypted")
    return path
