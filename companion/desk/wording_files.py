"""Glossary and memory files of any size, by their path on this computer: for the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from ..protocol.methods.glossary import ShopRef
from .desk import Desk


class ShopFileParams(msgspec.Struct, forbid_unknown_fields=True):
    """A file, and the shop it belongs to."""

    path: str
    shop: ShopRef


class WrittenResult(msgspec.Struct):
    """How many entries the file holds."""

    written: int


def glossary_in(desk: Desk, params: ShopFileParams) -> Any:
    """Terms out of a .csv or .tbx."""
    from ..translation.files import glossary_from

    return glossary_from(desk.room.translator.glossary, Path(params.path), params.shop)


def glossary_out(desk: Desk, params: ShopFileParams) -> WrittenResult:
    """Terms into a .csv or .tbx."""
    from ..translation.files import glossary_to

    return WrittenResult(glossary_to(desk.room.translator.glossary, Path(params.path), params.shop))


def memory_in(desk: Desk, params: ShopFileParams) -> Any:
    """Pairs out of a .tmx."""
    from ..translation.files import memory_from

    return memory_from(desk.room.translator.memory, Path(params.path), params.shop)


def memory_out(desk: Desk, params: ShopFileParams) -> WrittenResult:
    """Pairs into a .tmx."""
    from ..translation.files import memory_to

    return WrittenResult(memory_to(desk.room.translator.memory, Path(params.path), params.shop, desk.room.version))
