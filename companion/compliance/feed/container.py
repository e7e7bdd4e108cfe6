"""The ZIP of a feed: looked at from outside first, its signature before anything in it is understood. Pure."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime import unzip

from . import manifest as manifests
from . import signing
from .manifest import Manifest
from .refusing import unreadable, unsafe

MANIFEST, SIGNATURE = "feed.json", "feed.sig"
#: Bytes of the file as it travels.
MOST_ZIP = 8 << 20
#: Other ways to pack take more memory than the bounds below allow for.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: All that reading a mutilated ZIP is known to raise; what is no fault of the file is not among them.
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeError,
    RuntimeError, ValueError, OverflowError, IndexError, KeyError, OSError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sound:
    """A feed whose signature is good and whose files are those its maker signed. Whose key it is, is another question.

    ``files``: path to content, without the manifest.
    """

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes
    fingerprint: str
    files: Mapping[str, bytes]


def opened(data: bytes) -> Sound:
    """The feed in these bytes.

    Raises ``feed_unreadable``, ``feed_unsafe``, ``feed_signature`` and ``feed_newer``, and nothing else.
    """
    if len(data) > MOST_ZIP:
        raise unsafe(f"{len(data) >> 20} MB, {MOST_ZIP >> 20} MB at most")
    with _reading(), zipfile.ZipFile(io.BytesIO(data)) as bundle:
        members = _members(bundle)
        raw = _content(bundle, members, MANIFEST, manifests.MOST_MANIFEST)
        signature = _content(bundle, members, SIGNATURE, signing.MOST_SIGNATURE)
        public = signing.signer(raw, signature)
        if public is None:
            raise SeabridgeError(ErrorCode.FEED_SIGNATURE, "feed.sig does not fit feed.json")
        manifest = manifests.read(raw)
        if unnamed := sorted(members.keys() - manifest.files.keys() - {MANIFEST, SIGNATURE}):
            raise unsafe(f"{unnamed[0][:100]!r} does not stand in feed.json")
        files = {path: _file(bundle, members, path, manifest) for path in manifest.files}
    return Sound(manifest, raw, signature, signing.fingerprint(public), files)


def closed(files: Mapping[str, bytes], raw: bytes, signature: bytes) -> bytes:
    """The ZIP of these files; the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path, content in ((MANIFEST, raw), (SIGNATURE, signature), *sorted(files.items())):
            info = zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
            bundle.writestr(info, content)
    return out.getvalue()


def _members(bundle: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    bound = manifests.MOST_BYTES + manifests.MOST_MANIFEST + signing.MOST_SIGNATURE
    found = unzip.members(bundle, most_files=manifests.MOST_FILES + 2, most_bytes=bound)
    for _, info in found:
        if info.compress_type not in _PACKED:
            raise unsafe(f"{info.filename[:100]!r} is packed in an unusual way")
    # by the name as it is written, so that "a//b" and "a/./b" are no other way to say "a/b"
    return {info.orig_filename: info for _, info in found}


def _content(bundle: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], path: str, most: int) -> bytes:
    if path not in members:
        raise unreadable(f"no {path}")
    out = io.BytesIO()
    unzip.copy(bundle, members[path], out, most)
    return out.getvalue()


def _file(bundle: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], path: str, manifest: Manifest) -> bytes:
    wanted = manifest.files[path]
    content = _content(bundle, members, path, wanted.size)
    if len(content) != wanted.size or hashlib.sha256(content).hexdigest() != wanted.sha256:
        raise unreadable(f"{path} is not what its maker signed")
    return content


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except unzip.Unsafe as exc:
        raise unsafe(str(exc)) from exc
    except _BROKEN as exc:
        raise unreadable(str(exc) or type(exc).__name__) from exc
