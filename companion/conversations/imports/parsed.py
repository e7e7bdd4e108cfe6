"""What the readers of files hand on. Pure values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..transcript import Line, Transcript

#: Messages and bytes of one file. More is several files.
MOST_MESSAGES = 200_000
MOST_BYTES = 200 * 1024 * 1024


#: Why a mail is no message with a buyer: it is somebody else's, has no time that can be read, no words, is too large
#: or nested too deep, or is no whole mail.
LeftOut = Literal["others", "undated", "empty", "large", "damaged"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's conversations; each one's lines are in order.

    A ``thread`` of "" is to be found by buyer or order. ``kind`` as in the table of imports; ``pictures``: bytes by
    SHA-256; ``columns``: header to field, "" = not taken; ``left_out``: entries that are no message with a buyer,
    of mails with their ``reasons``; ``shortened``: messages cut to the longest an archive takes; ``sheets``: names of
    a workbook's other sheets, which were not read.
    """

    kind: str
    transcripts: Sequence[Transcript]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    columns: Sequence[tuple[str, str]] = ()
    encoding: str = ""
    left_out: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    shortened: int = 0
    sheets: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What the seller says about a file. ``zone``: IANA name for times without one; ``now``: when it is imported.

    ``columns``: header (folded) to field, what the headers do not tell; ``sellers``: names or addresses on the seller's
    side, folded.
    """

    now: float
    zone: str
    marketplace: str = ""
    shop: str = ""
    region: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sellers: frozenset[str] = frozenset()
    encoding: str = ""


def marketplace_named(said: str) -> str:
    """A marketplace as its folder is called: ``TikTok Shop`` and ``tiktok_shop`` are tiktok-shop."""
    return re.sub(r"[\s_]+", "-", said.strip().casefold())


def message(
    direction: str,
    text: str,
    *,
    arrival: int,
    observed_at: float,
    ident: bytes,
    label: str = "",
    sent_at: float | None = None,
    sent_span: int = 0,
    key: str = "",
    order: str = "",
    language: str = "",
    digest: bytes = b"",
) -> Line:
    """A message that only a file tells of; the archive gives it its salt, and its digest unless it knows one alike."""
    return Line(
        arrival=arrival,
        moment=0,
        direction=direction,
        text=text,
        label=label,
        clock=-1,
        sent_at=sent_at,
        sent_span=sent_span,
        observed_at=observed_at,
        key=key,
        order=order,
        language=language,
        language_sure=False,
        ambiguous=False,
        gap=False,
        ident=ident,
        translated=0 if text.strip() else 2,
        salt=b"",
        digest=digest,
    )


def conversation(
    marketplace: str, region: str, shop: str, thread: str, buyer: str, lines: Sequence[Line], now: float
) -> Transcript:
    """A conversation that only a file tells of."""
    return Transcript(
        marketplace=marketplace,
        region=region,
        shop=shop,
        thread=thread,
        buyer=buyer,
        language="",
        language_source="unknown",
        created_at=now,
        end_seen_at=None,
        total=len(lines),
        chain="",
        lines=tuple(lines),
    )
