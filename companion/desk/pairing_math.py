"""The formulas of pairing and mutual proof. Pure; the extension computes the same in ``background/pairing``.

Both transcripts bind the extension's Origin, the companion's instance and the port the extension dialled, so that
a program which squats another port and relays to the real companion yields other digits and failing proofs.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING

from ..protocol.errors import ErrorCode, SeabridgeError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

POINT_BYTES = 65
NONCE_BYTES = 32


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str, size: int) -> bytes:
    """The bytes of ``text``; raises ``bad_params`` unless it is the one spelling of exactly ``size`` bytes."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as exc:
        raise SeabridgeError(ErrorCode.BAD_PARAMS, problem="not base64url") from exc
    if len(data) != size or b64(data) != text:
        raise SeabridgeError(ErrorCode.BAD_PARAMS, problem=f"needs {size} bytes as base64url")
    return data


def new_key() -> tuple[EllipticCurvePrivateKey, bytes]:
    """A fresh P-256 key and its public point, uncompressed."""
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    return private, public_point(private)


def public_point(private: EllipticCurvePrivateKey) -> bytes:
    """The uncompressed public point, 65 bytes."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def shared_x(private: EllipticCurvePrivateKey, peer: bytes) -> bytes:
    """The x-coordinate both sides share. Raises ``pairing_broken`` when ``peer`` is no point of the curve."""
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), peer)
    except ValueError as exc:
        raise SeabridgeError(ErrorCode.PAIRING_BROKEN, "not a point of P-256") from exc
    return private.exchange(ec.ECDH(), point)


def commitment(ext_pub: bytes, ext_nonce: bytes) -> bytes:
    """What the extension commits to before it sees the companion's half."""
    return hashlib.sha256(b"seabridge-commit-1\0" + ext_pub + ext_nonce).digest()


def transcript(
    origin: str, port: int, instance: str, ext_pub: bytes, comp_pub: bytes, ext_nonce: bytes, comp_nonce: bytes
) -> bytes:
    """T, everything both sides must have seen alike."""
    head = b"\0".join((b"seabridge-pair-1", origin.encode(), str(port).encode(), instance.encode(), b""))
    return head + ext_pub + comp_pub + ext_nonce + comp_nonce


def digits(t: bytes) -> str:
    """The six digits the seller compares."""
    number = int.from_bytes(hashlib.sha256(b"seabridge-digits-1\0" + t).digest()[:8], "big")
    return f"{number % 1_000_000:06d}"


def derive_key(x: bytes, t: bytes) -> bytes:
    """The 32-byte pairing key: HKDF-SHA256 of the shared x-coordinate, salted with the transcript."""
    extracted = hmac.digest(hashlib.sha256(t).digest(), x, "sha256")
    return hmac.digest(extracted, b"seabridge-key-1\x01", "sha256")


def key_id(t: bytes) -> str:
    """The name of the key, no secret."""
    return b64(hashlib.sha256(b"seabridge-keyid-1\0" + t).digest()[:12])


def auth_transcript(
    key_name: str, origin: str, port: int, instance: str, client_nonce: bytes, server_nonce: bytes
) -> bytes:
    """A, what a session's proofs are about."""
    parts = (b"seabridge-auth-1", key_name.encode(), origin.encode(), str(port).encode(), instance.encode(), b"")
    return b"\0".join(parts) + client_nonce + server_nonce


def companion_proof(key: bytes, a: bytes) -> bytes:
    """The companion's proof over A."""
    return hmac.digest(key, b"companion\0" + a, "sha256")


def extension_proof(key: bytes, a: bytes) -> bytes:
    """The extension's proof over A."""
    return hmac.digest(key, b"extension\0" + a, "sha256")


def same(left: bytes, right: bytes) -> bool:
    """Comparison that takes the same time wherever they differ."""
    return hmac.compare_digest(left, right)
