"""A chain over the digests of a conversation: whoever has the digests can check that none was changed or left out.

Each message's digest is a salted SHA-256 of its immutable facts (``identity.digest``). The chain begins with the
SHA-256 of ``seabridge-chain-1`` and takes in one digest after the other, in the order in which they were archived:
``SHA-256(chain so far + digest)``, all as raw bytes. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_START = hashlib.sha256(b"seabridge-chain-1").digest()


def head(digests: Iterable[bytes]) -> str:
    """The chain's end as hexadecimal."""
    state = _START
    for digest in digests:
        state = hashlib.sha256(state + digest).digest()
    return state.hex()
