"""languages.install: what it takes to go from one language to another, one installation at a time."""

from __future__ import annotations

from ...protocol.methods.languages import LanguagesInstallParams, LanguagesInstallResult
from ..call import Call


def handle(call: Call, params: LanguagesInstallParams) -> LanguagesInstallResult:
    """Goes on when the socket is lost: the browser ends idle workers, and the download is wanted all the same."""
    return call.desk.installs.run(params.source, params.target, call.progress, call.cancelled, params.engine)
