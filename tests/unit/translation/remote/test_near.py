"""Servers in the local network: asked without https, said so, and never anywhere else under their name."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.engines import EnginesSaveParams
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets
from companion.translation.board import EngineBoard
from companion.translation.breaker import Breaker
from companion.translation.remote.build import build, screened
from companion.translation.remote.config import configured
from companion.translation.remote.context import Context
from companion.translation.remote.near import in_network
from companion.translation.remote.usage import Usage
from companion.translation.setup import EngineSetup

from .stand_in import StandIn


@pytest.mark.parametrize(
    "host",
    ["10.0.0.8", "172.16.3.4", "172.31.255.1", "192.168.1.20", "169.254.10.1", "[fd12:3456::1]", "[fe80::1]",
     "nas", "NAS", "translate.local", "my.box.lan"],
)  # fmt: skip
def test_a_server_in_the_local_network_may_use_http(host: str) -> None:
    config = configured("mine", {"kind": "libretranslate", "base_url": f"http://{host}:5000"})
    assert config.unencrypted
    assert config.host == host.strip("[]").lower(), "it is another machine: its host is shown and personal data hidden"
    assert not configured("mine", {"kind": "libretranslate", "base_url": f"https://{host}:5000"}).unencrypted


def test_this_machine_is_no_network() -> None:
    assert not configured("mine", {"kind": "libretranslate", "base_url": "http://127.0.0.1:5000"}).unencrypted


@pytest.mark.parametrize(
    ("address", "inside"),
    [("192.168.0.1", True), ("127.0.0.1", True), ("::1", True), ("fe80::1%eth0", True), ("::ffff:10.0.0.1", True),
     ("::ffff:8.8.8.8", False), ("8.8.8.8", False), ("100.64.0.1", False), ("0.0.0.0", False), ("::", False),
     ("169.254.169.254", False), ("224.0.0.1", False), ("nas", False), ("", False)],
)  # fmt: skip
def test_which_addresses_are_of_a_private_network(address: str, inside: bool) -> None:
    assert in_network(address) is inside


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Names resolve to each answer in turn; the addresses that were connected to."""
    turns = list(answers)
    real = socket.socket.connect
    reached: list[str] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        now = turns.pop(0) if len(turns) > 1 else turns[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in now]

    def connect(self: socket.socket, address: Any) -> None:
        reached.append(address[0])
        real(self, ("127.0.0.1", address[1]))

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    return reached


def engine_at(service: StandIn, host: str) -> Any:
    port = service.url.rpartition(":")[2]
    config = configured("mine", {"kind": "libretranslate", "base_url": f"http://{host}:{port}"})
    return build(config, lambda: "k-1", Usage())


def test_it_is_asked_directly_and_sees_no_personal_data(service: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = resolving(monkeypatch, ["192.168.1.20"])
    ready = screened(engine_at(service, "nas"), Context(names=("Anna Schmidt",)))
    assert ready.translate_batch(["Anna Schmidt asks"], "en", "zh") == ["<Anna Schmidt asks>"]
    assert reached == ["192.168.1.20"], "not the proxy"
    assert "Schmidt" not in json.dumps(service.asked[0].body)


@pytest.mark.parametrize("found", [["93.184.216.34"], ["192.168.1.20", "93.184.216.34"], ["169.254.169.254"], []])
def test_a_name_that_points_out_of_the_network_is_refused_before_anything_is_sent(
    service: StandIn, monkeypatch: pytest.MonkeyPatch, found: list[str]
) -> None:
    reached = resolving(monkeypatch, found)
    with pytest.raises(SeabridgeError) as caught:
        engine_at(service, "nas.local").translate_batch(["secret"], "en", "zh")
    assert caught.value.code is ErrorCode.ENGINE_SETUP
    assert caught.value.data["problem"] == "base_url"
    assert (reached, service.asked) == ([], [])


def test_the_address_that_was_looked_at_is_the_one_connected_to(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebinding: the first answer is private, the one a moment later is not."""
    reached = resolving(monkeypatch, ["192.168.1.20"], ["93.184.216.34"])
    engine = engine_at(service, "nas.local")
    assert engine.translate_batch(["one"], "en", "zh") == ["<one>"]
    with pytest.raises(SeabridgeError):
        engine.translate_batch(["two"], "en", "zh")
    assert reached == ["192.168.1.20"]


def test_the_seller_is_told_when_it_is_saved(tmp_path: Any) -> None:
    paths = Paths(tmp_path / "data").ready()
    setup = EngineSetup(Documents(paths.documents), Secrets(paths))
    board = EngineBoard(lambda: dict(setup.remotes()), setup, Breaker())
    for url, told in (("http://192.168.1.20:5000", True), ("https://192.168.1.20", False), ("http://localhost", False)):
        saved = board.save(EnginesSaveParams(name="mine", kind="libretranslate", base_url=url))
        assert [engine.unencrypted for engine in saved.engines if engine.name == "mine"] == [told]
