"""``seabridge marketplace export | import``: page descriptions of the seller's own as a file, and somebody else's."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..locales import text
from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.pages import PagesImportParams, PagesImportResult
from ..runtime import control
from ..runtime.atomic import write_atomic
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .printing import complain, line

Receive = Callable[[PagesImportParams], PagesImportResult]


def export(name: str, out: Path | None, paths: Paths, locale: str) -> int:
    """Write the seller's own pages of a marketplace as a ZIP; 1 when there are none or the file is there already."""
    from ..marketplaces import load_own, pack

    own, _faults = load_own(paths.marketplaces)
    if name not in {one.name for one in own}:
        known = ", ".join(one.name for one in own) or text("marketplace_share_none", locale)
        complain(text("marketplace_share_unknown", locale, name=name, known=known))
        return 1
    target = out or Path(f"seabridge-{name}.zip")
    if target.exists():
        complain(text("marketplace_share_exists", locale, path=target))
        return 1
    write_atomic(target, pack(paths.marketplaces / name))
    line(text("marketplace_share_written", locale, path=target))
    return 0


def take(source: Path, *, yes: bool, replace: bool, paths: Paths, locale: str) -> int:
    """Show what a ZIP or folder holds, ask, and keep it; 1 when it was not kept."""
    from ..marketplaces import MOST_ZIP, pack

    try:
        with source.open("rb") if source.is_file() else source.joinpath("marketplace.yml").open("rb") as file:
            data = file.read(MOST_ZIP + 1) if source.is_file() else pack(source.resolve())
    except OSError as exc:
        complain(text("marketplace_import_unreadable", locale, path=source, reason=exc.strerror or exc))
        return 1
    if len(data) > MOST_ZIP:
        problem = f"> {MOST_ZIP >> 10} kB"
        raise SeabridgeError(ErrorCode.SHARED_UNREADABLE, problem, problem=problem)
    packed = base64.b64encode(data).decode()
    with _receiving(paths, locale) as receive:
        found = receive(PagesImportParams(zip=packed))
        _show(found, locale)
        mine = [page.page for page in found.pages if page.takes == "own"]
        if mine and not replace:
            complain(text("marketplace_import_replace", locale, pages=", ".join(mine)))
            return 1
        if not yes and not _agreed(locale):
            line(text("marketplace_import_left", locale))
            return 1
        hosts = [each.host for each in found.hosts]
        kept = receive(PagesImportParams(zip=packed, take=True, hosts=hosts, replace=mine))
    if not kept.taken:  # somebody taught a page of that name meanwhile
        complain(text("marketplace_import_left", locale))
        return 1
    line(text("marketplace_import_done", locale, path=kept.folder))
    return 0


@contextmanager
def _receiving(paths: Paths, locale: str) -> Iterator[Receive]:
    """Through the running companion, so that it uses new pages at once; else into the data folder under its lock."""
    try:
        control.call(paths, "status", timeout_s=5)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_RUNNING:
            raise
        with DataLock(paths):
            yield lambda params: _directly(params, paths, locale)
    else:
        yield lambda params: convert(control.call(paths, "pages.import", _plain(params)), PagesImportResult)


def _directly(params: PagesImportParams, paths: Paths, locale: str) -> PagesImportResult:
    from ..desk.sharing import receive
    from ..marketplaces import load, load_own, overlay
    from .marketplace_check import check

    known = overlay(load(), load_own(paths.marketplaces)[0]).marketplaces
    return receive(paths.marketplaces, known, lambda folder: check(folder, locale, shared=True).faults, params)


def _plain(params: PagesImportParams) -> dict[str, Any]:
    return {"zip": params.zip, "take": params.take, "hosts": params.hosts, "replace": params.replace}


def _show(found: PagesImportResult, locale: str) -> None:
    line(text("marketplace_import_what", locale, title=found.title, name=found.marketplace))
    line(text("marketplace_import_hosts", locale))
    for each in found.hosts:
        new = "" if each.known else text("marketplace_import_new", locale)
        line(f"    {each.host.removesuffix('/*')}{new}")
    line(text("marketplace_import_pages", locale))
    for page in found.pages:
        kind = text(f"quality_kind_{page.kind}", locale)
        takes = text(f"marketplace_import_takes_{page.takes}", locale) if page.takes else ""
        line(f"    {page.page} ({kind}){takes}")
        line(f"        {' '.join(page.source.split())}")


def _agreed(locale: str) -> bool:
    """Whether the seller says yes; no where nobody can be asked."""
    sys.stdout.write(text("marketplace_import_ask", locale) + " ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是", "好")
