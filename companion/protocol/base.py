"""The two ways a message type is declared: what comes in is checked strictly, what goes out is ours."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Base of everything that crosses the wire. Unknown fields are refused."""


class Data(Wire, kw_only=True, omit_defaults=True):
    """Base of what describes something as data. What is as usual is left out, as it is in the file it comes from."""


# Bounded strings: everything from a page, a buyer or the network has a length.
Name = Annotated[str, msgspec.Meta(max_length=200)]
Code = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[A-Za-z0-9_.:-]*$")]
#: BCP 47 primary tag, optionally with a script or region ("zh", "zt", "pt-BR"); "" = not known.
Language = Annotated[str, msgspec.Meta(max_length=16, pattern=r"^[A-Za-z0-9-]*$")]
#: A chat message or a passage, in Unicode code points.
Text = Annotated[str, msgspec.Meta(max_length=20_000)]
Url = Annotated[str, msgspec.Meta(max_length=4_000)]
Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
#: Seconds since 1970-01-01 UTC.
Instant = Annotated[float, msgspec.Meta(ge=0, le=32_503_680_000)]
