"""pages.own: what the seller taught, wrote or took from others."""

from __future__ import annotations

from ...marketplaces import load_own
from ...protocol.methods.desk import Nothing
from ...protocol.methods.pages import OwnPage, PagesOwnResult
from ..call import Call


def handle(call: Call, _: Nothing) -> PagesOwnResult:
    """By marketplace, as the files are now."""
    folder = call.room.paths.marketplaces
    own, _faults = load_own(folder)
    return PagesOwnResult(
        pages=[
            OwnPage(
                marketplace=market.name,
                title=market.title,
                page=page.id,
                kind=str(type(page).__struct_config__.tag),
                source=page.source[:500],
                folder=str(folder / market.name),
            )
            for market in own
            for page in market.pages
        ]
    )
