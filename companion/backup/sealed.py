"""Files sealed with a passphrase: AES-256-GCM in chunks, each in its place, the last one marked; scrypt for the key.

A file tells its salt and the cost of the passphrase, so that it opens anywhere. Each file has a key of its own; the
order of chunks and the end of the file are part of what is authenticated.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..protocol.errors import ErrorCode, SeabridgeError

MAGIC = b"SEABRIDGE-SEALED-1\n"
CHUNK = 1 << 16
_TAG = 16
#: scrypt's cost: 128 MB and about half a second for each guess.
LOG_N, _R, _P = 17, 8, 1
#: A file that asks for more is not ours.
_MOST_LOG_N = 20
_HEADER = len(MAGIC) + 16 + 1 + 8 + 16


@dataclass(frozen=True, slots=True)
class Key:
    """A passphrase worked into a key, with the salt it takes to do that again."""

    salt: bytes
    log_n: int
    secret: bytes

    @classmethod
    def of(cls, passphrase: str, salt: bytes | None = None, log_n: int | None = None) -> Key:
        """Takes half a second on purpose; a new salt unless one is given."""
        salt = os.urandom(16) if salt is None else salt
        log_n = LOG_N if log_n is None else log_n
        words = unicodedata.normalize("NFC", passphrase).encode()
        n = 1 << log_n
        return cls(salt, log_n, hashlib.scrypt(words, salt=salt, n=n, r=_R, p=_P, maxmem=200 * n * _R, dklen=32))

    @property
    def pool(self) -> str:
        """Name of the attachments that this key seals."""
        return f"attachments-{self.salt[:4].hex()}"

    def name(self, sha256: str) -> str:
        """What a sealed attachment is called: its hash would tell which picture it is."""
        return self._derived(b"name" + sha256.encode()).hex()

    def _derived(self, purpose: bytes) -> bytes:
        return hmac.digest(self.secret, purpose, "sha256")

    def header(self) -> bytes:
        """The beginning of a new sealed file."""
        return MAGIC + self.salt + bytes([self.log_n]) + self._derived(b"check")[:8] + os.urandom(16)

    def opens(self, header: bytes) -> bool:
        """Whether this key sealed the file."""
        at = len(MAGIC) + 17
        return header[len(MAGIC) : at - 1] == self.salt and hmac.compare_digest(
            header[at : at + 8], self._derived(b"check")[:8]
        )

    def file_key(self, header: bytes) -> bytes:
        """The key of one file."""
        return self._derived(b"file" + header)


def read_header(path: Path) -> bytes | None:
    """The header of a sealed file, None for any other file."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    return header if header.startswith(MAGIC) and len(header) == _HEADER else None


def key_for(header: bytes, passphrase: str) -> Key:
    """The key of a sealed file. Raises ``backup_passphrase`` for a wrong one, ``backup_damaged`` for nonsense."""
    salt, log_n = header[len(MAGIC) : len(MAGIC) + 16], header[len(MAGIC) + 16]
    if not 1 <= log_n <= _MOST_LOG_N:
        raise SeabridgeError(ErrorCode.BACKUP_DAMAGED, f"cost {log_n}", path="", problem="header")
    key = Key.of(passphrase, salt, log_n)
    if not key.opens(header):
        raise SeabridgeError(ErrorCode.BACKUP_PASSPHRASE)
    return key


def seal(key: Key, source: IO[bytes], target: IO[bytes]) -> None:
    """Write a sealed copy of a stream."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header = key.header()
    target.write(header)
    cipher = AESGCM(key.file_key(header))
    number, chunk = 0, source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        target.write(cipher.encrypt(_nonce(number, last=not following), chunk, header))
        if not following:
            return
        number, chunk = number + 1, following


def unseal(key: Key, source: IO[bytes], path: Path) -> Iterator[bytes]:
    """What was sealed, chunk by chunk. Raises ``backup_damaged`` at the first chunk that is not as it was written."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header = source.read(_HEADER)
    cipher = AESGCM(key.file_key(header))
    number, chunk = 0, source.read(CHUNK + _TAG)
    while True:
        following = source.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, header)
        except (InvalidTag, ValueError) as exc:
            at = _HEADER + number * (CHUNK + _TAG)
            raise SeabridgeError(ErrorCode.BACKUP_DAMAGED, path=str(path), problem=f"byte {at}") from exc
        if not following:
            return
        number, chunk = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
