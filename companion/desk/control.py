"""The door for programs of this user: the command line and a tray of another process."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from ..conversations.imports.asked import ImportAsked
from ..protocol import METHODS
from ..protocol.decode import decode
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import Nothing
from ..protocol.methods.languages import LanguagesInstallParams
from . import bulk_check, catalogue, checked, exporting, importing, keeping, rules, team
from .call import Call, Session
from .desk import Desk
from .message_files import import_file
from .methods import HANDLERS
from .page_facts import PageFileAsked, keep_file
from .wording_files import ShopFileParams, glossary_in, glossary_out, memory_in, memory_out


class PairingParams(msgspec.Struct, forbid_unknown_fields=True):
    """The attempt the seller decides about."""

    pairing: str


class FileParams(msgspec.Struct, forbid_unknown_fields=True):
    """A file or folder on this computer; the direction where it cannot be read from it."""

    path: str
    source: str = ""
    target: str = ""


class PendingResult(msgspec.Struct):
    """A waiting pairing, None when there is none."""

    pairing: str
    name: str
    origin: str
    digits: str
    expires_s: int


def pending(desk: Desk, _: Nothing) -> PendingResult | None:
    """The pairing that waits for the seller."""
    waiting = desk.pairings.pending()
    if waiting is None:
        return None
    return PendingResult(waiting.pairing, waiting.name, waiting.origin, waiting.digits, waiting.expires_s)


def confirm(desk: Desk, params: PairingParams) -> dict[str, str]:
    """The digits agree."""
    return {"key_id": desk.pairings.confirm(params.pairing)}


def refuse(desk: Desk, params: PairingParams) -> dict[str, str]:
    """They do not."""
    desk.pairings.refuse(params.pairing)
    return {}


def marketplaces(desk: Desk, _: Nothing) -> list[dict[str, str]]:
    """The marketplaces' own names."""
    return [{"name": market.name, "title": market.title} for market in desk.room.rules().marketplaces]


def shops_count(desk: Desk, _: Nothing) -> dict[str, int]:
    """How many shop accounts conversations were read in: with one alone nobody needs its name."""
    return {"count": desk.room.archive.shop_count()}


def install_start(desk: Desk, params: LanguagesInstallParams) -> Any:
    """Install without waiting."""
    return desk.installs.start(params.source, params.target, params.engine)


def install_state(desk: Desk, _: Nothing) -> Any:
    """Where the installation stands."""
    return desk.installs.state()


def install_cancel(desk: Desk, _: Nothing) -> Any:
    """Stop it."""
    desk.installs.cancel()
    return desk.installs.state()


def install_file(desk: Desk, params: FileParams) -> Any:
    """Install a package from a file, or a model from a folder."""
    done = desk.room.translator.install_file(Path(params.path), params.source, params.target)
    desk.backlog.look_again()
    return done


def shutdown(desk: Desk, _: Nothing) -> dict[str, str]:
    """End the companion, once this answer is out."""
    timer = threading.Timer(0.2, desk.room.shutdown)
    timer.daemon = True
    timer.start()
    return {}


Extra = tuple[type[msgspec.Struct], Callable[[Desk, Any], Any]]

#: What the dashboard and the command line can do besides the methods of the wire.
SHARED: dict[str, Extra] = {
    "pairing.pending": (Nothing, pending),
    "pairing.confirm": (PairingParams, confirm),
    "pairing.refuse": (PairingParams, refuse),
    "marketplaces": (Nothing, marketplaces),
    "shops.count": (Nothing, shops_count),
    "languages.install_start": (LanguagesInstallParams, install_start),
    "languages.install_state": (Nothing, install_state),
    "languages.install_cancel": (Nothing, install_cancel),
    "team.changes": (Nothing, team.changes),
    "backup.state": (Nothing, keeping.backup_state),
    "backup.start": (Nothing, keeping.backup_start),
    "backup.list": (Nothing, keeping.backup_list),
    "backup.prove": (keeping.ProofParams, keeping.proof_start),
    "backup.proof": (Nothing, keeping.proof_state),
    "keeping.settings": (Nothing, keeping.settings),
    "keeping.folder": (keeping.FolderParams, keeping.folder),
    "keeping.change": (keeping.PlanParams, keeping.change),
    "keeping.due": (keeping.MonthsParams, keeping.due),
    "keeping.held": (Nothing, keeping.held),
    "keeping.find": (keeping.BuyerParams, keeping.find),
    "keeping.copies": (Nothing, keeping.copies),
    "keeping.erase": (keeping.EraseParams, keeping.erase),
    "keeping.sweep": (Nothing, keeping.sweep),
    "catalogue.list": (catalogue.ListingsAsked, catalogue.listings),
    "catalogue.show": (catalogue.ListingAsked, catalogue.listing),
    "catalogue.of_thread": (catalogue.ThreadAsked, catalogue.of_thread),
    "manuals.list": (Nothing, catalogue.manuals),
    "manuals.passages": (catalogue.PassagesAsked, catalogue.passages),
    "manuals.add": (catalogue.ManualUploaded, catalogue.add_uploaded),
    "manuals.about": (catalogue.ManualAbout, catalogue.set_about),
    "manuals.remove": (catalogue.ManualAsked, catalogue.remove),
    **rules.SHARED,
    "check.begin": (bulk_check.BeginAsked, bulk_check.begin),
    "check.file": (bulk_check.FileAsked, bulk_check.file),
    "check.state": (Nothing, bulk_check.state),
    "check.cancel": (Nothing, bulk_check.cancel),
    "check.rows": (bulk_check.RowsAsked, bulk_check.rows),
    "check.export": (bulk_check.ExportAsked, bulk_check.export),
    "check.listing": (bulk_check.ListingPasted, bulk_check.listing),
    "check.message": (bulk_check.MessagePasted, bulk_check.message),
    "export.start": (exporting.FileAsked, exporting.start),
    "export.state": (Nothing, exporting.state),
    "export.cancel": (Nothing, exporting.cancel),
    "import.look": (importing.LookAsked, importing.look),
    "import.start": (importing.StartAsked, importing.start),
    "import.state": (Nothing, importing.state),
    "import.cancel": (Nothing, importing.cancel),
    "import.forget": (Nothing, importing.forget),
    "check.last": (catalogue.ListingAsked, checked.last),
    "check.now": (checked.CheckNow, checked.now),
    "check.overruled": (catalogue.ThreadAsked, checked.sent_anyway),
}
CONTROL: dict[str, Extra] = {
    **SHARED,
    **rules.FOR_COMMANDS,
    "languages.install_file": (FileParams, install_file),
    "glossary.import_file": (ShopFileParams, glossary_in),
    "glossary.export_file": (ShopFileParams, glossary_out),
    "memory.import_file": (ShopFileParams, memory_in),
    "memory.export_file": (ShopFileParams, memory_out),
    "archive.import_file": (ImportAsked, import_file),
    "archive.keep_page": (PageFileAsked, keep_file),
    "manuals.add_file": (catalogue.ManualFile, catalogue.add_file),
    "team.rename": (team.RenameParams, team.rename),
    "shutdown": (Nothing, shutdown),
}
#: Methods of the wire that are served here as they are.
WIRE = frozenset(
    {
        "status.get",
        "search",
        "thread.list",
        "thread.messages",
        "thread.mark",
        "thread.hold",
        "buyer.story",
        "inbox.list",
        "languages.list",
        "languages.install",
        "languages.remove",
        "engines.list",
        "engines.save",
        "engines.remove",
        "engines.order",
        "engines.test",
        "translate",
        "glossary.list",
        "listing.check",
        "message.check",
        "waivers.list",
        "waivers.put",
        "waivers.remove",
        "brands.list",
        "brands.put",
        "brands.remove",
        "words.list",
        "words.put",
        "words.remove",
        "settings.get",
        "settings.set",
        "pairing.list",
        "pairing.revoke",
    }
)
#: Further ones for the command line only.
FOR_COMMANDS = frozenset({"dashboard.ticket", "pages.export", "pages.import"})
ALIASES = {"status": "status.get"}


class Body(msgspec.Struct, forbid_unknown_fields=True):
    """What is posted."""

    method: str
    params: msgspec.Raw = msgspec.Raw(b"{}")


def parse(raw: bytes) -> Body:
    """Raises ``bad_params``."""
    try:
        return decode(raw, Body)
    except (msgspec.DecodeError, UnicodeError) as exc:
        raise SeabridgeError(ErrorCode.BAD_PARAMS, method="", problem=str(exc)[:200]) from exc


def perform(desk: Desk, body: Body, extra: dict[str, Extra], wire: frozenset[str], asker: str) -> Any:
    """Run a method of ``extra`` or ``wire``. Raises ``unknown_method`` for any other."""
    name = ALIASES.get(body.method, body.method)
    if name in extra:
        kind, act = extra[name]
        try:
            params = decode(body.params, kind)
        except (msgspec.DecodeError, UnicodeError) as exc:
            raise SeabridgeError(ErrorCode.BAD_PARAMS, method=name, problem=str(exc)[:200]) from exc
        return act(desk, params)
    if name not in wire:
        raise SeabridgeError(ErrorCode.UNKNOWN_METHOD, method=name[:60])
    call = Call(desk, Session(asker))
    return HANDLERS[name].handle(call, METHODS[name].parse(body.params))


def authorised(desk: Desk, header: str | None) -> None:
    """Raises ``not_proven`` unless the header carries the control token."""
    expected = f"Bearer {desk.control_token}"
    if not desk.control_token or header is None or not hmac.compare_digest(header.encode(), expected.encode()):
        raise SeabridgeError(ErrorCode.NOT_PROVEN)


def answer(desk: Desk, header: str | None, raw: bytes) -> Any:
    """One control request."""
    authorised(desk, header)
    return perform(desk, parse(raw), CONTROL, WIRE | FOR_COMMANDS, "control")
