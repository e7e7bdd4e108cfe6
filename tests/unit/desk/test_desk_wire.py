"""Frames on a real socket: order, limits, cancels, time-outs, repeated requests, and how it ends."""

from __future__ import annotations

import dataclasses
import errno
import json
import logging
import socket
import sqlite3
import threading
import time
from typing import Any

import msgspec
import pytest
from simple_websocket import ConnectionClosed

from companion.desk import connection as connection_module
from companion.desk.client import ORIGIN, DeskClient, Refused
from companion.protocol import METHODS
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import archive as a
from companion.protocol.methods import session as s
from companion.protocol.methods.desk import SettingsSetParams
from companion.protocol.methods.languages import LanguagesInstallParams
from companion.protocol.methods.translate import TranslateItem, TranslateParams
from companion.protocol.version import MAX_FRAME

from .fakes import OTHER_ORIGIN, REF, Office, seen, until


def code_of(client: DeskClient, frame: Any) -> str:
    client.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))
    return str(client.receive()["error"]["code"])


def hello(low: int, high: int, **more: Any) -> dict[str, Any]:
    params = {"client": "x", "version": "1", "protocol_min": low, "protocol_max": high, **more}
    return {"v": high, "id": "1", "method": "hello", "params": params}


def translation(text: str) -> TranslateParams:
    return TranslateParams(items=[TranslateItem(ref="1", text=text)], purpose="read")


@pytest.mark.parametrize(
    "frame",
    [
        {"v": 1, "id": "1", "method": "settings.get", "params": {}},
        {"v": 1, "id": "1", "method": "pair.begin", "params": {}},
        {"v": 1, "id": "1", "method": "nonsense", "params": {}},
        {"v": 1, "beat": 1},
        {"v": 1, "cancel": "1"},
    ],
)
def test_hello_comes_first(office: Office, frame: dict[str, Any]) -> None:
    with DeskClient(office.port) as client:
        assert code_of(client, frame) == "hello_first"
        client.hello()


@pytest.mark.parametrize(
    ("low", "high", "update"), [(2, 3, "companion"), (0, 0, "extension"), (-5, -1, "extension"), (9, 9, "companion")]
)
def test_versions_without_common_ground_say_which_side_is_old(office: Office, low: int, high: int, update: str) -> None:
    with DeskClient(office.port) as client:
        client.send(json.dumps(hello(low, high)))
        error = client.receive()["error"]
        assert error["code"] == "version_mismatch"
        assert error["data"]["update"] == update
        assert not error["retryable"]


def test_a_newer_extension_that_also_speaks_ours_is_served(office: Office) -> None:
    with DeskClient(office.port) as client:
        assert client.hello(low=1, high=7).protocol == 1


@pytest.mark.parametrize("where", ["params", "frame"])
def test_a_hello_of_a_later_shape_is_still_told_what_to_update(office: Office, where: str) -> None:
    frame = hello(5, 6)
    (frame["params"] if where == "params" else frame)["invented_later"] = True
    with DeskClient(office.port) as client:
        client.send(json.dumps(frame))
        error = client.receive()["error"]
        assert (error["code"], error["data"]["update"]) == ("version_mismatch", "companion")


def test_a_frame_of_another_version_after_hello_is_refused(office: Office) -> None:
    with office.client() as client:
        assert code_of(client, {"v": 2, "id": "9", "method": "settings.get", "params": {}}) == "version_mismatch"


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "bad_frame"),
        ("{", "bad_frame"),
        ("[]", "bad_frame"),
        ("null", "bad_frame"),
        ('"hello"', "bad_frame"),
        ("{}", "bad_frame"),
        ('{"v":1}', "bad_frame"),
        ('{"v":"1","id":"1","method":"hello"}', "bad_frame"),
        ('{"v":1,"id":1,"method":"hello"}', "bad_frame"),
        ('{"v":1,"method":"hello"}', "bad_frame"),
        ('{"v":1,"id":"","method":"hello"}', "bad_frame"),
        ('{"v":1,"id":"1","method":"hello","beat":1}', "bad_frame"),
        ('{"v":1,"id":"1","method":"settings.get","extra":1}', "bad_frame"),
        ('{"v":1,"id":"' + "x" * 65 + '","method":"settings.get"}', "bad_frame"),
        ('{"v":1,"id":"1","method":"' + "m" * 61 + '"}', "bad_frame"),
        ('{"v":1,"id":"1","method":"no.such"}', "unknown_method"),
        ('{"v":1,"id":"1","method":"pair.begin","params":{"name":"x"}}', "bad_params"),
        ('{"v":1,"id":"1","method":"pair.begin","params":{"name":"x","commitment":"A","more":1}}', "bad_params"),
        ('{"v":1,"id":"1","method":"pair.begin","params":{"name":"x","commitment":"A"}}', "bad_params"),
        ('{"v":1,"id":"1","method":"pair.begin","params":[]}', "bad_params"),
        ('{"v":1,"id":"1","method":"auth.begin","params":{"key_id":"k","nonce":"!"}}', "bad_params"),
        ("[" * 2000, "bad_frame"),
        (b'{"v":1,"beat":1}', "bad_frame"),
        ("x" * (MAX_FRAME + 1), "too_large"),
        ('{"v":1,"beat":1,"id":"' + "界" * (MAX_FRAME // 3) + '"}', "too_large"),
    ],
)
def test_malformed_frames_are_refused_and_the_socket_lives(office: Office, frame: str | bytes, code: str) -> None:
    with office.client() as client:
        assert code_of(client, frame) == code
        assert client.beat(7) == 7


def test_a_lone_surrogate_is_refused(office: Office) -> None:
    with office.client() as client:
        assert code_of(client, '{"v":1,"id":"\\ud800","method":"settings.get"}') == "bad_frame"


def test_a_huge_frame_ends_the_socket(office: Office) -> None:
    with office.client() as client:
        client.send("x" * (3 * MAX_FRAME))
        with pytest.raises(ConnectionClosed):
            client.receive(5)
    office.client().close()


def test_nonsense_is_borne_ten_times(office: Office) -> None:
    with office.client() as client:
        for _ in range(10):
            client.send("nonsense")
        for _ in range(10):
            assert client.receive(5)["error"]["code"] == "bad_frame"
        with pytest.raises(ConnectionClosed) as closed:
            client.receive(5)
        assert closed.value.reason == 1008


@pytest.mark.parametrize("name", sorted(n for n, m in METHODS.items() if m.access == "proven"))
def test_no_private_method_before_the_proof(office: Office, name: str) -> None:
    """Refused before the parameters are even looked at."""
    with office.client() as client:
        assert code_of(client, {"v": 1, "id": "1", "method": name, "params": {"junk": 1}}) == "not_proven"


def test_a_beat_comes_back(office: Office) -> None:
    with office.proven() as client:
        assert [client.beat(n) for n in (1, 2, 3)] == [1, 2, 3]


def test_progress_then_result(office: Office) -> None:
    steps: list[str] = []
    with office.proven() as client:
        asked = LanguagesInstallParams(source="es", target="en")
        done = client.call("languages.install", asked, on_progress=lambda step: steps.append(step["stage"]))
    assert steps == ["download", "load"]
    assert done.packages[0].source == "es"


def test_cancel_stops_the_work_and_answers_once(office: Office) -> None:
    office.translator.hold.clear()
    with office.proven() as client:
        running = client.request("languages.install", LanguagesInstallParams(source="es", target="en"))
        assert office.translator.installing.wait(20)
        client.cancel(running)
        with pytest.raises(SeabridgeError) as caught:
            client.answer(running)
        assert caught.value.code is ErrorCode.CANCELLED
        until(lambda: office.desk.installs.state().state == "failed")
        client.cancel("never heard of")
        assert client.beat(1) == 1


def test_one_installation_at_a_time(office: Office) -> None:
    office.translator.hold.clear()
    asked = LanguagesInstallParams(source="es", target="en")
    with office.proven() as client:
        first = client.request("languages.install", asked)
        assert office.translator.installing.wait(20)
        with pytest.raises(SeabridgeError) as caught:
            client.call("languages.install", asked)
        assert caught.value.code is ErrorCode.BUSY
        office.translator.hold.set()
        assert client.answer(first)["packages"]
        client.call("languages.install", asked)


def test_an_installation_outlives_the_socket(office: Office) -> None:
    office.translator.hold.clear()
    client = office.proven()
    client.request("languages.install", LanguagesInstallParams(source="es", target="en"))
    assert office.translator.installing.wait(20)
    client.close()
    time.sleep(0.1)
    office.translator.hold.set()
    until(lambda: office.desk.installs.state().state == "done")


def test_a_time_out_is_answered_and_the_late_result_dropped(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.translator.hold.clear()
    with office.proven() as client:
        with monkeypatch.context() as patch:
            patch.setitem(METHODS, "translate", dataclasses.replace(METHODS["translate"], timeout_s=0.2))
            with pytest.raises(SeabridgeError) as caught:
                client.call("translate", translation("hola"))
        assert caught.value.code is ErrorCode.TIMEOUT
        assert caught.value.retryable
        office.translator.hold.set()
        time.sleep(0.2)
        assert client.beat(5) == 5
        assert client.call("translate", translation("hola")).items[0].text == "[zh] hola"


def test_an_acknowledgement_never_waits_behind_translations(office: Office) -> None:
    office.translator.hold.clear()
    with office.proven() as client:
        for n in range(20):
            client.request("translate", translation(f"text {n}"))
        began = time.monotonic()
        assert client.call("message.seen", seen(("k1", "buyer", "hola"))).rows[0].status == "new"
        assert time.monotonic() - began < 10, "translations take twenty seconds here"
        office.translator.hold.set()


def test_too_many_open_requests_are_busy(office: Office) -> None:
    office.translator.hold.clear()
    with office.proven() as client:
        for n in range(connection_module.MOST_PROVEN):
            client.request("translate", translation(str(n)))
        with pytest.raises(SeabridgeError) as caught:
            client.call("translate", translation("one more"))
        assert caught.value.code is ErrorCode.BUSY
        assert caught.value.retryable
        office.translator.hold.set()


def test_an_id_in_use_is_refused(office: Office) -> None:
    office.translator.hold.clear()
    with office.proven() as client:
        frame = {"v": 1, "id": "same", "method": "translate", "params": msgspec.to_builtins(translation("x"))}
        client.send(json.dumps(frame))
        assert code_of(client, frame) == "bad_frame"
        office.translator.hold.set()


def test_a_repeated_request_gets_its_first_answer(office: Office) -> None:
    draft = a.DraftInsertedParams(
        thread=REF, written="你好", written_language="zh", text="hola", language="es", engine="fake", match="machine",
        inserted_at=1.0,
    )  # fmt: skip
    paired = office.paired()
    with office.proven(paired) as client:
        first = client.call("draft.inserted", draft, idem="d-1")
    with office.proven(paired) as again:
        assert again.call("draft.inserted", draft, idem="d-1").id == first.id
        assert again.call("draft.inserted", draft, idem="d-2").id != first.id
        other = msgspec.structs.replace(draft, text="adiós")
        with pytest.raises(SeabridgeError) as caught:
            again.call("draft.inserted", other, idem="d-1")
        assert caught.value.code is ErrorCode.BAD_PARAMS
    assert len(office.archive.drafts) == 2


def test_a_repeated_request_joins_the_running_one(office: Office) -> None:
    office.translator.hold.clear()
    with office.proven() as client:
        first = client.request("translate", translation("once"), idem="t-1")
        until(lambda: office.translator.asked)
        second = client.request("translate", translation("once"), idem="t-1")
        office.translator.hold.set()
        assert client.answer(first) == client.answer(second)
    assert [asked["texts"] for asked in office.translator.asked] == [["once"]]


def test_a_failure_is_not_kept(office: Office) -> None:
    office.archive.fail = SeabridgeError(ErrorCode.STORAGE_FULL)
    rows = seen(("k1", "buyer", "hola"))
    with office.proven() as client:
        with pytest.raises(SeabridgeError):
            client.call("message.seen", rows, idem="s-1")
        office.archive.fail = None
        assert client.call("message.seen", rows, idem="s-1").rows[0].status == "new"


@pytest.mark.parametrize(
    ("fault", "code", "retryable"),
    [
        ((sqlite3.SQLITE_FULL, "database or disk is full"), "storage_full", True),
        ((sqlite3.SQLITE_BUSY, "database is locked"), "storage_locked", True),
        ((sqlite3.SQLITE_READONLY, "attempt to write a readonly database"), "storage_read_only", False),
        ((sqlite3.SQLITE_IOERR, "disk I/O error"), "internal", False),
        ((sqlite3.SQLITE_NOTADB, "file is not a database"), "storage_corrupt", False),
        (OSError(errno.ENOSPC, "No space left on device"), "storage_full", True),
        (OSError(errno.EROFS, "Read-only file system"), "storage_read_only", False),
        (ValueError("secret: 1234"), "internal", False),
        (KeyError("k"), "internal", False),
    ],
)
def test_trouble_becomes_a_stable_code(
    office: Office, fault: Any, code: str, retryable: bool, caplog: pytest.LogCaptureFixture
) -> None:
    if isinstance(fault, tuple):
        driver = sqlite3.OperationalError(fault[1])
        driver.sqlite_errorcode = fault[0]
        fault = type("OperationalError", (Exception,), {"orig": driver})("wrapped as SQLAlchemy does")
    office.archive.fail = fault
    with office.proven() as client, caplog.at_level(logging.ERROR):
        request = client.request("message.seen", seen(("k1", "buyer", "hola")))
        frame = client.receive()
        assert frame["id"] == request
        assert (frame["error"]["code"], frame["error"]["retryable"]) == (code, retryable)
        wire = json.dumps(frame)
        assert "secret" not in wire
        assert "Traceback" not in wire
        if code == "internal":
            report = frame["error"]["data"]["report"]
            assert any(report in record.getMessage() and record.exc_info for record in caplog.records)


def test_settings_are_pushed_to_proven_sockets_only(office: Office) -> None:
    paired = office.paired()
    with office.proven(paired) as one, office.proven(paired) as two, office.client(OTHER_ORIGIN) as stranger:
        one.call("settings.set", SettingsSetParams(locale="en"))
        two.beat(1)
        topic, data = two.pushes.get_nowait()
        assert (topic, data["locale"]) == ("settings", "en")
        stranger.beat(1)
        assert stranger.pushes.empty()


def test_sockets_are_few_per_origin_and_in_all(office: Office) -> None:
    own = [DeskClient(office.port) for _ in range(6)]
    with pytest.raises(Refused) as refused:
        DeskClient(office.port)
    assert refused.value.status == 503
    others = [DeskClient(office.port, origin="chrome-extension://" + c * 32) for c in "bc" for _ in range(5)]
    with pytest.raises(Refused):
        DeskClient(office.port, origin="chrome-extension://" + "d" * 32)
    own.pop().close()
    until(lambda: office.desk.hub._seats.total() == 15)
    DeskClient(office.port).close()
    for client in own + others:
        client.close()


def test_whoever_does_not_prove_himself_is_sent_away(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "PROVE_WITHIN_S", 0.4)
    beats = iter(range(1000))

    def chatter() -> None:
        while True:
            client.beat(next(beats))
            time.sleep(0.02)

    with office.client() as client:
        with pytest.raises(ConnectionClosed) as closed:
            chatter()
        assert closed.value.reason == 1008


def test_a_proven_socket_stays(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.proven() as client:
        monkeypatch.setattr(connection_module, "PROVE_WITHIN_S", 0.1)
        client.beat(0)
        time.sleep(0.3)
        assert client.beat(1) == 1


def read_on(client: DeskClient) -> None:
    """All that still comes."""
    while True:
        client.receive()


def test_a_silent_socket_is_let_go(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.proven() as client:
        monkeypatch.setattr(connection_module, "SILENT_S", 0.3)
        client.send(msgspec.json.encode({"v": client.version, "beat": 1}).decode())
        with pytest.raises(ConnectionClosed) as closed:
            read_on(client)
        assert closed.value.reason == 1001


def test_a_browser_that_does_not_read_blocks_nobody(office: Office) -> None:
    office.archive.see(seen(*[(f"k{n}", "buyer", "x" * 1000) for n in range(100)]))
    paired = office.paired()
    stuck, alive = office.proven(paired), office.proven(paired)
    stuck._socket.sock.setsockopt(1, 8, 4096)
    for _ in range(40):
        stuck.request("thread.messages", a.ThreadMessagesParams(thread_id=1, limit=100))
    began = time.monotonic()
    for locale in ("en", "zh_CN", "en"):
        alive.call("settings.set", SettingsSetParams(locale=locale))  # type: ignore[arg-type]
    assert time.monotonic() - began < 10
    alive.close()


def test_answers_that_do_not_fit_a_frame_come_shorter(office: Office) -> None:
    for n in range(60):
        office.archive.see(seen((f"k{n}", "buyer", "界" * 5000)))
    with office.proven() as client:
        found = client.call("thread.messages", a.ThreadMessagesParams(thread_id=1, limit=60))
        assert 1 <= len(found.messages) < 60
        assert found.earlier


def test_stopping_says_goodbye(office: Office) -> None:
    client = office.proven()
    threading.Thread(target=office.running.stop).start()
    with pytest.raises(ConnectionClosed) as closed:
        client.receive()
    assert closed.value.reason == 1001


def test_many_sockets_at_once(office: Office) -> None:
    paired = office.paired()
    problems: list[BaseException] = []

    def work(n: int) -> None:
        try:
            with office.proven(paired) as client:
                for k in range(40):
                    assert client.beat(k) == k
                    client.call("message.seen", seen((f"{n}-{k}", "buyer", "hola")))
        except BaseException as exc:
            problems.append(exc)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert problems == []
    assert len(office.archive.rows) == 200


def test_wrong_pairing_ids_are_refused(office: Office) -> None:
    with office.client() as client:
        for method, params in (
            ("pair.reveal", s.PairRevealParams(pairing="x", public_key="A", nonce="A")),
            ("pair.wait", s.PairWaitParams(pairing="x")),
        ):
            with pytest.raises(SeabridgeError) as caught:
                client.call(method, params)
            assert caught.value.code is ErrorCode.PAIRING_EXPIRED


def test_nothing_follows_the_close_frame(office: Office) -> None:
    """Werkzeug would answer once more, which Chrome reports as a broken connection (code 1006)."""
    with socket.create_connection(("127.0.0.1", office.port), 5) as raw:
        raw.sendall(
            f"GET /v1 HTTP/1.1\r\nHost: 127.0.0.1:{office.port}\r\nOrigin: {ORIGIN}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n".encode()
        )
        until(lambda: office.desk.hub._all())
        for member in office.desk.hub._all():
            member.close(1001, "bye")
        received = b"".join(iter(lambda: raw.recv(4096), b""))
    head, frames = received.split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 101 ")
    assert b"permessage-deflate" not in head, "no compression: a small frame must not unfold into a huge one"
    assert frames == b"\x88\x05\x03\xe9bye"
