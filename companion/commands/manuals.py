"""``seabridge catalogue add-manual`` and its kin: files the seller adds, and what they say to a question."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..desk.catalogue import ManualFile, added
from ..locales import text
from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime import control
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .archives import archive_of
from .facts import clock, one_line
from .offline import runs
from .printing import Say, as_json, complain, line

if TYPE_CHECKING:
    from ..catalogue.shelf import Added, ManualRow

#: Reading a PDF may take a minute.
_FILE_S = 90


def manual_actions(actions: Any, say: Say) -> Iterable[argparse.ArgumentParser]:
    """Their arguments."""
    add = actions.add_parser("add-manual", help=say("cli_manual_add"))
    add.add_argument("file", type=Path, metavar="FILE", help=say("cli_manual_file"))
    add.add_argument("--sku", action="append", default=[], metavar="SKU", help=say("cli_manual_sku"))
    add.add_argument("--language", default="", metavar="CODE", help=say("cli_manual_language"))
    listing = actions.add_parser("manuals", help=say("cli_manual_list"))
    remove = actions.add_parser("remove-manual", help=say("cli_manual_remove"))
    remove.add_argument("id", type=int, metavar="N", help=say("cli_manual_number"))
    ask = actions.add_parser("passages", help=say("cli_manual_passages"))
    ask.add_argument("question", nargs="+", metavar="WORD", help=say("cli_manual_question"))
    ask.add_argument("--sku", action="append", default=[], metavar="SKU", help=say("cli_manual_of"))
    ask.add_argument("--limit", type=int, default=5, metavar="N", help=say("cli_manual_limit"))
    return add, listing, remove, ask


def add_manual(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Through the running companion, or under the lock of the data folder."""
    asked = {"path": str(options.file.resolve()), "skus": options.sku, "language": options.language}
    done = _changed(paths, "manuals.add_file", asked, lambda archive: added(archive, _file(asked)))
    if options.json:
        as_json(done)
        return 0
    made = _added(done)
    if made.replaced is not None:
        line(text("manual_replaced", locale, time=clock(made.replaced)))
    line("\n".join(_manual(made.manual, locale)))
    return 0


def list_manuals(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """All of them; 1 when there are none."""
    with archive_of(paths) as archive:
        from ..catalogue.shelf import row

        found = [row(one) for one in archive.manuals.all()] if archive is not None else []
    if options.json:
        as_json(found)
    elif not found:
        line(text("manual_none", locale))
    for one in [] if options.json else found:
        line("\n".join(_manual(one, locale)))
    return 0 if found else 1


def remove_manual(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Take one out for good; 1 when it is not there."""

    def directly(archive: Any) -> dict[str, bool]:
        return {"removed": archive.manuals.remove(options.id)}

    done = _changed(paths, "manuals.remove", {"id": options.id}, directly)
    if options.json:
        as_json(done)
    elif done["removed"]:
        line(text("manual_removed", locale))
    else:
        complain(text("manual_no_such", locale, number=options.id))
    return 0 if done["removed"] else 1


def show_passages(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """What the manuals say to a question; 1 when they say nothing."""
    with archive_of(paths) as archive:
        from ..catalogue.passages import passages

        asked = " ".join(options.question), options.sku, max(1, min(options.limit, 50))
        found = passages(archive, *asked) if archive is not None else []
    if options.json:
        as_json(found)
    elif not found:
        line(text("manual_no_passage", locale))
    for one in [] if options.json else found:
        where = [one.name, text("manual_page", locale, page=one.page) if one.page else "", one.heading]
        line(f"{one_line(' · '.join(part for part in where if part))}  ({one.weight:.0%})")
        for each in one.text.split("\n"):
            line(f"    {one_line(each)}")
    return 0 if found else 1


ACTIONS: dict[str, Callable[[argparse.Namespace, Paths, str], int]] = {
    "add-manual": add_manual,
    "manuals": list_manuals,
    "remove-manual": remove_manual,
    "passages": show_passages,
}


def _changed(paths: Paths, method: str, asked: dict[str, Any], directly: Callable[[Any], Any]) -> Any:
    if runs(paths):
        return control.call(paths, method, asked, timeout_s=_FILE_S)
    with DataLock(paths):
        from ..conversations import Archive

        archive = Archive.at(paths)
        try:
            return directly(archive)
        finally:
            archive.close()


def _file(asked: dict[str, Any]) -> ManualFile:
    import msgspec

    try:
        return convert(asked, ManualFile)
    except msgspec.ValidationError as exc:
        raise SeabridgeError(ErrorCode.BAD_PARAMS, method="add-manual", problem=str(exc)[:200]) from exc


def _added(done: Any) -> Added:
    from ..catalogue.shelf import Added

    return done if isinstance(done, Added) else convert(done, Added)


def _manual(one: ManualRow, locale: str) -> list[str]:
    about = " ".join(one.skus) if one.skus else text("manual_whole_shop", locale)
    told = text("manual_line", locale, number=one.id, time=clock(one.added_at), passages=one.passages)
    language = f"  [{one.language}]" if one.language else ""
    return [f"{one_line(one.name)}{language}", f"    {told}  {one_line(about)}"]
