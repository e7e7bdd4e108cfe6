"""page.read on a real desk: what is handed over is read once, by whoever handed it over; only orders are kept of it."""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
from typing import Any

import pytest

from companion.desk.captures import Captures
from companion.desk.client import ORIGIN
from companion.desk.guard import BLOB
from companion.marketplaces import load, rules_dir
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import BlobBeginParams
from companion.protocol.methods.pages import PageReadParams, PageReadResult
from companion.protocol.values import ThreadRef
from companion.protocol.version import MAX_PAGE

from .fakes import FIREFOX_ORIGIN, Office

URL = "https://agentseller-us.temu.com/mmsos/orders.html"
PAGE = (rules_dir() / "marketplaces/temu/cases/orders.html").read_bytes()


def announced(data: bytes = PAGE, **more: Any) -> BlobBeginParams:
    plain = {"purpose": "page", "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "type": "text/html"}
    return BlobBeginParams(**{**plain, **more})


def post(office: Office, ticket: str, data: bytes) -> str:
    """The error code of the upload, "" when it was taken."""
    connection = http.client.HTTPConnection("127.0.0.1", office.port, timeout=10)
    headers = {"Origin": ORIGIN, "Content-Type": "application/octet-stream", "X-Seabridge-Ticket": ticket}
    try:
        connection.request("POST", BLOB, data, headers)
        answer = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return str(answer["error"]["code"]) if "error" in answer else ""


def refused(client: Any, params: PageReadParams) -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        client.call("page.read", params)
    return caught.value.code


@pytest.fixture
def real(office: Office) -> Office:
    office.rules.marketplaces = load().marketplaces
    return office


def test_a_captured_page_is_read_once_and_nothing_of_it_comes_back_but_how_much_it_is(real: Office) -> None:
    params = PageReadParams(sha256=announced().sha256, url=URL)
    with real.proven() as client:
        assert refused(client, params) is ErrorCode.NOT_FOUND
        assert post(real, client.call("blob.begin", announced()).ticket, PAGE) == ""
        answer: PageReadResult = client.call("page.read", params)
        assert [(page.marketplace, page.page, page.kind, page.lost) for page in answer.pages] == [
            ("temu", "orders", "orders", [])
        ]
        assert answer.pages[0].counts["orders"] > 0
        assert refused(client, params) is ErrorCode.NOT_FOUND
    assert [(kind, look.marketplace, look.page) for kind, look in real.archive.facts.noted] == [
        ("order", "temu", "temu/orders")
    ] * answer.pages[0].counts["orders"]
    assert real.archive.pictures.kept == []
    assert not any(real.room.paths.files.rglob("*"))


def test_whom_an_order_was_for_is_remembered_for_the_translation_of_its_conversation(real: Office) -> None:
    page = (rules_dir() / "marketplaces/mercadolibre/cases/orders.html").read_bytes()
    params = PageReadParams(
        sha256=announced(page).sha256, url="https://vendedores.mercadolivre.com.br/vendas/omni/lista?search="
    )
    with real.proven() as client:
        assert post(real, client.call("blob.begin", announced(page)).ticket, page) == ""
        assert client.call("page.read", params).pages
    ref = ThreadRef(marketplace="mercadolibre", shop="any", region="BR", thread="9")
    found = real.desk.order_names.of(ref, ["2000007712345678"], "")
    assert (found.own, found.elsewhere) == (("Carla Menezes",), ("João Prado",))


def test_nothing_is_kept_of_a_page_that_lacks_what_it_must_have(real: Office) -> None:
    changed = PAGE.replace(b"PO-", b"XX-")
    with real.proven() as client:
        assert post(real, client.call("blob.begin", announced(changed)).ticket, changed) == ""
        answer = client.call("page.read", PageReadParams(sha256=announced(changed).sha256, url=URL))
        assert answer.pages[0].lost
    assert real.archive.facts.noted == []


def test_another_extension_gets_nothing_of_it(real: Office) -> None:
    params = PageReadParams(sha256=announced().sha256, url=URL)
    with real.proven() as client, real.proven(origin=FIREFOX_ORIGIN) as other:
        assert post(real, client.call("blob.begin", announced()).ticket, PAGE) == ""
        assert refused(other, params) is ErrorCode.NOT_FOUND
        assert client.call("page.read", params).pages


def test_a_page_that_none_of_the_descriptions_fits_is_none(real: Office) -> None:
    with real.proven() as client:
        for url in ("https://agentseller-us.temu.com/mmsos/elsewhere.html", "https://evil.example/", "no address"):
            assert post(real, client.call("blob.begin", announced()).ticket, PAGE) == ""
            assert client.call("page.read", PageReadParams(sha256=announced().sha256, url=url)).pages == []


@pytest.mark.parametrize(
    ("data", "code"), [(b"GIF89a" + b"\0" * 20, "blob_type"), (b"%PDF-1.7 <html>", "blob_type"), (b"  <p>x</p>", "")]
)
def test_only_a_page_is_taken_for_one(real: Office, data: bytes, code: str) -> None:
    with real.proven() as client:
        assert post(real, client.call("blob.begin", announced(data)).ticket, data) == code


def test_a_page_is_bounded(real: Office) -> None:
    with real.proven() as client, pytest.raises(SeabridgeError) as caught:
        client.call("blob.begin", announced(size=MAX_PAGE + 1))
    assert caught.value.code is ErrorCode.TOO_LARGE


def test_a_page_made_to_be_heavy_is_refused_and_the_next_one_read(real: Office) -> None:
    heavy = b"<!doctype html>" + b"<p>" * 300_000
    with real.proven() as client:
        assert post(real, client.call("blob.begin", announced(heavy)).ticket, heavy) == ""
        assert refused(client, PageReadParams(sha256=announced(heavy).sha256, url=URL)) is ErrorCode.TOO_LARGE
        assert post(real, client.call("blob.begin", announced()).ticket, PAGE) == ""
        assert client.call("page.read", PageReadParams(sha256=announced().sha256, url=URL)).pages


def test_one_page_is_read_at_a_time() -> None:
    captures = Captures()
    with captures.alone():
        told: list[ErrorCode] = []

        def second() -> None:
            try:
                with captures.alone():
                    pass
            except SeabridgeError as exc:
                told.append(exc.code)

        thread = threading.Thread(target=second)
        thread.start()
        thread.join(5)
    assert told == [ErrorCode.BUSY]
    with captures.alone():
        pass


def test_captures_are_few_and_do_not_wait_for_ever() -> None:
    now = [0.0]
    captures = Captures(clock=lambda: now[0])
    for number in range(6):
        captures.put("o", str(number), b"<")
    with pytest.raises(SeabridgeError):
        captures.take("o", "0")
    assert captures.take("o", "5") == b"<"
    now[0] = 61.0
    with pytest.raises(SeabridgeError):
        captures.take("o", "4")
