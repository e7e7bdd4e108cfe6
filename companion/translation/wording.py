"""The seller's own wording and the chat rules, together: all a line needs beside an engine."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from companion.protocol.errors import SeabridgeError
from companion.protocol.methods.archive import DraftInsertedParams
from companion.protocol.methods.glossary import ShopRef

from .chat_rules import ChatRules
from .codes import same
from .glossary.store import GlossaryStore, shop_key
from .glossary.terms import for_direction, within
from .marks import BRACKETS, STYLES
from .memory.store import Hit, MemoryStore
from .memory.tmx import TmxPair
from .names import whole_name
from .pipeline import Direction, Kind
from .protect import Known, Term

_log = logging.getLogger(__name__)

EVERYWHERE = ShopRef()
#: Part of the cache key: raise it when the same engine output would be made into another text.
PIPELINE = "3"
#: The same for fields of listings.
LISTING = "1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text belongs: the shop, the people whose names may stand in it, and what it is part of."""

    shop: ShopRef = EVERYWHERE
    names: tuple[str, ...] = ()
    kind: Kind = "chat"
    #: The session of the browser whose seller waits; None = nobody does.
    asker: object = field(default=None, compare=False)


NOWHERE = Place()


@dataclass(slots=True)
class Wording:
    """What is absent is not used. Nothing here stops a translation: trouble is logged and the step left out."""

    chat: ChatRules | None = None
    glossary: GlossaryStore | None = None
    memory: MemoryStore | None = None
    _terms: dict[tuple[str, str, str], tuple[int, tuple[Term, ...]]] = field(default_factory=dict)

    def way(self, source: str, target: str, place: Place, texts: Iterable[str], style: str = "brackets") -> Direction:
        """How lines of one direction are prepared; only names and terms that stand in one of the texts."""
        way = Direction(source, target, style=STYLES.get(style, BRACKETS), kind=place.kind)
        if self.chat is not None and place.kind == "chat":
            way = replace(way, chat=self.chat.of(source), target_chat=self.chat.of(target))
        return replace(way, known=self.known(source, target, place, "\n".join(texts)))

    def known(self, source: str, target: str, place: Place, text: str) -> Known:
        """The names and terms that stand in a text."""
        names = tuple(name for name in place.names if whole_name(text, name))
        return Known(names, within(self.terms(source, target, place.shop), text))

    def terms(self, source: str, target: str, shop: ShopRef) -> tuple[Term, ...]:
        """The glossary for a direction, made once per change."""
        if self.glossary is None:
            return ()
        key = (source, target, shop_key(shop))
        revision, terms = self._terms.get(key, (-1, ()))
        if revision != self.glossary.revision:
            try:
                revision, terms = self.glossary.revision, for_direction(self.glossary.terms(shop), source, target)
            except SeabridgeError as exc:
                _log.warning("glossary left out: %s", exc)
                return ()
            self._terms = {**dict(list(self._terms.items())[-40:]), key: (revision, terms)}
        return terms

    def version(self, source: str, target: str, place: Place, text: str) -> str:
        """Changes whenever the wording would make another text of the same line: part of the cache key."""
        known = self.known(source, target, place, text)
        chat = self.chat.of(source).version + self.chat.of(target).version if self.chat else ""
        if place.kind == "listing":
            chat = f"listing {LISTING}"
        return hashlib.sha256(repr((PIPELINE, chat, known)).encode("utf-8", "replace")).hexdigest()[:16]

    def remembered(self, text: str, source: str, target: str, shop: ShopRef) -> Hit | None:
        """The best pair of the memory."""
        if self.memory is None:
            return None
        try:
            return self.memory.best(text, source, target, shop_key(shop))
        except SeabridgeError as exc:
            _log.warning("memory left out: %s", exc)
            return None

    def remember(self, draft: DraftInsertedParams) -> bool:
        """Keep what the seller put into a composer: that is a translation confirmed or corrected. Whether it was one.

        Raises the storage codes.
        """
        said, told = draft.written.strip(), draft.text.strip()
        translated = draft.match not in ("none", "same") and said and told and said != told
        languages = draft.written_language and draft.language and not same(draft.written_language, draft.language)
        if self.memory is None or not translated or not languages:
            return False
        pair = TmxPair(draft.written_language, draft.language, said, told, draft.inserted_at)
        shop = ShopRef(marketplace=draft.thread.marketplace, shop=draft.thread.shop)
        self.memory.add([pair], shop_key(shop), time.time())
        return True

    def close(self) -> None:
        """Close the memory's file."""
        if self.memory is not None:
            self.memory.close()


def pairs_of(terms: Sequence[Term]) -> tuple[tuple[str, str], ...]:
    """Terms as engines that read a glossary take them."""
    return tuple((term.text, term.shown) for term in terms)
