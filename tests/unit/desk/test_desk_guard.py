"""Who may ask what, decided without a network."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.desk import guard
from companion.desk.guard import Ask, judge
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.version import MAX_BLOB

CHROME, FIREFOX = "chrome-extension://" + "a" * 32, "moz-extension://01234567-89ab-cdef-0123-456789abcdef"
HOST = "127.0.0.1:8765"
UPGRADE = Ask("GET", "/v1", HOST, CHROME, upgrade=True)
DASH = Ask(
    "POST", "/v1/dashboard/call", HOST, f"http://{HOST}", content_type="application/json", length=2,
    fetch_site="same-origin",
)  # fmt: skip
CONTROL = Ask("POST", "/v1/control", HOST, content_type="application/json", length=2)
FILE = replace(DASH, path="/v1/dashboard/file", content_type="application/octet-stream")
BLOB = Ask("POST", "/v1/blob", HOST, CHROME, content_type="image/png", length=2)
SHELL = Ask("GET", "/dashboard", HOST, fetch_site="none", fetch_mode="navigate", fetch_dest="document")

HOSTILE_ORIGINS = [
    None, "", "null", "https://seller-us.tiktok.com", "http://127.0.0.1:8765", "http://localhost:8765", "file://",
    "chrome-extension://", "chrome-extension://" + "a" * 31, "chrome-extension://" + "a" * 33,
    "chrome-extension://" + "A" * 32, "chrome-extension://" + "z" * 32, CHROME + "/",
    CHROME + ".evil.com", CHROME + "\n",
    "https://" + "a" * 32, "moz-extension://short", FIREFOX.upper(), f"{CHROME},{CHROME}",
    "xchrome-extension://" + "a" * 32,
]  # fmt: skip


def refusal(ask: Ask) -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        judge(ask, 8765)
    return caught.value.code


@pytest.mark.parametrize(
    "ask",
    [
        UPGRADE, replace(UPGRADE, origin=FIREFOX), replace(UPGRADE, host="localhost:8765"), DASH,
        replace(DASH, content_type="application/json; charset=utf-8"), CONTROL, FILE, BLOB,
        replace(BLOB, origin=FIREFOX),
        replace(BLOB, origin="null"), replace(BLOB, content_type="application/octet-stream"), SHELL,
        replace(SHELL, fetch_site=None, fetch_mode=None, fetch_dest=None), replace(SHELL, fetch_site="cross-site"),
        replace(SHELL, path="/dashboard/app.js", fetch_site="same-origin", fetch_mode="cors", fetch_dest="script"),
    ],
)  # fmt: skip
def test_the_rightful_pass(ask: Ask) -> None:
    judge(ask, 8765)


@pytest.mark.parametrize(
    "host",
    [
        None, "", "evil.com", "evil.com:8765", "127.0.0.1", "localhost", "127.0.0.1:8766", "127.0.0.1:87650",
        "127.0.0.2:8765",
        "0.0.0.0:8765", "[::1]:8765", "127.0.0.1:8765.evil.com", "evil.com,127.0.0.1:8765", "LOCALHOST:8765",
        "127.0.0.1:8765 ", "a.localhost:8765", "2130706433:8765",
    ],
)  # fmt: skip
@pytest.mark.parametrize("ask", [UPGRADE, DASH, CONTROL, BLOB, SHELL])
def test_a_rebinding_host_is_refused_everywhere(ask: Ask, host: str | None) -> None:
    assert refusal(replace(ask, host=host)) is ErrorCode.HOST_REFUSED


@pytest.mark.parametrize("origin", HOSTILE_ORIGINS)
def test_the_socket_takes_extensions_only(origin: str | None) -> None:
    assert refusal(replace(UPGRADE, origin=origin)) is ErrorCode.ORIGIN_REFUSED


@pytest.mark.parametrize("origin", [o for o in HOSTILE_ORIGINS if o != "null"])
def test_blobs_come_from_extensions_only(origin: str | None) -> None:
    assert refusal(replace(BLOB, origin=origin)) is ErrorCode.ORIGIN_REFUSED


@pytest.mark.parametrize("origin", [CHROME, FIREFOX, "null", "https://evil.com", f"http://{HOST}"])
def test_control_takes_no_browser(origin: str) -> None:
    assert refusal(replace(CONTROL, origin=origin)) is ErrorCode.ORIGIN_REFUSED
    assert refusal(replace(CONTROL, fetch_site="same-origin")) is ErrorCode.ORIGIN_REFUSED


@pytest.mark.parametrize("path", ["/v1/dashboard/call", "/v1/dashboard/session", "/v1/dashboard/file"])
@pytest.mark.parametrize(
    "change",
    [
        {"origin": CHROME}, {"origin": None}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://localhost:8765"}, {"fetch_site": None}, {"fetch_site": "same-site"},
        {"fetch_site": "cross-site"}, {"fetch_site": "none"},
    ],
)  # fmt: skip
def test_the_dashboard_is_asked_by_its_own_page_only(path: str, change: dict[str, str | None]) -> None:
    assert refusal(replace(DASH, path=path, **change)) is ErrorCode.ORIGIN_REFUSED  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", "text/json"],
)
@pytest.mark.parametrize("ask", [DASH, CONTROL])
def test_json_only(ask: Ask, kind: str) -> None:
    assert refusal(replace(ask, content_type=kind)) is ErrorCode.JSON_ONLY


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_a_form_can_send_is_no_blob(kind: str) -> None:
    assert refusal(replace(BLOB, content_type=kind)) is ErrorCode.BLOB_TYPE
    assert refusal(replace(FILE, content_type=kind)) is ErrorCode.BLOB_TYPE


@pytest.mark.parametrize("ask", [DASH, CONTROL, BLOB, FILE])
def test_bodies_are_bounded_and_say_their_length(ask: Ask) -> None:
    limit = {BLOB.path: MAX_BLOB, FILE.path: guard.MAX_FILE}.get(ask.path, guard.MAX_JSON)
    judge(replace(ask, length=limit), 8765)
    assert refusal(replace(ask, length=limit + 1)) is ErrorCode.TOO_LARGE
    assert refusal(replace(ask, length=None)) is ErrorCode.TOO_LARGE


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS"])
@pytest.mark.parametrize("ask", [DASH, CONTROL, BLOB, SHELL])
def test_no_other_method_and_no_preflight(ask: Ask, method: str) -> None:
    expected = ErrorCode.ORIGIN_REFUSED if method == "OPTIONS" else ErrorCode.NOT_FOUND
    assert refusal(replace(ask, method=method)) is expected


@pytest.mark.parametrize("path", ["/", "/dashboard", "/v1", "/v1/dashboard/call", "/v2", "/v1/"])
def test_a_socket_opens_at_one_place(path: str) -> None:
    if path != "/v1":
        assert refusal(replace(UPGRADE, path=path)) is ErrorCode.NOT_FOUND
    assert refusal(replace(UPGRADE, path=path, method="POST")) is ErrorCode.NOT_FOUND


@pytest.mark.parametrize("origin", ["https://evil.com", CHROME, "null"])
def test_a_shell_is_not_fetched_across_origins(origin: str) -> None:
    assert refusal(replace(SHELL, origin=origin)) is ErrorCode.ORIGIN_REFUSED


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("dest", ["script", "iframe", "image", "empty", None])
def test_a_foreign_page_cannot_embed_or_probe_a_shell(site: str, dest: str | None) -> None:
    ask = replace(SHELL, path="/dashboard/app.js", fetch_site=site, fetch_dest=dest)
    assert refusal(replace(ask, fetch_mode="no-cors")) is ErrorCode.ORIGIN_REFUSED
    assert refusal(replace(ask, fetch_mode="navigate")) is ErrorCode.ORIGIN_REFUSED


def test_no_header_opens_the_desk_to_others() -> None:
    assert not [name for name in guard.HEADERS if name.lower().startswith("access-control")]
    policy = guard.HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
