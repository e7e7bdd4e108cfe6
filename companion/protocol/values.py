"""Values several methods share."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from .base import Code, Hex32, Instant, Language, Name, Text, Url, Wire

Direction = Literal["buyer", "seller", "system"]
#: How a translation was found: phrasebook word for word, phrasebook nearly, the seller's own memory word for word or
#: nearly, an engine, source already is the target language, or nothing could translate it.
Match = Literal["exact", "near", "memory", "memory_near", "machine", "same", "none"]
LanguageSource = Literal["seller", "detected", "unknown"]
#: How a shop speaks to its buyers. plain: nothing is added; warm and formal: with a greeting and a closing word, and
#: as polite as the language has it.
Tone = Literal["plain", "warm", "formal"]
#: As above; "" = not chosen here, so the wider choice counts.
ToneOrNone = Literal["", "plain", "warm", "formal"]
#: The polite word a seller ends Thai sentences with: ครับ or ค่ะ; "" = not chosen.
ThaiParticle = Literal["", "khrap", "kha"]
#: How polite a text is, in languages that show it (ja, ko, de, fr, th); "" = it does not show. familiar: du, tu, 반말,
#: plain Japanese; polite: Sie, vous, です・ます, 해요, ครับ or ค่ะ; formal: 敬語, 합니다.
Level = Literal["", "familiar", "polite", "formal"]


class ThreadRef(Wire, kw_only=True):
    """Which conversation: a thread is unique within marketplace, region and shop account."""

    marketplace: Code
    #: The seller's own shop account on that marketplace; "" = the page did not tell.
    shop: Name
    region: Code
    thread: Name
    #: The buyer's display name as shown, "" when not shown.
    buyer: Name = ""


class ThreadState(Wire, kw_only=True):
    """What is known about a thread's language. ``id`` is 0 while the thread is not archived."""

    id: int
    language: Language
    language_source: LanguageSource
    #: The tone the seller chose for it; "" = that of the settings.
    tone: ToneOrNone = ""


class SeenMessage(Wire, kw_only=True):
    """One visible bubble."""

    #: The page's own message id; "" when the page has none.
    key: Name = ""
    direction: Direction
    text: Text
    #: The time as the page shows it, inherited from the row above where the page does so; "" = none.
    time: Annotated[str, msgspec.Meta(max_length=100)] = ""
    #: Order number the page attaches to the message.
    order: Name = ""
    images: Annotated[list[Url], msgspec.Meta(max_length=20)] = []


class Span(Wire, kw_only=True):
    """A piece of text, marked when the search hit it."""

    text: str
    hit: bool


class Pair(Wire, kw_only=True):
    """A translation direction, both codes as in ``Language``."""

    source: Language
    target: Language


class Stretch(Wire, kw_only=True):
    """A stretch of a text, in Unicode code points."""

    start: int
    end: int


class LaterText(Wire, kw_only=True):
    """Another text that the page showed for a message after it was archived, and when it was seen first."""

    text: str
    #: It is longer than what is shown of it here.
    cut: bool
    seen_at: Instant
    hits: list[Stretch]


class ArchivedMessage(Wire, kw_only=True):
    """A message out of the archive."""

    id: int
    direction: Direction
    text: str
    #: As the page showed it.
    time: str
    #: Best known instant of sending, None when the page's time could not be read.
    sent_at: Instant | None
    observed_at: Instant
    language: Language
    #: In the seller's language; "" when there is none.
    translation: str
    engine: str
    match: Match
    #: The alignment could not decide whether this row was already archived.
    ambiguous: bool
    images: list[Hex32]
    #: In the order seen: the page shows the last one now, ``text`` is what was archived.
    later: list[LaterText]
    #: Since when the page showed its neighbours without it, and since when it shows it again; None = it did not.
    gone_at: Instant | None
    back_at: Instant | None
    #: Where what was searched occurs in the text and in the translation.
    hits: list[Stretch]
    translation_hits: list[Stretch]


#: A tag as the seller wrote it.
Tag = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
#: The tags of one conversation.
Tags = Annotated[list[Tag], msgspec.Meta(max_length=20)]
#: The seller's own words about a conversation.
Note = Annotated[str, msgspec.Meta(max_length=2_000)]


class ThreadMarks(Wire, kw_only=True):
    """What the seller put on a conversation. ``noted_at``: when the note was written last, None = there is none."""

    star: bool
    tags: Tags
    note: Note
    noted_at: Instant | None


class ThreadSummary(Wire, kw_only=True):
    """One line of the conversation list."""

    id: int
    marketplace: str
    shop: str
    region: str
    buyer: str
    language: Language
    messages: int
    last_direction: Direction
    last_text: str
    last_translation: str
    #: When the last message was sent, else first seen.
    last_at: Instant
    marks: ThreadMarks
