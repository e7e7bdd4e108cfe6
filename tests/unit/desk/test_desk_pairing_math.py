"""The formulas, against the standard's own implementation and against fixed vectors shared with TypeScript."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from companion.desk import pairing_math as m
from companion.protocol.errors import ErrorCode, SeabridgeError

VECTORS = Path(__file__).parents[2] / "contract" / "vectors" / "pairing.json"


def test_key_is_hkdf_as_published() -> None:
    import hashlib

    x, t = b"x" * 32, b"some transcript"
    expected = HKDF(hashes.SHA256(), 32, hashlib.sha256(t).digest(), b"seabridge-key-1").derive(x)
    assert m.derive_key(x, t) == expected


def test_both_sides_share_the_same_x() -> None:
    (mine, my_point), (yours, your_point) = m.new_key(), m.new_key()
    assert len(my_point) == m.POINT_BYTES
    assert m.shared_x(mine, your_point) == m.shared_x(yours, my_point)


@pytest.mark.parametrize("bad", [b"\x04" + b"\1" * 64, b"\0" * 65, b"\x02" + b"\1" * 64, b""])
def test_a_point_off_the_curve_is_refused(bad: bytes) -> None:
    with pytest.raises(SeabridgeError) as caught:
        m.shared_x(m.new_key()[0], bad)
    assert caught.value.code is ErrorCode.PAIRING_BROKEN


@pytest.mark.parametrize(
    "text", ["", "AA", "A" * 44, "A" * 42 + "B", "=" * 43, "A" * 42 + "+", "A" * 42 + "=", "é" * 43]
)
def test_only_the_one_spelling_of_32_bytes_is_read(text: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        m.unb64(text, 32)
    assert caught.value.code is ErrorCode.BAD_PARAMS


def test_b64_round_trip() -> None:
    assert m.unb64(m.b64(bytes(range(32))), 32) == bytes(range(32))


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "chrome-extension://" + "b" * 32},
        {"port": 18765},
        {"instance": "other"},
        {"ext_nonce": b"\2" * 32},
        {"comp_nonce": b"\2" * 32},
    ],
)
def test_every_part_of_the_transcript_counts(change: dict[str, object]) -> None:
    parts = {
        "origin": "chrome-extension://" + "a" * 32, "port": 8765, "instance": "i", "ext_pub": b"\4" * 65,
        "comp_pub": b"\5" * 65, "ext_nonce": b"\1" * 32, "comp_nonce": b"\1" * 32,
    }  # fmt: skip
    before, after = m.transcript(**parts), m.transcript(**{**parts, **change})  # type: ignore[arg-type]
    assert m.digits(before) != m.digits(after)
    assert m.key_id(before) != m.key_id(after)
    assert m.derive_key(b"x" * 32, before) != m.derive_key(b"x" * 32, after)


def test_a_proof_cannot_be_sent_back_as_the_other_sides() -> None:
    a = m.auth_transcript("k", "o", 1, "i", b"\1" * 32, b"\2" * 32)
    assert m.companion_proof(b"k" * 32, a) != m.extension_proof(b"k" * 32, a)


def test_vectors_shared_with_typescript() -> None:
    for case in json.loads(VECTORS.read_text("utf-8")):
        given, expected = case["given"], case["expected"]
        ext = ec.derive_private_key(int(given["extension_private"], 16), ec.SECP256R1())
        comp = ec.derive_private_key(int(given["companion_private"], 16), ec.SECP256R1())
        ext_pub, comp_pub = m.public_point(ext), m.public_point(comp)
        ext_nonce, comp_nonce = m.unb64(given["extension_nonce"], 32), m.unb64(given["companion_nonce"], 32)
        t = m.transcript(given["origin"], given["port"], given["instance"], ext_pub, comp_pub, ext_nonce, comp_nonce)
        key = m.derive_key(m.shared_x(comp, ext_pub), t)
        a = m.auth_transcript(m.key_id(t), given["origin"], given["port"], given["instance"], ext_nonce, comp_nonce)
        assert {
            "extension_public": m.b64(ext_pub),
            "companion_public": m.b64(comp_pub),
            "commitment": m.b64(m.commitment(ext_pub, ext_nonce)),
            "digits": m.digits(t),
            "key_id": m.key_id(t),
            "key": m.b64(key),
            "companion_proof": m.b64(m.companion_proof(key, a)),
            "extension_proof": m.b64(m.extension_proof(key, a)),
        } == expected
