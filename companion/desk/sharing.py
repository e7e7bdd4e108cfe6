"""Taking somebody else's page descriptions: looked at and checked first, kept once the seller said yes to them."""

from __future__ import annotations

import base64
import binascii
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ..marketplaces import Problem, faulty, load_one, load_own, take, unpack
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.pages import PagesImportParams, PagesImportResult, SharedHost, SharedPage
from ..protocol.pages import Marketplace


def receive(
    own: Path,
    known: Sequence[Marketplace],
    check: Callable[[Path], Sequence[Problem]],
    params: PagesImportParams,
) -> PagesImportResult:
    """What comes beside what is ``known``, and whether it was kept below ``own``; the version is the caller's to say.

    Kept only when the seller asked for it, was shown every host, and agreed to every page of the seller's own that it
    replaces. Raises ``shared_unreadable``, ``shared_unsafe``, ``shared_faulty`` and storage errors.
    """
    try:
        data = base64.b64decode(params.zip, validate=True)
    except binascii.Error as exc:
        raise SeabridgeError(ErrorCode.SHARED_UNREADABLE, str(exc), problem=str(exc)) from exc
    with tempfile.TemporaryDirectory(prefix="seabridge-shared-") as folder:
        coming = unpack(data, Path(folder))
        marketplace, problems = load_one(coming)
        problems = [*problems, *(check(coming) if marketplace is not None and not problems else [])]
        if problems or marketplace is None:
            raise faulty(problems)
        found = _look(own, known, marketplace)
        shown = {each.host for each in found.hosts} <= set(params.hosts)
        agreed = {page.page for page in found.pages if page.takes == "own"} <= set(params.replace)
        if params.take and shown and agreed:
            found.folder = str(take(own, coming, marketplace))
            found.taken = True
        return found


def _look(own: Path, known: Sequence[Marketplace], coming: Marketplace) -> PagesImportResult:
    mine = next((one for one in load_own(own)[0] if one.name == coming.name), None)
    theirs = next((one for one in known if one.name == coming.name), None)
    hosts_known = {host for one in (mine, theirs) if one is not None for host in (*one.hosts, *one.image_hosts)}
    ours = {page.id for page in mine.pages} if mine is not None else set()
    built = {page.id for page in theirs.pages} if theirs is not None else set()
    hosts = dict.fromkeys([*coming.hosts, *coming.image_hosts])
    return PagesImportResult(
        marketplace=coming.name,
        title=coming.title,
        hosts=[SharedHost(host=host, known=host in hosts_known) for host in hosts],
        pages=[
            SharedPage(
                page=page.id,
                kind=str(type(page).__struct_config__.tag),
                source=page.source[:500],
                takes="own" if page.id in ours else "shipped" if page.id in built else "",
            )
            for page in coming.pages
        ],
        taken=False,
        folder="",
        version="",
    )
