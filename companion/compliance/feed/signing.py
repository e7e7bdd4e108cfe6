"""Ed25519 keys of feeds: made, kept, told by their fingerprint, used. Pure but for the randomness of a new key."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING

from .refusing import unreadable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

#: The first line of ``feed.sig`` and of a key's file, so that each says what it is.
_SIGNATURE_HEAD = "seabridge-feed-signature-1"
_KEY_HEAD = "seabridge-feed-private-key-1"
#: ``feed.sig`` is the head, the public key and the signature, a line each; no longer than this many bytes.
MOST_SIGNATURE = 256
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_GROUP = 4


def new_key() -> bytes:
    """A private key's file."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return f"{_KEY_HEAD}\n{_b64(Ed25519PrivateKey.generate().private_bytes_raw())}\n".encode()


def public_key(file: bytes) -> bytes:
    """The 32 bytes of the public key of a private key's file. Raises ``feed_unreadable`` for what is none."""
    return _private(file).public_key().public_bytes_raw()


def signed(manifest: bytes, key: bytes) -> bytes:
    """``feed.sig`` for these bytes of ``feed.json``, with a private key's file. Raises ``feed_unreadable``."""
    private = _private(key)
    public = private.public_key().public_bytes_raw()
    return f"{_SIGNATURE_HEAD}\n{_b64(public)}\n{_b64(private.sign(manifest))}\n".encode()


def signer(manifest: bytes, signature: bytes) -> bytes | None:
    """The public key that signed exactly these bytes, None where it did not. Raises ``feed_unreadable``."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    head, *rest = signature.decode("ascii", "replace").split("\n")
    if head != _SIGNATURE_HEAD or len(rest) != 3 or rest[2]:
        raise unreadable("feed.sig")
    public, made = _bytes(rest[0], _KEY_BYTES, "feed.sig"), _bytes(rest[1], _SIGNATURE_BYTES, "feed.sig")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(made, manifest)
    except (InvalidSignature, ValueError):
        return None
    return public


def fingerprint(public: bytes) -> str:
    """By which people know a key: SHA-256 of its 32 bytes, 64 hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def fingerprint_of(written: str) -> str:
    """The fingerprint of a public key as ``rules/feed.yml`` names it. Raises ``feed_unreadable``."""
    return fingerprint(_bytes(written, _KEY_BYTES, "key"))


def spaced(print_of_key: str) -> str:
    """A fingerprint in groups, so that people can compare it."""
    return " ".join(print_of_key[at : at + _GROUP] for at in range(0, len(print_of_key), _GROUP))


def plain(typed: str) -> str:
    """A fingerprint as people type or paste it, with blanks, colons or capitals, as we keep it."""
    return re.sub(r"[\s:-]", "", typed).lower()


def _private(file: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    head, _, rest = file.decode("ascii", "replace").replace("\r\n", "\n").partition("\n")
    if head != _KEY_HEAD:
        raise unreadable("no private key made by: seabridge rules key")
    return Ed25519PrivateKey.from_private_bytes(_bytes(rest.strip(), _KEY_BYTES, "key"))


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(written: str, length: int, what: str) -> bytes:
    try:
        raw = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise unreadable(what) from exc
    if len(raw) != length:
        raise unreadable(what)
    return raw
