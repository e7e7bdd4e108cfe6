"""One file over a bad line."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.translation.packages.address import OFFICIAL_INDEX, allowed, as_url
from companion.translation.packages.download import Task, fetch

from .stands import Stand

BODY = os.urandom(700_000)


def _get(stand: Stand, place: Path, task: Task | None = None, path: str = "/file") -> str:
    quick = Task(sleep=lambda _s: None)
    return fetch(stand.url + path, place, task or quick, mirror=stand.url)


def _fails(stand: Stand, place: Path, task: Task | None = None, path: str = "/file") -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        _get(stand, place, task, path)
    assert not place.exists()
    return caught.value.code


def test_a_file_arrives_whole_with_progress(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    seen: list[tuple[int, int]] = []
    task = Task(progress=lambda done, total: seen.append((done, total)))
    assert _get(stand, tmp_path / "f", task) == hashlib.sha256(BODY).hexdigest()
    assert (tmp_path / "f").read_bytes() == BODY
    assert seen[0] == (0, len(BODY))
    assert seen[-1] == (len(BODY), len(BODY))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f"]


def test_a_cut_connection_is_continued_where_it_broke(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    stand.cut = [300_000, 100_000]
    assert _get(stand, tmp_path / "f") == hashlib.sha256(BODY).hexdigest()
    assert [wanted for _path, wanted in stand.asked] == [None, "bytes=300000-", "bytes=400000-"]


def test_what_arrived_is_continued_in_another_session(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    stand.cut = [200_000, 0, 0, 0]
    assert _fails(stand, tmp_path / "f") == ErrorCode.DOWNLOAD_FAILED
    assert (tmp_path / "f.part").stat().st_size == 200_000
    assert _get(stand, tmp_path / "f") == hashlib.sha256(BODY).hexdigest()
    assert stand.asked[-1][1] == "bytes=200000-"


def test_another_file_of_the_same_name_is_not_glued_on(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    stand.cut = [200_000]
    stand.etags = ['"old"', '"new"']
    assert _get(stand, tmp_path / "f") == hashlib.sha256(BODY).hexdigest()


def test_a_server_without_ranges_starts_over(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    stand.cut, stand.ranges = [200_000], False
    assert _get(stand, tmp_path / "f") == hashlib.sha256(BODY).hexdigest()


def test_without_an_etag_nothing_is_continued(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    stand.cut, stand.etags = [200_000], [""]
    assert _get(stand, tmp_path / "f") == hashlib.sha256(BODY).hexdigest()
    assert stand.asked[1][1] is None


def test_a_missing_file_is_not_asked_for_again(stand: Stand, tmp_path: Path) -> None:
    assert _fails(stand, tmp_path / "f") == ErrorCode.DOWNLOAD_FAILED
    assert len(stand.asked) == 1


def test_a_busy_server_is_asked_again_but_not_for_ever(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    stand.statuses = [503, 429]
    assert _get(stand, tmp_path / "f")
    stand.statuses = [500] * 20
    assert _fails(stand, tmp_path / "g") == ErrorCode.DOWNLOAD_FAILED
    assert 3 < len(stand.asked) < 10


def test_too_much_is_refused_and_removed(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    assert _fails(stand, tmp_path / "f", Task(max_bytes=100_000)) == ErrorCode.TOO_LARGE
    assert list(tmp_path.iterdir()) == []


def test_too_long_is_given_up(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    ticks = iter(range(0, 100_000, 50))
    assert _fails(stand, tmp_path / "f", Task(clock=lambda: next(ticks), max_seconds=120)) == ErrorCode.DOWNLOAD_FAILED


def test_cancel_in_the_middle_leaves_nothing(stand: Stand, tmp_path: Path) -> None:
    stand.files["/file"] = BODY
    done: list[int] = []
    task = Task(progress=lambda at, _total: done.append(at), cancelled=lambda: bool(done) and done[-1] > 100_000)
    assert _fails(stand, tmp_path / "f", task) == ErrorCode.CANCELLED
    assert list(tmp_path.iterdir()) == []


def test_cancel_while_waiting_for_the_next_try(stand: Stand, tmp_path: Path) -> None:
    stand.statuses = [503] * 9
    stand.files["/file"] = BODY
    waited: list[float] = []
    task = Task(sleep=waited.append, cancelled=lambda: len(waited) >= 2)
    assert _fails(stand, tmp_path / "f", task) == ErrorCode.CANCELLED
    assert len(waited) == 2


class _Broken:
    def __init__(self, reason: OSError) -> None:
        self.reason = reason
        self.tries = 0

    def open(self, fullurl: Request, data: None = None, timeout: float = 0) -> object:
        self.tries += 1
        raise URLError(self.reason)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no such host"), ErrorCode.OFFLINE),
        (OSError(errno.ENETUNREACH, "unreachable"), ErrorCode.OFFLINE),
        (TimeoutError("timed out"), ErrorCode.DOWNLOAD_FAILED),
        (OSError(errno.ENOSPC, "full"), ErrorCode.STORAGE_FULL),
    ],
)
def test_what_the_seller_is_told(tmp_path: Path, reason: OSError, code: ErrorCode) -> None:
    opener = _Broken(reason)
    with pytest.raises(SeabridgeError) as caught:
        fetch(
            "https://example.com/f", tmp_path / "f", Task(sleep=lambda _s: None), mirror=OFFICIAL_INDEX, opener=opener
        )
    assert caught.value.code == code
    assert opener.tries <= 4


def test_a_redirect_may_not_leave_for_places_the_first_request_could_not_go(stand: Stand, tmp_path: Path) -> None:
    stand.redirects["/file"] = "http://192.168.1.1/router"
    assert _fails(stand, tmp_path / "f") == ErrorCode.PACKAGE_UNSAFE


def test_a_redirect_on_the_same_mirror_is_followed(stand: Stand, tmp_path: Path) -> None:
    stand.redirects["/file"] = "/other"
    stand.files["/other"] = BODY
    assert _get(stand, tmp_path / "f") == hashlib.sha256(BODY).hexdigest()


def test_redirects_in_a_circle_end(stand: Stand, tmp_path: Path) -> None:
    stand.redirects["/file"] = "/file"
    assert _fails(stand, tmp_path / "f") == ErrorCode.DOWNLOAD_FAILED


def test_a_folder_can_be_the_mirror(tmp_path: Path) -> None:
    source = tmp_path / "mirror" / "包 裹.argosmodel"
    source.parent.mkdir()
    source.write_bytes(BODY)
    digest = fetch(source.as_uri(), tmp_path / "f", Task(), mirror=as_url(str(tmp_path / "mirror" / "index.json")))
    assert digest == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize(
    ("url", "mirror", "may"),
    [
        ("https://argos-net.com/v1/x.argosmodel", OFFICIAL_INDEX, True),
        ("http://argos-net.com/v1/x.argosmodel", OFFICIAL_INDEX, False),
        ("https://127.0.0.1/x", OFFICIAL_INDEX, False),
        ("https://localhost/x", OFFICIAL_INDEX, False),
        ("http://127.0.0.1:8080/x", OFFICIAL_INDEX, False),
        ("https://10.0.0.5/x", OFFICIAL_INDEX, False),
        ("https://[::1]/x", OFFICIAL_INDEX, False),
        ("https://printer.local/x", OFFICIAL_INDEX, False),
        ("file:///etc/passwd", OFFICIAL_INDEX, False),
        ("ipfs://abc", OFFICIAL_INDEX, False),
        ("http://127.0.0.1:9/x", "http://127.0.0.1:8/index.json", True),
        ("file:///mirror/x", "http://127.0.0.1:8/index.json", False),
        ("file:///mirror/x", "file:///mirror/index.json", True),
        ("https://10.0.0.5/x", "https://10.0.0.5/index.json", True),
        ("http://10.0.0.5/x", "https://10.0.0.5/index.json", False),
    ],
)
def test_where_the_downloader_may_go(url: str, mirror: str, may: bool) -> None:
    assert allowed(url, mirror) is may
