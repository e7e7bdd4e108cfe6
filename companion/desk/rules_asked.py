"""What is asked about the rules feed."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..protocol.base import Hex32

#: The language of the sentences in the answer.
Locale = Literal["zh_CN", "en"]
Fingerprint = Annotated[str, msgspec.Meta(max_length=200)]
Address = Annotated[str, msgspec.Meta(max_length=2_000)]


class UpdateAsked(msgspec.Struct, forbid_unknown_fields=True):
    """``address`` "" = the feed in use; ``accept``: the fingerprint the seller said yes to."""

    address: Address = ""
    accept: Fingerprint = ""
    locale: Locale = "en"


class UploadAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A file that was uploaded right before, by its SHA-256."""

    sha256: Hex32
    accept: Fingerprint = ""
    locale: Locale = "en"


class FeedAsked(msgspec.Struct, forbid_unknown_fields=True):
    """``path``: a file on this computer, "" = by address."""

    path: str = ""
    address: Address = ""
    accept: Fingerprint = ""
    locale: Locale = "en"


class ChangesAsked(msgspec.Struct, forbid_unknown_fields=True):
    """In which language."""

    locale: Locale = "en"


class RollbackAsked(msgspec.Struct, forbid_unknown_fields=True):
    """``version`` 0 = the shipped rules alone, None = the version below the one that counts."""

    version: Annotated[int, msgspec.Meta(ge=0)] | None = None
    locale: Locale = "en"


class FeedSet(msgspec.Struct, forbid_unknown_fields=True):
    """Which feed is asked from now on."""

    use: Literal["project", "own", "off"]
