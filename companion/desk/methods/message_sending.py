"""message.sending: a message leaves; what it was checked for is written down."""

from __future__ import annotations

from ...locales import resolve
from ...protocol.methods.checks import MessageSendingParams, MessageSendingResult
from ..call import Call


def handle(call: Call, params: MessageSendingParams) -> MessageSendingResult:
    """Raises the storage codes."""
    done = call.room.checking.sending(params, resolve(call.room.settings.get().locale))
    return MessageSendingResult(recorded=done)
