"""Where a marketplace's own upload template is for: Amazon writes it into the row above the headers. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..place_names import AMAZON

#: How the cells of an Amazon template's first row begin, as its inventory files have them:
#: ``TemplateType=fptcustom``, ``TemplateSignature=…``, ``settings=…&primaryMarketplaceId=amzn1.mp.o.…``.
_SIGNS = ("templatetype=", "templatesignature=")
_SETTINGS = re.compile(r"\bprimaryMarketplaceId=amzn1\.mp\.o\.([A-Z0-9]{10,20})\b")
#: And its columns: ``item_name[marketplace_id=…][language_tag=…]#1.value``.
_COLUMN = re.compile(r"\[marketplace_id=([A-Z0-9]{10,20})\]")
#: Of one cell so much is read.
_LONGEST = 2_000


def place_of(above: Sequence[Sequence[str]]) -> tuple[str, str]:
    """Marketplace and country code by the rows of a file up to its headers; "" where they do not say it.

    A template of several countries tells none of them.
    """
    cells = [cell[:_LONGEST] for row in above for cell in row if cell]
    ids = {found[1] for cell in cells if (found := _SETTINGS.search(cell))}
    ids = ids or {found for cell in cells for found in _COLUMN.findall(cell)}
    if not ids and not any(cell.strip().casefold().startswith(_SIGNS) for cell in cells):
        return "", ""
    return "amazon", AMAZON.get(ids.pop(), "") if len(ids) == 1 else ""
