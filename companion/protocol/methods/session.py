"""hello, pairing and mutual proof: the only methods that need no proven session."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..base import Name, Wire
from ..registry import Method, method

#: base64url without padding.
B64 = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[A-Za-z0-9_-]*$")]


class HelloParams(Wire, kw_only=True):
    """Who asks. ``key_id`` is the pairing the extension holds, "" for none."""

    client: Name
    version: Name
    protocol_min: int
    protocol_max: int
    key_id: B64 = ""


class HelloResult(Wire, kw_only=True):
    """Nothing private: any extension may read this."""

    product: str
    version: str
    protocol_min: int
    protocol_max: int
    #: The version both speak, used as ``v`` from here on.
    protocol: int
    #: Random id of this data folder; tells one companion from another.
    instance: str
    #: Whether ``key_id`` names a key bound to the asking Origin.
    paired: bool
    #: A practice companion never mixes with a real archive.
    practice: bool


class PairBeginParams(Wire, kw_only=True):
    """``commitment`` = SHA-256(public key || nonce) of the extension, base64url."""

    name: Name
    commitment: B64


class PairBeginResult(Wire, kw_only=True):
    """The companion's half, sent before it saw the extension's."""

    pairing: B64
    #: P-256 point, uncompressed, 65 bytes.
    public_key: B64
    #: 32 bytes.
    nonce: B64
    expires_s: int


class PairRevealParams(Wire, kw_only=True):
    """Opens the commitment."""

    pairing: B64
    public_key: B64
    nonce: B64


class PairRevealResult(Wire, kw_only=True):
    """Both sides now show the same six digits; the seller compares them."""

    expires_s: int


class PairWaitParams(Wire, kw_only=True):
    """Waits for the seller's decision at the companion."""

    pairing: B64


class PairWaitResult(Wire, kw_only=True):
    """The name of the new key; the key itself never crosses the wire."""

    key_id: B64


class AuthBeginParams(Wire, kw_only=True):
    """32 random bytes from the extension."""

    key_id: B64
    nonce: B64


class AuthBeginResult(Wire, kw_only=True):
    """The companion proves first, so that a squatter on the port learns nothing."""

    nonce: B64
    proof: B64


class AuthProveParams(Wire, kw_only=True):
    """The extension's proof over both nonces."""

    proof: B64


class AuthProveResult(Wire, kw_only=True):
    """The session is open."""

    #: Seller's chosen interface locale, "auto" = the browser's.
    locale: str


method(Method("hello", HelloParams, HelloResult, access="open", timeout_s=5, doc="Who is there."))
method(Method("pair.begin", PairBeginParams, PairBeginResult, access="open", timeout_s=5, doc="Start pairing."))
method(
    Method(
        "pair.reveal",
        PairRevealParams,
        PairRevealResult,
        access="open",
        timeout_s=5,
        doc="Open the commitment.",
    )
)
method(Method("pair.wait", PairWaitParams, PairWaitResult, access="open", timeout_s=130, doc="Wait for the seller."))
method(Method("auth.begin", AuthBeginParams, AuthBeginResult, access="open", timeout_s=5, doc="Companion's proof."))
method(Method("auth.prove", AuthProveParams, AuthProveResult, access="open", timeout_s=5, doc="Extension's proof."))
