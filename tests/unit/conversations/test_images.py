"""Pictures: wanted until stored, stored once, and only what is a picture."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from companion.conversations.files import path_of
from companion.conversations.images import MAX_PER_MESSAGE, sniff
from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import ThreadMessagesParams
from companion.protocol.version import MAX_BLOB

from .conftest import in_file, stored_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
URL = "https://cdn.example/pictures/1.png?sign=abc"


def seen(archive: Any, window: Any, *urls: str) -> Any:
    return archive.see(window({"text": "look", "images": list(urls)}))


def test_stored_once_per_content(archive: Any, window: Any, tmp_path: Path) -> None:
    rows = archive.see(window({"text": "a", "images": [URL]}, {"text": "b", "images": [URL]})).rows
    hashes = {archive.pictures.keep(row.id, URL, PNG, "image/png") for row in rows}
    assert hashes == {hashlib.sha256(PNG).hexdigest()}
    assert stored_of(archive, tmp_path) == hashes
    assert archive.pictures.read(*hashes) == PNG
    listed = archive.messages(ThreadMessagesParams(thread_id=1)).messages
    assert [m.images for m in listed] == [[*hashes], [*hashes]]


def test_a_stored_picture_is_no_longer_wanted_even_under_a_new_signature(archive: Any, window: Any) -> None:
    first = seen(archive, window, URL)
    archive.pictures.keep(first.rows[0].id, URL, PNG, "")
    assert seen(archive, window, URL).images == []
    assert seen(archive, window, "https://cdn2.example/pictures/1.png?sign=xyz").images == []


def test_an_expired_address_is_replaced_by_the_fresh_one(archive: Any, window: Any) -> None:
    seen(archive, window, URL)
    fresh = URL.replace("abc", "xyz")
    again = seen(archive, window, fresh)
    assert [w.url for w in again.images] == [fresh]
    archive.pictures.keep(again.rows[0].id, fresh, PNG, "")
    assert seen(archive, window, URL).images == []


def test_two_pictures_that_differ_in_the_query_alone_are_two(archive: Any, window: Any) -> None:
    urls = ["https://cdn.example/get?id=1", "https://cdn.example/get?id=2"]
    assert [w.url for w in seen(archive, window, *urls).images] == urls
    assert [w.url for w in seen(archive, window, *urls).images] == urls


def test_a_page_that_invents_addresses_fills_nothing(archive: Any, window: Any) -> None:
    for i in range(10):
        result = seen(archive, window, *[f"https://cdn.example/{i}/{k}.png" for k in range(20)])
    assert result.images == []
    assert MAX_PER_MESSAGE == 40


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ErrorCode.BLOB_TYPE),
        (b"<svg onload=alert(1)>", ErrorCode.BLOB_TYPE),
        (b"<html>", ErrorCode.BLOB_TYPE),
        (PNG + b"\0" * MAX_BLOB, ErrorCode.TOO_LARGE),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(
    archive: Any, window: Any, tmp_path: Path, data: bytes, code: ErrorCode
) -> None:
    row = seen(archive, window, URL).rows[0]
    with pytest.raises(SeabridgeError) as caught:
        archive.pictures.keep(row.id, URL, data, "image/png")
    assert caught.value.code is code
    assert not stored_of(archive, tmp_path)


def test_a_picture_of_no_message_leaves_no_file(archive: Any, tmp_path: Path) -> None:
    with pytest.raises(SeabridgeError) as caught:
        archive.pictures.keep(7, URL, PNG, "image/png")
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert not stored_of(archive, tmp_path)


@in_file
def test_a_half_written_file_is_written_again(archive: Any, window: Any, tmp_path: Path) -> None:
    row = seen(archive, window, URL).rows[0]
    sha256 = archive.pictures.keep(row.id, URL, PNG, "")
    path_of(tmp_path / "files", sha256).write_bytes(PNG[:5])
    archive.pictures.keep(row.id, URL, PNG, "")
    assert archive.pictures.read(sha256) == PNG


@pytest.mark.parametrize("name", ["../archive.db", "a" * 64, "A" * 64, "", "..%2f" + "a" * 59])
def test_only_hashes_lead_to_files(archive: Any, name: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        archive.pictures.read(name)
    assert caught.value.code is ErrorCode.NOT_FOUND


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypavif", "image/avif"),
        (b"RIFF\0\0\0\0WAVE", ""),
        (b"%PDF-1.7", ""),
    ],
)
def test_types_are_read_from_the_bytes(head: bytes, kind: str) -> None:
    assert sniff(head) == kind
