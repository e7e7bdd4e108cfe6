"""words.put: enter or change forbidden words."""

from __future__ import annotations

import time

from ...protocol.methods.checks import WordsPutParams, WordsPutResult
from ..call import Call


def handle(call: Call, params: WordsPutParams) -> WordsPutResult:
    """Raises ``bad_params``, ``not_found`` and ``import_full``."""
    kept = call.room.checking.words.put(params.word, time.time())
    call.desk.checks_changed()
    return WordsPutResult(word=kept)
