"""Documents survive crashes, damage and concurrency."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime import atomic
from companion.runtime.documents import Documents


def test_round_trip_and_readable_file(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    documents = Documents(path)
    documents.put("shops", "tiktok:7", {"name": "海桥小店"})
    documents.put("shops", "tiktok:7", {"note": "改名"})
    assert documents.get("shops", "tiktok:7") == {"name": "海桥小店", "note": "改名"}
    assert "海桥小店" in path.read_text("utf-8")
    assert Documents(path).all("shops") == {"tiktok:7": {"name": "海桥小店", "note": "改名"}}


def test_replace_drops_old_fields_and_delete_says_whether_there_was_one(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "d.json")
    documents.put("a", "x", {"one": 1, "two": 2})
    documents.replace("a", "x", {"one": 3})
    assert documents.get("a", "x") == {"one": 3}
    assert documents.delete("a", "x") is True
    assert documents.delete("a", "x") is False
    assert documents.get("a", "x", {"none": True}) == {"none": True}


def test_a_change_sees_what_is_stored_and_is_stored_whole(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "d.json")
    before = documents.revision("a")
    assert documents.change("a", "x", lambda stored: {"was": stored}) == {"was": None}
    assert documents.change("a", "x", lambda stored: {"was": stored}) == {"was": {"was": None}}
    changed = documents.revision("a")
    assert changed != before
    assert documents.revision("b") == 0, "other collections have not changed"
    documents.change("a", "x", lambda stored: stored)
    documents.put("a", "x", {})
    assert documents.revision("a") == changed, "nothing changed"

    def refuses(stored: object) -> None:
        raise ValueError(stored)

    with pytest.raises(ValueError):
        documents.change("a", "x", refuses)
    assert documents.get("a", "x") == {"was": {"was": None}}
    assert documents.change("a", "x", lambda _: None) is None
    assert documents.all("a") == {}


def test_replacing_a_document_never_leaves_a_moment_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = Documents(tmp_path / "d.json")
    documents.put("a", "x", {"n": 1})
    written = []
    write = atomic.write_atomic

    def watched(path: Path, data: bytes, *, private: bool = False) -> None:
        written.append(json.loads(data)["a"])
        write(path, data, private=private)

    monkeypatch.setattr("companion.runtime.documents.write_atomic", watched)
    documents.replace("a", "x", {"m": 2})
    assert written == [{"x": {"m": 2}}]


def test_what_get_returns_is_a_copy(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "d.json")
    documents.put("a", "x", {"one": 1})
    found = documents.get("a", "x")
    assert found is not None
    found["one"] = 99
    assert documents.get("a", "x") == {"one": 1}


@pytest.mark.parametrize("damage", [b"{", b"[]", b"\xff\xfe", b""])
def test_a_damaged_file_is_kept_aside_and_said(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "documents.json"
    path.write_bytes(damage)
    documents = Documents(path)
    with pytest.raises(SeabridgeError) as caught:
        documents.get("a", "x")
    assert caught.value.code is ErrorCode.STORAGE_CORRUPT
    kept = list(tmp_path.glob("documents.json.damaged-*"))
    assert [p.read_bytes() for p in kept] == [damage]
    documents.put("a", "x", {"works": "again"})
    assert Documents(path).get("a", "x") == {"works": "again"}


def test_a_crash_in_the_middle_of_writing_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "documents.json"
    documents = Documents(path)
    documents.put("a", "x", {"n": 1})

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic, "_replace", dies)
    with pytest.raises(KeyboardInterrupt):
        documents.put("a", "x", {"n": 2})
    monkeypatch.undo()
    assert Documents(path).get("a", "x") == {"n": 1}
    assert [p.name for p in tmp_path.iterdir()] == ["documents.json"], "no half-written file stays behind"


@pytest.mark.parametrize(("number", "code"), [(28, ErrorCode.STORAGE_FULL), (30, ErrorCode.STORAGE_READ_ONLY)])
def test_a_full_or_read_only_disk_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: ErrorCode
) -> None:
    documents = Documents(tmp_path / "d.json")
    documents.put("a", "x", {"n": 1})

    def refuses(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuses)
    with pytest.raises(SeabridgeError) as caught:
        documents.put("a", "x", {"n": 2})
    assert caught.value.code is code
    monkeypatch.undo()
    assert documents.get("a", "x") == {"n": 1}


def test_threads_do_not_lose_each_others_documents(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "d.json")

    def write(worker: int) -> None:
        for n in range(10):
            documents.put("a", f"{worker}-{n}", {"worker": worker})

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Documents(tmp_path / "d.json").all("a")) == 40
    json.loads((tmp_path / "d.json").read_text("utf-8"))
