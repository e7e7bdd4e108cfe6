"""pages.teach: keep a page the seller taught by pointing at it."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from ...marketplaces import name_for, save
from ...marketplaces.checks import faults
from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.pages import PagesTeachParams, PagesTeachResult
from ...protocol.pages import Marketplace
from ..call import Call


def handle(call: Call, params: PagesTeachParams) -> PagesTeachResult:
    """Where it lies and the new version. Raises ``bad_params`` for a description that cannot work, storage errors."""
    day = datetime.now(UTC).date().isoformat()
    page = msgspec.structs.replace(
        params.page,
        id=f"taught-{type(params.page).__struct_config__.tag}",
        state="provisional",
        trust="medium",
        source=f"taught by the seller on {params.host}, {day}",
        checked=day,
    )
    for place, fault in faults(page):
        problem = f"{'.'.join(map(str, place))} {fault}"
        raise SeabridgeError(ErrorCode.BAD_PARAMS, problem, problem=problem)
    name = name_for(params.host, call.room.rules().marketplaces)
    marketplace = Marketplace(
        name=name, title=params.title.strip() or params.host, hosts=[f"https://{params.host}/*"], pages=[page]
    )
    folder = save(call.room.paths.marketplaces, marketplace)
    return PagesTeachResult(marketplace=name, page=page.id, version=call.desk.rules_changed(), folder=str(folder))
