"""message.check: what in a message to a buyer breaks a rule, before it leaves."""

from __future__ import annotations

from ...locales import resolve
from ...protocol.methods.checks import CheckResult, MessageCheckParams
from ..call import Call


def handle(call: Call, params: MessageCheckParams) -> CheckResult:
    """Raises nothing of its own."""
    return call.room.checking.message(params, resolve(call.room.settings.get().locale))
