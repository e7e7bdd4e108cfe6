"""Opens a package archive as a stranger's: nothing outside its folder, nothing unexpected, nothing endless."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from companion.protocol import ErrorCode, SeabridgeError

from .disk import disk_error

MAX_FILES = 2_000
MAX_BYTES = 1_500_000_000
#: int8 weights hardly compress (1.1); text vocabularies reach about 5. A bomb is far above.
MAX_RATIO = 60
#: Files our runner reads; sentence models of other tools inside the package (stanza, spacy, minisbd) are left out.
_WANTED = re.compile(r"^(metadata\.json|README\.md|sentencepiece\.model|bpe\.model|model/[A-Za-z0-9_.-]+)$")
_ILLEGAL = re.compile(r"[\x00-\x1f\\:*?\"<>|]")


def _unsafe(detail: str) -> SeabridgeError:
    return SeabridgeError(ErrorCode.PACKAGE_UNSAFE, detail)


def _checked(info: zipfile.ZipInfo) -> PurePosixPath:
    """The member's path; raises when it could leave its folder or is no plain file or folder."""
    # The name as stored: zipfile itself cuts at NUL and turns backslashes on Windows.
    name = info.orig_filename
    path = PurePosixPath(name)
    if _ILLEGAL.search(name) or path.is_absolute() or ".." in path.parts or not path.parts:
        raise _unsafe(f"path {name!r}")
    kind = info.external_attr >> 28
    if kind not in (0, 0o4, 0o10):  # unset, directory, regular file; anything else is a link or a device
        raise _unsafe(f"{name!r} is no plain file")
    if info.flag_bits & 1:
        raise _unsafe(f"{name!r} is encrypted")
    return path


def unpack(archive: Path, into: Path) -> Path:
    """Unpack the wanted files of an ``.argosmodel`` below ``into`` and return ``into``.

    Raises SeabridgeError ``package_unsafe`` or ``package_damaged``; the caller removes ``into`` then.
    """
    try:
        with zipfile.ZipFile(archive) as bundle:
            members = [(_checked(info), info) for info in bundle.infolist()]
            if len(members) > MAX_FILES or sum(info.file_size for _path, info in members) > MAX_BYTES:
                raise _unsafe("too many files or bytes")
            roots = {path.parts[0] for path, _info in members}
            if len(roots) != 1:
                raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"{len(roots)} folders at the top")
            seen: set[str] = set()
            budget = min(MAX_BYTES, MAX_RATIO * max(1, archive.stat().st_size))
            for path, info in members:
                inner = PurePosixPath(*path.parts[1:]).as_posix()
                if info.is_dir() or not _WANTED.match(inner):
                    continue
                if inner.casefold() in seen:
                    raise _unsafe(f"{inner} twice")
                seen.add(inner.casefold())
                budget -= _copy(bundle, info, into / inner, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError) as exc:
        raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, str(exc)) from exc
    except OSError as exc:
        raise disk_error(exc, into) from exc
    for needed in ("metadata.json", "model/model.bin"):
        if not (into / needed).is_file():
            raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"{needed} is missing")
    if not (into / "sentencepiece.model").is_file():
        if (into / "bpe.model").is_file():
            raise SeabridgeError(ErrorCode.PACKAGE_UNSUPPORTED, "tokenizer is BPE, not sentencepiece")
        raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, "no tokenizer")
    return into


def _copy(bundle: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path, budget: int) -> int:
    """Copy one member, counting what really comes out: the size in the header may lie."""
    place.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with bundle.open(info) as stream, place.open("wb") as out:
        while chunk := stream.read(1 << 20):
            written += len(chunk)
            if written > budget or written > info.file_size:
                raise _unsafe(f"{info.filename} grows beyond its bounds")
            out.write(chunk)
    return written
