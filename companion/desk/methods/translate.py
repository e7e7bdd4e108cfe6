"""translate: chat lines for the seller, or for the buyer, or back again to check; fields of a listing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.translate import Translated, TranslateParams, TranslateResult
from ...protocol.values import ThreadRef, ThreadState, ToneOrNone
from ...translation.remote.context import MAX_TURNS, NOTHING, Context, Turn
from .. import faults
from ..call import Call
from ..order_names import OrderNames
from ..room import Room
from ..threads import note_language, place_of

if TYPE_CHECKING:
    from ...translation.tone.manner import Manner
    from ..archive_api import ArchiveApi

#: A buyer asks about the last few orders.
_MOST_ORDERS = 20


def directions(params: TranslateParams, thread: ThreadState | None, seller: str) -> tuple[str, str, str]:
    """Source, target and prior to ask the translator with. Raises ``language_unknown`` when there is no target."""
    spoken = thread.language if thread is not None else ""
    # What the seller fixed once for the thread is not argued with by detection.
    fixed = spoken if thread is not None and thread.language_source == "seller" else ""
    match params.purpose:
        case "read":
            source, target, prior = params.source or fixed, params.target or seller, spoken
        case "write":
            source, target, prior = params.source or seller, params.target or spoken, seller
        case "back":
            source, target, prior = params.source or spoken, params.target or seller, spoken
        case "listing":
            source, target, prior = params.source, params.target or seller, ""
    if not target:
        raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, language="")
    return source, target, prior


def state_of(room: Room, ref: ThreadRef) -> ThreadState | None:
    """What the archive knows of a thread; None while a team's database is away: lines are translated all the same."""
    try:
        return room.archive.thread(ref)
    except SeabridgeError as exc:
        if not exc.code.startswith("database_"):
            raise
        return None


def context_of(room: Room, order_names: OrderNames, ref: ThreadRef | None, texts: Iterable[str]) -> Context:
    """The thread's last turns, for engines that take them, and the people to hide: buyer, consignee, those of other
    orders. ``texts`` are the lines to translate. What cannot be read is left out."""
    if ref is None:
        return NOTHING
    from ...translation.names_said import names_said

    turns = turns_of(room, ref)
    orders: Sequence[str] = []
    with contextlib.suppress(SeabridgeError):
        orders = room.archive.orders_of(ref, _MOST_ORDERS)
    people = order_names.of(ref, orders, "\n".join([*texts, *(turn.text for turn in turns)]))
    said = names_said(turn.text for turn in turns if turn.by == "buyer")
    names = dict.fromkeys(name for name in (ref.buyer, *people.own, *said) if name)
    return Context(turns=turns, names=tuple(names), elsewhere=people.elsewhere)


def turns_of(room: Room, ref: ThreadRef) -> tuple[Turn, ...]:
    """The thread's last turns; none when they cannot be read."""
    try:
        recent = room.archive.recent_texts(ref, MAX_TURNS)
    except SeabridgeError:
        return ()
    return tuple(
        Turn("buyer" if direction == "buyer" else "seller", text)
        for direction, text, _language in recent
        if direction in ("buyer", "seller")
    )


def manner_of(room: Room, ref: ThreadRef | None, tone: ToneOrNone) -> Manner:
    """How a text for the buyer sounds: as asked for, else as chosen for the thread, else as the settings say."""
    # with the first text: a companion that starts has none to say
    from ...translation.tone.manner import Manner

    settings = room.settings.get()
    turns: tuple[str, ...] = ()
    if ref is not None:
        state = state_of(room, ref)
        tone = tone or (state.tone if state is not None else "")
        turns = tuple(turn.text for turn in turns_of(room, ref) if turn.by == "seller")
    return Manner(tone or settings.tone, settings.thai_particle, turns)


def handle(call: Call, params: TranslateParams) -> TranslateResult:
    """In the order asked. Raises ``language_unknown``."""
    from ...translation.tone.manner import AS_IT_IS

    room, ref = call.room, params.thread
    thread = state_of(room, ref) if ref is not None else None
    seller = room.seller_language
    source, target, prior = directions(params, thread, seller)
    items = room.translator.translate(
        params.items,
        source=source,
        target=target,
        prior=prior,
        purpose=params.purpose,
        engine=params.engine,
        around=lambda: context_of(room, call.desk.order_names, ref, [item.text for item in params.items]),
        place=place_of(ref, params.shop, call.session),
        manner=manner_of(room, ref, params.tone) if params.purpose == "write" else AS_IT_IS,
    )
    if ref is not None and params.purpose == "read" and not params.source:
        try:
            if params.engine:
                _taken(room.archive, ref, params, items)
            note_language(room.archive, ref, items, seller)
        except Exception as exc:
            # The translation is there; that the archive could not take note must not hide it.
            faults.translate(exc, "translate")
    return TranslateResult(items=items)


def _taken(archive: ArchiveApi, ref: ThreadRef, params: TranslateParams, items: Sequence[Translated]) -> None:
    """The page shows what the engine named made of a line, so the archive does too, in search and side panel."""
    for asked, made in zip(params.items, items, strict=True):
        if made.engine == params.engine:
            archive.translations.retake(ref, asked.text, made.target, made.text, made.engine, made.match, made.doubt)
