"""Setting a remote engine up: presets, addresses, and the day's budget."""

from __future__ import annotations

import datetime
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets
from companion.translation.choice import Order
from companion.translation.remote.build import build
from companion.translation.remote.config import Price, configured, known
from companion.translation.remote.http import Client
from companion.translation.remote.usage import Usage, cost
from companion.translation.setup import EngineSetup

from .stand_in import StandIn


def test_every_preset_is_usable_and_tells_its_source() -> None:
    for name, preset in known()["presets"].items():
        more: dict[str, Any] = {}
        if not preset.get("base_url") and not known()["kinds"][preset["kind"]]["base_url"]:
            more["base_url"] = "https://translate.example.com"
        if preset["kind"] == "chat" and not preset["model"]:
            more["model"] = "mine"
        config = configured(name, more)
        assert config.base_url
        assert preset["source"].startswith("https://")
    assert known()["checked"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "translate.example.com",
        "http://translate.example.com",
        "http://8.8.8.8:5000",
        "http://172.32.0.1",
        "http://169.254.169.254/latest",
        "http://[2606:4700::1111]",
        "http://[::ffff:8.8.8.8]",
        "http://134744072",
        "http://example.local.com",
        "http://lan.example.com",
        "ftp://192.168.1.20",
        "ftp://example.com",
        "file:///etc/passwd",
        "https://user:pass@example.com",
        "http://me:pass@192.168.1.20",
        "http://192.168.1.20:port",
        "http://[fe80::1",
        "https://example.com/?key=1",
        "http://127.0.0.1.example.com",
    ],
)
def test_texts_and_keys_never_travel_in_the_clear(address: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        configured("mine", {"kind": "libretranslate", "base_url": address})
    assert caught.value.code is ErrorCode.ENGINE_SETUP
    assert caught.value.data["problem"] == "base_url"


@pytest.mark.parametrize("address", ["https://translate.example.com/x/", "http://127.0.0.1:5000", "http://[::1]:5000"])
def test_good_addresses(address: str) -> None:
    config = configured("mine", {"kind": "libretranslate", "base_url": address})
    assert config.base_url == address.rstrip("/")
    assert config.host == ("translate.example.com" if "example" in address else "")


@pytest.mark.parametrize(
    "document",
    [{}, {"kind": "ftp"}, {"kind": "chat", "base_url": "https://e.com"}, {"preset": "ollama"},
     {"preset": "deepseek", "timeout_s": 900}, {"preset": "deepseek", "key": "sk-1"},
     {"preset": "deepseek", "model": 3}],
)  # fmt: skip
def test_a_wrong_set_up_is_told(document: dict[str, Any]) -> None:
    with pytest.raises(SeabridgeError) as caught:
        configured("mine", document)
    assert caught.value.code is ErrorCode.ENGINE_SETUP


def test_the_days_budget_stops_it_and_the_next_day_it_goes_on(service: StandIn, tmp_path: Path) -> None:
    day = [datetime.date(2026, 11, 30)]
    usage = Usage(Documents(tmp_path / "documents.json"), lambda: day[0])
    config = configured("mine", {"kind": "deepl", "base_url": service.url, "daily_characters": 12})
    engine = build(config, lambda: "k", usage)
    engine.translate_batch(["123456789"], "en", "zh")
    with pytest.raises(SeabridgeError) as caught:
        engine.translate_batch(["1234"], "en", "zh")
    assert caught.value.code is ErrorCode.ENGINE_BUDGET
    assert caught.value.data == {"engine": "mine", "used": 9, "limit": 12}
    assert len(service.asked) == 1, "nothing was sent"
    again = Usage(Documents(tmp_path / "documents.json"), lambda: day[0])
    assert again.spent(config).characters == 9, "kept over a restart"
    day[0] = datetime.date(2026, 12, 1)
    assert engine.translate_batch(["1234"], "en", "zh") == ["<1234>"]
    day[0] = datetime.date(2027, 6, 1)
    engine.translate_batch(["1"], "en", "zh")
    kept = Documents(tmp_path / "documents.json").all("engine_usage")
    assert list(kept) == ["mine 2027-06-01"], "old days are forgotten"


def test_what_it_costs() -> None:
    assert cost(Price(per="characters", in_=20.0), 1_000_000, 0, 0) == 20.0
    assert cost(Price(per="characters"), 5, 0, 0) is None
    assert cost(Price(in_=1.0, out=2.0), 0, 1_000_000, 500_000) == 2.0
    assert cost(Price(in_=1.0), 0, 1, 1) is None


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """The same machine, with a certificate of its own making."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = tmp_path / "own.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    seen: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.rfile.read(int(self.headers["Content-Length"])))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        with pytest.raises(SeabridgeError) as caught:
            Client("mine", 5).post(f"https://localhost:{server.server_address[1]}/", {"q": "secret"}, {})
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
    assert caught.value.code is ErrorCode.ENGINE_FAILED
    assert seen == []


def test_engines_that_somebody_else_sets_up_are_seen_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    documents = Documents(tmp_path / "d.json")
    mine = EngineSetup(documents, Secrets(Paths(tmp_path / "mine")))
    yours = EngineSetup(documents, Secrets(Paths(tmp_path / "yours")))
    assert (yours.remotes(), yours.order()) == ({}, Order())
    mine.save("deepl", {}, "a-key")
    mine.set_order(Order(default=("deepl", "argos")))
    assert yours.order().default == ("deepl", "argos")
    assert mine.remotes()["deepl"].available()
    assert not yours.remotes()["deepl"].available(), "keys are not shared"
    yours.remove("deepl")
    assert mine.remotes() == {}


def test_a_key_goes_only_to_the_host_it_was_entered_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    documents = Documents(tmp_path / "d.json")
    mine = EngineSetup(documents, Secrets(Paths(tmp_path / "mine")))
    yours = EngineSetup(documents, Secrets(Paths(tmp_path / "yours")))
    mine.save("deepseek", {}, "a-key")
    yours.save("deepseek", {"base_url": "https://collects-keys.example"})
    assert (mine.key("deepseek"), mine.remotes()["deepseek"].available()) == ("", False)
    yours.save("deepseek", {"base_url": "https://api.deepseek.com/v2"})
    assert mine.key("deepseek") == "a-key", "another path of the same host"
    mine.save("deepseek", {"base_url": "https://proxy.example"})
    assert mine.key("deepseek") == "a-key", "who has the key moved it"
    mine.save("deepseek", {}, "")
    assert mine.key("deepseek") == ""
    again = EngineSetup(documents, Secrets(Paths(tmp_path / "mine")))
    Secrets(Paths(tmp_path / "mine")).set("engine:deepseek", b"from-before")
    documents.delete("engine_keys", "deepseek")
    assert again.key("deepseek") == "from-before"
