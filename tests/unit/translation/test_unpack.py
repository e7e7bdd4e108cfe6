"""Package archives from strangers."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.translation.packages.unpack import unpack

from .stands import archive


def _write(tmp_path: Path, data: bytes) -> Path:
    place = tmp_path / "p.argosmodel"
    place.write_bytes(data)
    return place


def _with(name: str, data: bytes = b"x", mode: int = 0) -> bytes:
    buffer = io.BytesIO(archive())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as bundle:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        bundle.writestr(info, data)
    return buffer.getvalue()


def _refused(tmp_path: Path, data: bytes) -> ErrorCode:
    before = set(tmp_path.rglob("*"))
    with pytest.raises(SeabridgeError) as caught:
        unpack(_write(tmp_path, data), tmp_path / "out")
    outside = set(tmp_path.rglob("*")) - before - {tmp_path / "p.argosmodel"}
    assert all(path.is_relative_to(tmp_path / "out") for path in outside)
    return caught.value.code


def test_a_good_package_unpacks(tmp_path: Path) -> None:
    out = unpack(_write(tmp_path, archive(stanza__big_dot_pt=b"s" * 5000)), tmp_path / "out")
    assert (out / "model" / "model.bin").read_bytes() == b"no real model" * 50
    assert not (out / "stanza").exists()  # not ours to run, so not unpacked


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "translate-es_en-1_9/../../evil.txt",
        "/etc/evil",
        "translate-es_en-1_9\\..\\..\\evil.txt",
        "C:/evil.txt",
        "translate-es_en-1_9/model/a:b",
    ],
)
def test_paths_that_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    assert _refused(tmp_path, _with(name)) == ErrorCode.PACKAGE_UNSAFE


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    link = _with("translate-es_en-1_9/model/link", b"/etc/passwd", stat.S_IFLNK | 0o777)
    assert _refused(tmp_path, link) == ErrorCode.PACKAGE_UNSAFE
    device = _with("translate-es_en-1_9/model/dev", b"", stat.S_IFCHR | 0o666)
    assert _refused(tmp_path, device) == ErrorCode.PACKAGE_UNSAFE


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = _with("translate-es_en-1_9/metadata.json", b"{}")
    assert _refused(tmp_path, data) == ErrorCode.PACKAGE_UNSAFE


def test_two_folders_at_the_top_are_damage(tmp_path: Path) -> None:
    assert _refused(tmp_path, _with("other/metadata.json")) == ErrorCode.PACKAGE_DAMAGED


def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    bomb = archive(model__model_dot_bin=b"\0" * 8_000_000)
    assert len(bomb) < 20_000
    assert _refused(tmp_path, bomb) == ErrorCode.PACKAGE_UNSAFE
    assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()) < 3_000_000


def test_a_header_that_lies_about_the_size_is_caught(tmp_path: Path) -> None:
    data = bytearray(archive(model__model_dot_bin=bytes(range(256)) * 40))
    at = data.rindex(b"model/model.bin")  # the central directory's entry; its size field is 22 bytes before the name
    directory = at - 46 - len("translate-es_en-1_9/")
    assert data[directory : directory + 4] == b"PK\x01\x02"
    data[directory + 24 : directory + 28] = struct.pack("<I", 100)
    assert _refused(tmp_path, bytes(data)) in (ErrorCode.PACKAGE_UNSAFE, ErrorCode.PACKAGE_DAMAGED)


def test_a_flipped_byte_is_damage(tmp_path: Path) -> None:
    data = bytearray(archive(model__model_dot_bin=bytes(range(256)) * 40))
    at = data.index(b"model/model.bin") + 60
    data[at] ^= 0xFF
    assert _refused(tmp_path, bytes(data)) == ErrorCode.PACKAGE_DAMAGED


@pytest.mark.parametrize("data", [b"", b"no zip at all", archive()[:300]])
def test_what_is_no_archive_is_damage(tmp_path: Path, data: bytes) -> None:
    assert _refused(tmp_path, data) == ErrorCode.PACKAGE_DAMAGED


def test_missing_model_is_damage(tmp_path: Path) -> None:
    assert _refused(tmp_path, archive(model__model_dot_bin=None)) == ErrorCode.PACKAGE_DAMAGED  # type: ignore[arg-type]


def test_an_old_bpe_package_is_called_unsupported(tmp_path: Path) -> None:
    data = archive(sentencepiece_dot_model=None, bpe_dot_model=b"x")  # type: ignore[arg-type]
    with pytest.raises(SeabridgeError) as caught:
        unpack(_write(tmp_path, data), tmp_path / "out")
    assert caught.value.code == ErrorCode.PACKAGE_UNSUPPORTED
