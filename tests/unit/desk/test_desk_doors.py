"""Every HTTP door on a real server, tried by those who must not pass."""

from __future__ import annotations

import hashlib
import http.client
import json
import socket
from typing import Any

import pytest

from companion.desk import guard
from companion.desk.client import ORIGIN
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import BlobBeginParams
from companion.protocol.version import MAX_BLOB
from companion.runtime import control as runtime_control
from companion.runtime.control import whereabouts

from .fakes import FIREFOX_ORIGIN, OTHER_ORIGIN, PNG, Office, open_office, seen

JSON = {"Content-Type": "application/json"}
UPGRADE = {
    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


class Answer:
    def __init__(self, status: int, headers: http.client.HTTPMessage, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def code(self) -> str:
        return str(json.loads(self.body)["error"]["code"])

    @property
    def result(self) -> Any:
        return json.loads(self.body)["result"]


def ask(office: Office, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=10)
    try:
        connection.request(method, path, body or None, named)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def own(office: Office, **more: str) -> dict[str, str]:
    """What the dashboard's own page sends."""
    return {"Origin": f"http://127.0.0.1:{office.port}", "Sec-Fetch-Site": "same-origin", **JSON, **more}


def token(office: Office) -> str:
    ticket = office.desk.dashboard_url().split("#ticket=")[1]
    answer = ask(office, "POST", guard.DASHBOARD_SESSION, json.dumps({"ticket": ticket}).encode(), **own(office))
    return str(answer.result["token"])


def dash(office: Office, key: str, method: str, **params: Any) -> Answer:
    body = json.dumps({"method": method, "params": params}).encode()
    return ask(office, "POST", guard.DASHBOARD_CALL, body, **own(office, **{"X-Seabridge-Token": key}))


def control(office: Office, method: str, **params: Any) -> Any:
    return runtime_control.call(office.room.paths, method, params)


def image(data: bytes = PNG, **changes: Any) -> BlobBeginParams:
    given = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "type": "image/png", "message": 1,
             "url": "https://p16.example/x.png"}  # fmt: skip
    return BlobBeginParams(**{**given, **changes})


def upload(office: Office, ticket: str, data: bytes = PNG, origin: str = ORIGIN, **more: str) -> Answer:
    headers = {"Origin": origin, "Content-Type": "image/png", "X-Seabridge-Ticket": ticket, **more}
    return ask(office, "POST", guard.BLOB, data, **headers)


@pytest.fixture
def with_message(office: Office) -> Office:
    office.archive.see(seen(("k1", "buyer", "colibri")))
    return office


# the socket's door


@pytest.mark.parametrize(
    "origin",
    ["https://seller-us.tiktok.com", "https://evil.com", "null", "http://127.0.0.1", "chrome-extension://short", None],
)
def test_a_hostile_page_is_refused_before_the_upgrade(office: Office, origin: str | None) -> None:
    answer = ask(office, "GET", "/v1", **UPGRADE, **({"Origin": origin} if origin else {}))
    assert (answer.status, answer.code) == (403, "origin_refused")
    assert "Sec-WebSocket-Accept" not in answer.headers


@pytest.mark.parametrize("host", ["evil.com", "rebind.evil.com:{port}", "127.0.0.1", "127.0.0.1:1", ""])
@pytest.mark.parametrize("path", ["/v1", "/dashboard", "/", "/dashboard/texts/en.json"])
def test_a_rebinding_host_is_refused(office: Office, host: str, path: str) -> None:
    headers = {"Origin": ORIGIN, **UPGRADE} if path == "/v1" else {}
    answer = ask(office, "GET", path, Host=host.format(port=office.port), **headers)
    assert (answer.status, answer.code) == (403, "host_refused")


@pytest.mark.parametrize(
    "host",
    [
        "[::1]:{}",
        "[::ffff:127.0.0.1]:{}",
        "localhost.:{}",
        "127.0.0.1.:{}",
        "127.1:{}",
        "0.0.0.0:{}",
        "2130706433:{}",
        "127.0.0.1:0{}",
        "127.0.0.1:{0},evil.com",
        "127.0.0.1:{}@evil.com",
        "evil.com@127.0.0.1:{}",
    ],
)
def test_only_the_two_spellings_of_our_address_are_us(office: Office, host: str) -> None:
    answer = ask(office, "GET", "/dashboard", Host=host.format(office.port))
    assert (answer.status, answer.code) == (403, "host_refused")


def test_two_hosts_are_none_and_the_request_line_names_no_host(office: Office) -> None:
    own = f"127.0.0.1:{office.port}"
    for head in (
        f"GET /dashboard HTTP/1.1\r\nHost: {own}\r\nHost: evil.com",
        f"GET http://{own}/dashboard HTTP/1.1\r\nHost: evil.com",
    ):
        with socket.create_connection(("127.0.0.1", office.port), 5) as raw:
            raw.sendall(f"{head}\r\n\r\n".encode())
            assert b" 403 " in raw.makefile("rb").readline()


def test_localhost_is_us(office: Office) -> None:
    assert ask(office, "GET", "/dashboard", Host=f"localhost:{office.port}").status == 200


def test_an_upgrade_that_is_none_is_refused(office: Office) -> None:
    assert ask(office, "GET", "/v1").code == "not_found"
    assert ask(office, "GET", "/v1", Origin=ORIGIN).code == "origin_refused"
    for change in ({"Sec-WebSocket-Version": "1"}, {"Sec-WebSocket-Key": "short"}, {"Connection": "close"}):
        for _ in range(5):  # and no seat stays taken
            answer = ask(office, "GET", "/v1", Origin=ORIGIN, **{**UPGRADE, **change})
            assert (answer.status, answer.code) == (400, "bad_frame")
    office.client().close()


# a foreign extension, or a page, at every POST


@pytest.mark.parametrize("path", [guard.CONTROL, guard.DASHBOARD_SESSION, guard.DASHBOARD_CALL])
@pytest.mark.parametrize("origin", [ORIGIN, OTHER_ORIGIN, FIREFOX_ORIGIN, "https://evil.com", "null"])
def test_a_foreign_post_is_refused(office: Office, path: str, origin: str) -> None:
    for more in ({}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "cross-site"}):
        key = {"Authorization": f"Bearer {office.desk.control_token}", "X-Seabridge-Token": token(office)}
        answer = ask(office, "POST", path, b'{"method":"status"}', Origin=origin, **JSON, **key, **more)
        assert (answer.status, answer.code) == (403, "origin_refused")
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_foreign_extensions_blob_is_refused(office: Office) -> None:
    assert upload(office, "guess", origin=OTHER_ORIGIN).code == "ticket_invalid"


@pytest.mark.parametrize("path", [guard.CONTROL, guard.BLOB, guard.DASHBOARD_CALL, "/v1", "/dashboard"])
def test_no_preflight_is_answered(office: Office, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Private-Network": "true"}
    answer = ask(office, "OPTIONS", path, Origin="https://evil.com", **asked)
    assert (answer.status, answer.code) == (403, "origin_refused")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["/v1/nothing", "/dashboard/../secrets.json", "/dashboard/desk.py", "/v1/"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_nothing_else_is_there(office: Office, path: str, method: str) -> None:
    answer = ask(office, method, path, b"{}" if method != "GET" else b"", **(JSON if method != "GET" else {}))
    assert answer.code == "not_found"


# control


def test_control_needs_the_token(office: Office) -> None:
    for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": office.desk.control_token}):
        answer = ask(office, "POST", guard.CONTROL, b'{"method":"status"}', **JSON, **header)
        assert (answer.status, answer.code) == (401, "not_proven")


def test_control_is_json_and_small(office: Office) -> None:
    key = {"Authorization": f"Bearer {office.desk.control_token}"}
    assert ask(office, "POST", guard.CONTROL, b"{}", **key).code == "json_only"
    assert ask(office, "POST", guard.CONTROL, b"{}", Content_Type="text/plain", **key).code == "json_only"
    large = b'{"method":"' + b"x" * guard.MAX_JSON + b'"}'
    assert ask(office, "POST", guard.CONTROL, large, **JSON, **key).code == "too_large"
    for body in (b"", b"[]", b"{}", b'{"method":"status","more":1}', b'{"method":"status","params":{"x":1}}', b"\xff"):
        assert ask(office, "POST", guard.CONTROL, body, **JSON, **key).code == "bad_params"
    assert ask(office, "POST", guard.CONTROL, b'{"method":"message.seen"}', **JSON, **key).code == "unknown_method"


def test_a_length_without_end_is_refused_and_no_fault_of_ours(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    for length in ("9" * 5000, "-1", "+2", "0x2", "1 1", "\u00b2"):
        answer = ask(office, "POST", guard.CONTROL, b"{}", **JSON, Content_Length=length)
        assert answer.code == "too_large", length
    assert not caplog.records


def test_a_chunked_body_is_refused(office: Office) -> None:
    with socket.create_connection(("127.0.0.1", office.port), 5) as raw:
        raw.sendall(
            b"POST /v1/control HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" % office.port
        )
        assert b" 413 " in raw.makefile("rb").readline()


def test_the_command_line_finds_and_asks_the_companion(office: Office) -> None:
    where = whereabouts(office.room.paths)
    assert where is not None
    assert where["port"] == office.port
    assert control(office, "status")["version"] == "9.9"
    assert control(office, "pairing.pending") is None
    assert control(office, "dashboard.ticket")["url"].startswith(f"http://127.0.0.1:{office.port}/dashboard#ticket=")
    assert control(office, "search", query="x") == {"hits": [], "notes": [], "more": "", "filters": []}
    assert control(office, "languages.list")["packages"][0]["source"] == "es"
    assert control(office, "languages.install", source="es", target="en")["packages"]
    assert control(office, "languages.install_state")["state"] == "done"
    assert control(office, "languages.install_file", path=__file__)["installed"]
    assert control(office, "languages.remove", source="es", target="en") == {"removed": True}


def test_the_command_line_confirms_a_pairing(office: Office) -> None:
    def seller(pairing: str, digits: str) -> None:
        waiting = control(office, "pairing.pending")
        assert (waiting["pairing"], waiting["digits"], waiting["origin"]) == (pairing, digits, ORIGIN)
        control(office, "pairing.confirm", pairing=pairing)

    with office.client() as client:
        client.prove(client.pair(seller))
    with pytest.raises(SeabridgeError) as caught:
        control(office, "pairing.confirm", pairing="old")
    assert caught.value.code is ErrorCode.PAIRING_EXPIRED


def test_the_command_line_ends_the_companion(office: Office) -> None:
    assert control(office, "shutdown") == {}
    assert office.quit.wait(20)


def test_after_stopping_nothing_is_announced(office: Office) -> None:
    office.running.stop()
    with pytest.raises(SeabridgeError) as caught:
        control(office, "status")
    assert caught.value.code is ErrorCode.NOT_RUNNING


# blobs


def test_a_buyers_image_is_stored_once_by_hash(with_message: Office) -> None:
    office = with_message
    with office.proven() as client:
        begun = client.call("blob.begin", image())
        assert begun.path == guard.BLOB
        answer = upload(office, begun.ticket)
        assert answer.result == {"sha256": hashlib.sha256(PNG).hexdigest()}
        assert office.archive.pictures.kept == [(1, "https://p16.example/x.png", PNG, "image/png")]
        office.archive.pictures.held[image().sha256] = PNG
        assert client.call("blob.begin", image(url="https://p16.example/again.png")).ticket == ""
        assert office.archive.pictures.kept[-1][1] == "https://p16.example/again.png"


def test_a_ticket_serves_once(with_message: Office) -> None:
    with with_message.proven() as client:
        ticket = client.call("blob.begin", image()).ticket
    assert upload(with_message, ticket).status == 200
    assert upload(with_message, ticket).code == "ticket_invalid"
    assert len(with_message.archive.pictures.kept) == 1


def test_a_failed_upload_uses_the_ticket_up(with_message: Office) -> None:
    with with_message.proven() as client:
        ticket = client.call("blob.begin", image()).ticket
    assert upload(with_message, ticket, PNG + b"x").code == "blob_mismatch"
    assert upload(with_message, ticket).code == "ticket_invalid"


@pytest.mark.parametrize(
    ("announced", "sent", "code"),
    [
        (image(), PNG[:-1], "blob_mismatch"),
        (image(), PNG + b"\0", "blob_mismatch"),
        (image(), PNG[:-1] + b"\1", "blob_mismatch"),
        (image(b"<svg onload=alert(1)>"), b"<svg onload=alert(1)>", "blob_type"),
        (image(b"MZ" + b"\0" * 100), b"MZ" + b"\0" * 100, "blob_type"),
        (image(b"%PDF-1.7"), b"%PDF-1.7", "blob_type"),
        (image(b"RIFF\0\0\0\0WAVE"), b"RIFF\0\0\0\0WAVE", "blob_type"),
        (image(message=99), PNG, "not_found"),
    ],
)
def test_what_was_not_announced_or_is_no_image_is_not_kept(
    with_message: Office, announced: BlobBeginParams, sent: bytes, code: str
) -> None:
    with with_message.proven() as client:
        ticket = client.call("blob.begin", announced).ticket
    assert upload(with_message, ticket, sent).code == code
    assert with_message.archive.pictures.kept == []


def test_a_ticket_belongs_to_its_origin(with_message: Office) -> None:
    with with_message.proven() as client:
        for thief in (OTHER_ORIGIN, FIREFOX_ORIGIN, "null"):
            ticket = client.call("blob.begin", image()).ticket
            assert upload(with_message, ticket, origin=thief).code == "ticket_invalid"
    with with_message.proven(origin=FIREFOX_ORIGIN) as firefox:
        for known in (FIREFOX_ORIGIN, "null"):  # Firefox hides it in some requests
            ticket = firefox.call("blob.begin", image()).ticket
            assert upload(with_message, ticket, origin=known).status == 200


def test_a_ticket_expires(with_message: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with with_message.proven() as client:
        ticket = client.call("blob.begin", image()).ticket
    before = with_message.desk.uploads._clock
    monkeypatch.setattr(with_message.desk.uploads, "_clock", lambda: before() + 60)
    assert upload(with_message, ticket).code == "ticket_invalid"


def test_too_large_a_blob_gets_no_ticket(with_message: Office) -> None:
    with with_message.proven() as client, pytest.raises(SeabridgeError) as caught:
        client.call("blob.begin", image(size=MAX_BLOB + 1))
    assert caught.value.code is ErrorCode.TOO_LARGE


def test_an_upload_that_breaks_off_is_not_kept(with_message: Office) -> None:
    with with_message.proven() as client:
        ticket = client.call("blob.begin", image()).ticket
    with socket.create_connection(("127.0.0.1", with_message.port), 5) as raw:
        head = f"POST /v1/blob HTTP/1.1\r\nHost: 127.0.0.1:{with_message.port}\r\nOrigin: {ORIGIN}\r\n"
        head += f"Content-Type: image/png\r\nX-Seabridge-Ticket: {ticket}\r\nContent-Length: {len(PNG)}\r\n\r\n"
        raw.sendall(head.encode() + PNG[:20])
        raw.shutdown(socket.SHUT_WR)
        raw.recv(1000)
    assert with_message.archive.pictures.kept == []


@pytest.mark.parametrize(
    "data", [PNG, b"\xff\xd8\xff\xe0" + b"\0" * 20, b"GIF89a" + b"\0" * 20, b"RIFF\1\0\0\0WEBPVP8 " + b"\0" * 20]
)
def test_the_four_image_kinds(with_message: Office, data: bytes) -> None:
    with with_message.proven() as client:
        ticket = client.call("blob.begin", image(data)).ticket
    assert upload(with_message, ticket, data).status == 200


# dashboard


def test_the_shell_is_empty_and_sealed(with_message: Office) -> None:
    with_message.paired()
    for path in (
        "/dashboard",
        "/dashboard/app.js",
        "/dashboard/frame.css",
        "/dashboard/icon.svg",
        "/dashboard/texts/zh_CN.json",
    ):
        answer = ask(with_message, "GET", path)
        assert answer.status == 200
        for name, value in guard.HEADERS.items():
            assert answer.headers[name] == value
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        for private in ("colibri", "Maria", ORIGIN, with_message.desk.instance):
            assert private.encode() not in answer.body


def test_the_dashboards_ticket_opens_it_once(office: Office) -> None:
    url = office.desk.dashboard_url()
    body = json.dumps({"ticket": url.split("#ticket=")[1]}).encode()
    first = ask(office, "POST", guard.DASHBOARD_SESSION, body, **own(office))
    assert dash(office, first.result["token"], "status.get").result["version"] == "9.9"
    again = ask(office, "POST", guard.DASHBOARD_SESSION, body, **own(office))
    assert (again.status, again.code) == (403, "ticket_invalid")


def test_the_dashboards_ticket_expires(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps({"ticket": office.desk.dashboard_url().split("#ticket=")[1]}).encode()
    before = office.desk.dashboard_tickets._clock
    monkeypatch.setattr(office.desk.dashboard_tickets, "_clock", lambda: before() + 60)
    assert ask(office, "POST", guard.DASHBOARD_SESSION, body, **own(office)).code == "ticket_invalid"


def test_an_idle_token_expires_and_a_used_one_does_not(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    key = token(office)
    before = office.desk.dashboard_tokens._clock
    later = 0.0
    monkeypatch.setattr(office.desk.dashboard_tokens, "_clock", lambda: before() + later)
    for _ in range(3):
        later += 11 * 3600
        assert dash(office, key, "settings.get").status == 200
    later += 12 * 3600 + 1
    assert dash(office, key, "settings.get").code == "ticket_invalid"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", None])
def test_the_dashboard_is_closed_to_other_sites(office: Office, site: str | None) -> None:
    key, body = token(office), b'{"method":"status.get"}'
    headers = own(office, **{"X-Seabridge-Token": key, "Sec-Fetch-Site": site or ""})
    if site is None:
        del headers["Sec-Fetch-Site"]
    assert ask(office, "POST", guard.DASHBOARD_CALL, body, **headers).code == "origin_refused"


def test_the_dashboard_needs_its_token(office: Office) -> None:
    for key in ("", "guess", office.desk.control_token):
        assert dash(office, key, "status.get").code == "ticket_invalid"


def test_the_dashboard_can_only_what_it_shows(office: Office) -> None:
    key = token(office)
    for method in ("message.seen", "draft.inserted", "shutdown", "languages.install_file", "auth.begin", "hello"):
        assert dash(office, key, method).code == "unknown_method"
    assert dash(office, key, "settings.set", locale="en").result["locale"] == "en"
    assert dash(office, key, "settings.set", locale="fr").code == "bad_params"
    assert dash(office, key, "languages.install_start", source="es", target="en").result["state"] in ("running", "done")
    assert dash(office, key, "pairing.list").result == {"keys": []}


# ports


def test_the_next_port_is_taken_when_one_is_held(office: Office, tmp_path: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        spare = free.getsockname()[1]
    second = open_office(tmp_path / "second", ports=(office.port, spare))
    assert second.port == spare
    second.running.stop()


def test_no_free_port_is_said_plainly(office: Office, tmp_path: Any) -> None:
    with pytest.raises(SeabridgeError) as caught:
        open_office(tmp_path / "second", ports=(office.port,))
    assert caught.value.code is ErrorCode.PORTS_TAKEN
    assert caught.value.data == {"ports": str(office.port)}


def test_it_listens_on_this_machine_only(office: Office) -> None:
    assert office.running._server._server.server_address[0] == "127.0.0.1"
