"""Other answers for a text whose first answer the seller does not like: memory, phrasebook, then the other engines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from companion.protocol.methods.translate import Translated, TranslateItem

from .detect import Detected
from .engines.base import Engine
from .jobs import Job
from .remote.context import Context
from .tone.manner import AS_IT_IS, Manner
from .wording import Place

if TYPE_CHECKING:
    from .service import Translator

#: More than these nobody reads through.
MOST = 6
#: Engines are asked one after the other; after this the ones left are not begun, in s. The wire waits for 30 s.
BEGIN_WITHIN_S = 8.0


def others(
    translator: Translator,
    item: TranslateItem,
    *,
    source: str,
    target: str,
    purpose: str,
    place: Place,
    around: Callable[[], Context],
    manner: Manner = AS_IT_IS,
    clock: Callable[[], float] = time.monotonic,
) -> list[Translated]:
    """Every different answer there is, best first; [] when nothing can be said.

    Each stands as ``translate`` would give it, with its engine, doubts and where the text went. An engine that is
    not in the seller's order is not asked, nor one that rests after failing.
    """
    found: dict[str, Translated] = {}

    def note(answer: Translated) -> None:
        if answer.text.strip() and answer.match not in ("none", "same"):
            found.setdefault(answer.text.strip(), answer)

    for kept in _kept(translator, item, source, target, purpose, place):
        note(translator.spoken(kept, item, place, manner))
    until = clock() + BEGIN_WITHIN_S
    for engine in translator.chain.candidates(source, target):
        if len(found) >= MOST or clock() > until:
            break
        if not _rests(translator, engine):
            asked = translator.translate(
                [item],
                source=source,
                target=target,
                purpose=purpose,
                engine=engine.name,
                around=around,
                place=place,
                manner=manner,
            )[0]
            if asked.engine == engine.name:
                note(asked)
    return list(found.values())[:MOST]


def _kept(
    translator: Translator, item: TranslateItem, source: str, target: str, purpose: str, place: Place
) -> Iterator[Translated]:
    """What the seller sent before, and what the phrasebook has: word for word, else nearly."""
    language = Detected(source, True)
    hit = translator.wording.remembered(item.text, source, target, place.shop)
    if hit:
        job = Job(item, item.text, target, language, near=hit)
        alike = hit.similarity < 1.0
        job.answer(hit.text, "memory_near" if alike else "memory", "memory", ["near_memory"] if alike else [])
        yield job.answered()
    for ask in (translator.book.exact, translator.book.near):
        told = translator.in_book(ask, item.text, source, target, purpose)
        if told:
            job = Job(item, item.text, target, language)
            job.answer(told.text, told.match, "phrasebook", ["near_match"] if told.match == "near" else [])
            yield job.answered()


def _rests(translator: Translator, engine: Engine) -> bool:
    return not translator.chain.breaker.allows(engine.name)
