"""What the seller typed into the search field, as phrases and filters; SQLite's own language never shows through. Pure.

``退款 "my order" from:Anna shop:shopee -lang:es after:2026-11`` and the same in Chinese (``来自：`` …). A word before a
colon that is no operator is a word like any other; a minus before a word or an operator turns it around.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import SearchKind as Kind
from .dates import begins, first_day
from .operators import AUTHORS, LANGUAGES, NAMES, VALUES, choices
from .words import words

#: The quotes people's keyboards give them.
_QUOTES = r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』'
_PART = re.compile(
    rf"(?P<minus>(?<!\S)[-−－](?=\S))?(?:(?P<name>[^\W\d_]{{1,12}})[:：])?(?:(?P<quoted>{_QUOTES})|(?P<bare>(?:(?!{_QUOTES})\S)+))?"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9-]+)?")
#: A conversation's number, as the command line shows it ("#12").
_NUMBER = re.compile(r"#?([0-9]{1,12})")
#: Variants of a Chinese character; the index holds them as words of their own.
_VARIANTS = dict.fromkeys(range(0xE0100, 0xE01F0))
MAX_PHRASES = 16
MAX_WORDS = 200
MAX_FILTERS = 24


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow one another; with ``open_end`` the last may go on ("refun" finds "refunded")."""

    words: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """An operator with its value: one of the known ones, a language code, an ISO date, or as typed with its words."""

    kind: Kind
    value: str
    #: It must not be so.
    without: bool
    #: The piece of the query it stands for.
    text: str
    phrase: Phrase = field(default=Phrase(()), compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """What must occur, what must not, and the filters; ``since`` and ``until`` in milliseconds, half open."""

    wanted: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()
    filters: tuple[Filter, ...] = ()
    since: int | None = None
    until: int | None = None

    @property
    def empty(self) -> bool:
        """Nothing to look for."""
        return not (self.wanted or self.unwanted or any(f.kind != "in" for f in self.filters))


def conversation_of(query: Query) -> Query:
    """What a query asks of a conversation beside the words."""
    kept = tuple(f for f in query.filters if f.kind != "note" or f.without)
    return replace(query, wanted=(), unwanted=(), filters=kept)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a query as typed."""

    minus: bool
    name: str
    #: The operator the name stands for.
    kind: Kind | None
    value: str
    quoted: bool
    text: str


def parse(query: str, today: datetime.date, zone: datetime.tzinfo | None = None) -> Query:
    """The query as typed; ``zone`` None = dates are days of this machine's zone.

    Raises ``search_date`` and ``search_value`` for an operator whose value cannot be understood. One without a value
    is still being typed and says nothing.
    """
    wanted: dict[Phrase, None] = {}
    unwanted: dict[Phrase, None] = {}
    filters: dict[Filter, None] = {}
    since: int | None = None
    until: int | None = None
    room = MAX_WORDS
    for part in parts(query, today):
        if part.kind is None:
            for phrase in _phrases(part):
                if len(wanted) + len(unwanted) < MAX_PHRASES and room >= len(phrase.words):
                    (unwanted if part.minus else wanted)[phrase] = None
                    room -= len(phrase.words)
            continue
        found = _filter(part, part.kind, today)
        if found is None or len(filters) == MAX_FILTERS:
            continue
        filters[found] = None
        if found.kind in ("before", "after"):
            at = begins(datetime.date.fromisoformat(found.value), zone)
            # not before a day is from that day on
            if (found.kind == "after") != found.without:
                since = at if since is None else max(since, at)
            else:
                until = at if until is None else min(until, at)
    return Query(tuple(wanted), tuple(unwanted), tuple(filters), since, until)


def parts(query: str, today: datetime.date) -> Iterator[Part]:
    """The pieces of a query; an operator takes a value behind a blank too (``from: buyer``)."""
    pieces = list(_PART.finditer(query))
    at = 0
    while at < len(pieces):
        found = pieces[at]
        at += 1
        quoted, bare = found["quoted"], found["bare"]
        name, value = found["name"] or "", quoted[1:-1] if quoted else bare or ""
        if not (name or value):
            continue
        kind, text = NAMES.get(name.lower()), found[0]
        if kind and not value and not quoted and (then := _behind(pieces, at, kind, today)):
            quoted, value = then["quoted"], then["quoted"][1:-1] if then["quoted"] else then["bare"]
            text = query[found.start() : then.end()]
            at = pieces.index(then) + 1
        yield Part(bool(found["minus"]), name, kind, value.strip(), quoted is not None, text)


def _behind(pieces: Sequence[re.Match[str]], at: int, kind: Kind, today: datetime.date) -> re.Match[str] | None:
    """The piece behind an operator without a value, when it can be one: "order: where is it" asks for words."""
    then = next((piece for piece in pieces[at:] if piece[0]), None)
    if then is None or then["minus"] or then["name"] or not (then["quoted"] or then["bare"]):
        return None
    value = (then["quoted"][1:-1] if then["quoted"] else then["bare"]).strip().lower()
    if kind in VALUES:
        fits = value in VALUES[kind]
    elif kind in ("before", "after"):
        fits = first_day(value, today) is not None
    elif kind == "lang":
        fits = value in LANGUAGES or bool(_LANGUAGE.fullmatch(value))
    else:
        fits = any(char.isdigit() for char in value) if kind in ("order", "thread") else bool(words(value))
    return then if fits else None


def _phrases(part: Part) -> Iterator[Phrase]:
    if part.quoted:
        if part.name:
            yield from _phrase(part.name, open_ended=True)
        yield from _phrase(part.value, open_ended=False)
    else:
        yield from _phrase(f"{part.name} {part.value}", open_ended=True)


def _phrase(text: str, *, open_ended: bool) -> Iterator[Phrase]:
    found = words(text.translate(_VARIANTS))[:MAX_WORDS]
    if found:
        # A single letter as the beginning of a word would find nearly everything.
        goes_on = open_ended and not found[-1].alone and len(found[-1].text) > 1
        yield Phrase(tuple(part.text for part in found), goes_on)


def _filter(part: Part, kind: Kind, today: datetime.date) -> Filter | None:
    value = part.value.lower()
    if not value:
        return None
    if kind in ("before", "after"):
        day = first_day(value, today)
        if day is None:
            raise SeabridgeError(ErrorCode.SEARCH_DATE, value=part.value)
        return Filter(kind, day.isoformat(), part.minus, part.text)
    if kind in VALUES:
        known = VALUES[kind]
        if value not in known:
            raise SeabridgeError(ErrorCode.SEARCH_VALUE, written=part.text, choices=choices(kind, part.name))
        return Filter(kind, known[value], part.minus, part.text)
    if kind == "lang":
        code = LANGUAGES.get(value, value)
        if not _LANGUAGE.fullmatch(code):
            raise SeabridgeError(ErrorCode.SEARCH_VALUE, written=part.text, choices=choices(kind, part.name))
        return Filter(kind, code, part.minus, part.text)
    if kind == "tag":
        return Filter(kind, part.value, part.minus, part.text)
    if kind == "thread":
        number = _NUMBER.fullmatch(value)
        if not number:
            raise SeabridgeError(ErrorCode.SEARCH_VALUE, written=part.text, choices=choices(kind, part.name))
        return Filter(kind, str(int(number[1])), part.minus, part.text)
    if kind == "from" and value in AUTHORS and not part.quoted:
        return Filter(kind, AUTHORS[value], part.minus, part.text)
    phrase = next(_phrase(part.value, open_ended=not part.quoted), None)
    return Filter(kind, part.value, part.minus, part.text, phrase) if phrase else None
