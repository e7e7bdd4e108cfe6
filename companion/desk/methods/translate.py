"""translate: chat lines for the seller, or for the buyer, or back again to check; fields of a listing."""

from __future__ import annotations

from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.translate import TranslateParams, TranslateResult
from ...protocol.values import ThreadRef, ThreadState
from ...translation.remote.context import MAX_TURNS, NOTHING, Context, Turn
from .. import faults
from ..call import Call
from ..room import ArchiveApi
from ..threads import note_language, place_of


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


def context_of(archive: ArchiveApi, ref: ThreadRef | None) -> Context:
    """The thread's last turns and the buyer's name, for engines that take them. Nothing when they cannot be read."""
    if ref is None:
        return NOTHING
    try:
        recent = archive.recent_texts(ref, MAX_TURNS)
    except SeabridgeError:
        recent = []
    turns = tuple(
        Turn("buyer" if direction == "buyer" else "seller", text)
        for direction, text, _language in recent
        if direction in ("buyer", "seller")
    )
    return Context(turns=turns, names=(ref.buyer,) if ref.buyer else ())


def handle(call: Call, params: TranslateParams) -> TranslateResult:
    """In the order asked. Raises ``language_unknown``."""
    room, ref = call.room, params.thread
    thread = room.archive.thread(ref) if ref is not None else None
    seller = room.seller_language
    source, target, prior = directions(params, thread, seller)
    items = room.translator.translate(
        params.items,
        source=source,
        target=target,
        prior=prior,
        purpose=params.purpose,
        engine=params.engine,
        around=lambda: context_of(room.archive, ref),
        place=place_of(ref, params.shop),
    )
    if ref is not None and params.purpose == "read" and not params.source:
        try:
            note_language(room.archive, ref, items, seller)
        except Exception as exc:
            # The translation is there; that the thread's language could not be noted must not hide it.
            faults.translate(exc, "translate")
    return TranslateResult(items=items)
