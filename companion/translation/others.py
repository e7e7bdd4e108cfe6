"""Other answers for a text whose first answer the seller does not like: memory, phrasebook, then the other engines."""

from __future__ import annotations

import time
from collections.abc import Callable

from companion.protocol.methods.translate import Translated, TranslateItem

from .jobs import job_of
from .remote.context import Context
from .tone.manner import AS_IT_IS, Manner
from .translating import Translating
from .wording import Place

#: More than these nobody reads through.
MOST = 6
#: Engines are asked one after the other; after this the ones left are not begun, in s. The wire waits for 30 s.
BEGIN_WITHIN_S = 8.0


def others(
    translating: Translating,
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

    said = job_of(item, source, target, "")
    item = TranslateItem(ref=item.ref, text=said.text)
    source, target = said.found.language, said.target
    for kept in translating.kept.all(item, source, target, purpose, place):
        note(translating.spoken(kept, item, place, manner))
    chain = translating.asking.chain
    until = clock() + BEGIN_WITHIN_S
    for engine in chain.candidates(source, target):
        if len(found) >= MOST or clock() > until:
            break
        if chain.breaker.allows(engine.name):
            asked = translating.translate(
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
