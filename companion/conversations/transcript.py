"""A conversation as it leaves the archive. Pure values; instants in seconds since 1970 UTC."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

#: A reading coarser than this names a day and no time of sending.
DAY_SPAN_S = 2 * 3600


class Mask(Protocol):
    """Hides personal data in a text: ``names`` wherever they stand, and never what is in ``keep``."""

    def __call__(self, text: str, names: tuple[str, ...], keep: tuple[str, ...]) -> str: ...


@dataclass(frozen=True, slots=True)
class Rendering:
    """A translation of a message. Engine "seller": what the seller wrote before it was translated."""

    target: str
    text: str
    engine: str
    match: str
    doubt: tuple[str, ...]
    made_at: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a message; ``sha256`` "" while its bytes are not in the archive."""

    url: str
    sha256: str
    type: str
    size: int
    stored_at: float | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply put into the composer."""

    written: str
    written_language: str
    text: str
    language: str
    engine: str
    match: str
    inserted_at: float
    ident: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """The file a message was imported from."""

    kind: str
    name: str
    sha256: str
    made_at: float


@dataclass(frozen=True, slots=True)
class Later:
    """Another text that the page showed for a message, seen first at ``seen_at``; ``salt``: of its digest."""

    text: str
    salt: bytes
    seen_at: float


@dataclass(frozen=True, slots=True)
class Line:
    """A message. ``arrival``: its place among the thread's messages in the order in which they were archived."""

    arrival: int
    moment: int
    direction: str
    text: str
    label: str
    clock: int
    sent_at: float | None
    sent_span: int
    observed_at: float
    key: str
    order: str
    language: str
    language_sure: bool
    ambiguous: bool
    gap: bool
    ident: bytes
    translated: int
    salt: bytes
    digest: bytes
    renderings: tuple[Rendering, ...] = ()
    pictures: tuple[Picture, ...] = ()
    draft: Draft | None = None
    source: Source | None = None
    #: Other texts that the page showed for it later, in the order seen.
    later: tuple[Later, ...] = ()
    #: Since when the page showed its neighbours without it, and since when it showed it again.
    gone_at: float | None = None
    back_at: float | None = None

    @property
    def shown(self) -> Rendering | None:
        """The translation to show beside the original."""
        return self.renderings[0] if self.renderings else None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation, or of a search those of its messages that were found (``total`` counts all)."""

    marketplace: str
    region: str
    shop: str
    thread: str
    buyer: str
    language: str
    language_source: str
    created_at: float
    end_seen_at: float | None
    total: int
    #: SHA-256 over the digests of all messages in the order of arrival (``chain.py``).
    chain: str
    lines: tuple[Line, ...]
    drafts: tuple[Draft, ...] = ()
    links: tuple[tuple[str, str, float], ...] = ()
    holds: tuple[tuple[float | None, float], ...] = ()
    #: What the seller put on it: a star, tags, and a note with the time when it was written last.
    star: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    noted_at: float | None = None
    masked: bool = False

    @property
    def orders(self) -> tuple[str, ...]:
        """Order numbers its messages name, in order."""
        return tuple(dict.fromkeys(line.order for line in self.lines if line.order))


def masked(transcript: Transcript, mask: Mask, said: tuple[str, ...] = ()) -> Transcript:
    """The conversation without personal data; ``said``: names it tells beside the buyer's.

    Pictures may show anything and go; their hashes stay. The salts go too: with one at hand a masked telephone number
    could be found by trying them all against the digest.
    """
    names = (transcript.buyer, *said)

    def hide(text: str) -> str:
        return mask(text, names, transcript.orders)

    def draft(one: Draft | None) -> Draft | None:
        return one and replace(one, written=hide(one.written), text=hide(one.text), ident=b"")

    return replace(
        transcript,
        buyer=hide(transcript.buyer),
        thread=hide(transcript.thread),
        lines=tuple(
            replace(
                line,
                text=hide(line.text),
                key=hide(line.key),
                salt=b"",
                ident=b"",
                renderings=tuple(replace(each, text=hide(each.text)) for each in line.renderings),
                pictures=tuple(replace(each, url="") for each in line.pictures),
                draft=draft(line.draft),
                later=tuple(replace(each, text=hide(each.text), salt=b"") for each in line.later),
                source=line.source and replace(line.source, name=hide(line.source.name)),
            )
            for line in transcript.lines
        ),
        tags=tuple(hide(each) for each in transcript.tags),
        note=hide(transcript.note),
        drafts=tuple(one for each in transcript.drafts if (one := draft(each))),
        masked=True,
    )
