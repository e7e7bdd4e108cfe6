"""translate.others: other answers for one text, when the seller does not like the first."""

from __future__ import annotations

from ...protocol.methods.translate import TranslateOthersParams, TranslateResult
from ..call import Call
from ..threads import place_of
from .translate import context_of, manner_of


def handle(call: Call, params: TranslateOthersParams) -> TranslateResult:
    """Best first, each different."""
    room, ref = call.room, params.thread
    return TranslateResult(
        items=room.translator.others(
            params.item,
            source=params.source,
            target=params.target,
            purpose="write",
            place=place_of(ref, asker=call.session),
            around=lambda: context_of(room, call.desk.order_names, ref, [params.item.text]),
            manner=manner_of(room, ref, params.tone),
        )
    )
