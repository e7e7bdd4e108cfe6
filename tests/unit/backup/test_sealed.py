"""What is sealed opens with its passphrase, whole and in order, and with nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.backup.sealed import _HEADER, _TAG, CHUNK, MAGIC, Key, key_for, read_header, seal, unseal
from companion.protocol.errors import ErrorCode, SeabridgeError

KEY = Key.of("正确 horse", log_n=4)


def sealed(data: bytes) -> bytes:
    out = io.BytesIO()
    seal(KEY, io.BytesIO(data), out)
    return out.getvalue()


def opened(data: bytes, key: Key = KEY) -> bytes:
    return b"".join(unseal(key, io.BytesIO(data), Path("x")))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_it_comes_back_as_it_was(size: int) -> None:
    data = bytes(i % 251 for i in range(size))
    assert opened(sealed(data)) == data
    assert data[:40] not in sealed(data) or size < 10


def test_the_same_twice_does_not_look_the_same() -> None:
    assert sealed(b"x" * 100) != sealed(b"x" * 100)


CHANGES = {
    "cut": lambda d: d[:-1],
    "last chunk gone": lambda d: d[: _HEADER + CHUNK + _TAG],
    "more behind it": lambda d: d + b"x",
    "chunks swapped": lambda d: (
        d[:_HEADER] + d[_HEADER + CHUNK + _TAG : _HEADER + 2 * (CHUNK + _TAG)] + d[_HEADER : _HEADER + CHUNK + _TAG]
        + d[_HEADER + 2 * (CHUNK + _TAG) :]
    ),
    "another file's header": lambda d: sealed(b"")[:_HEADER] + d[_HEADER:],
    "nothing behind the header": lambda d: d[:_HEADER],
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_refused(name: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        opened(CHANGES[name](sealed(bytes(3 * CHUNK - 5))))
    assert caught.value.code is ErrorCode.BACKUP_DAMAGED


@settings(deadline=None, max_examples=60)
@given(st.integers(min_value=0, max_value=_HEADER + 200 + _TAG - 1), st.integers(0, 7))
def test_every_bit_counts(at: int, bit: int) -> None:
    data = bytearray(sealed(b"z" * 200))
    data[at] ^= 1 << bit
    header = bytes(data[:_HEADER])
    try:
        key = key_for(header, "正确 horse") if header.startswith(MAGIC) and header[len(MAGIC) + 16] <= 10 else None
    except SeabridgeError:
        return
    if key is not None:
        with pytest.raises(SeabridgeError):
            opened(bytes(data), key)


def test_the_wrong_passphrase_is_told_from_damage(tmp_path: Path) -> None:
    path = tmp_path / "x.sealed"
    path.write_bytes(sealed(b"x"))
    header = read_header(path)
    assert header is not None
    with pytest.raises(SeabridgeError) as caught:
        key_for(header, "wrong")
    assert caught.value.code is ErrorCode.BACKUP_PASSPHRASE
    assert key_for(header, "正确 horse") == KEY
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    assert read_header(path) is None


def test_a_file_that_asks_for_endless_work_is_refused() -> None:
    header = KEY.header()
    costly = header[: len(MAGIC) + 16] + bytes([31]) + header[len(MAGIC) + 17 :]
    with pytest.raises(SeabridgeError) as caught:
        key_for(costly, "正确 horse")
    assert caught.value.code is ErrorCode.BACKUP_DAMAGED


def test_names_of_attachments_do_not_tell_which_they_are() -> None:
    other = Key.of("another", log_n=4)
    assert KEY.name("ab" * 32) == KEY.name("ab" * 32) != other.name("ab" * 32)
    assert "ab" * 8 not in KEY.name("ab" * 32)
