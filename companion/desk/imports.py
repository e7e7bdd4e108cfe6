"""The file of an import: in the request, or uploaded before it."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.glossary import GlossaryImportParams
from ..protocol.methods.memory import MemoryImportParams
from .call import Call

Params = TypeVar("Params", GlossaryImportParams, MemoryImportParams)


def with_content(call: Call, params: Params) -> Params:
    """The request with the file's text in it, however long.

    Raises ``not_found`` for what was not uploaded, ``import_unreadable`` with the line for what is no UTF-8.
    """
    if not params.sha256:
        return params
    data = call.desk.captures.take(call.session.origin, params.sha256)
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise SeabridgeError(ErrorCode.IMPORT_UNREADABLE, str(exc), line=line) from exc
    return msgspec.structs.replace(params, content=content, sha256="")
