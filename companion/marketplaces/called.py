"""Marketplaces as people and programs write them, by the name of their folder. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

#: What marketplaces are called where their folder's name does not say it.
_CALLED = {
    "亚马逊": "amazon",
    "速卖通": "aliexpress",
    "虾皮": "shopee",
    "来赞达": "lazada",
    "沃尔玛": "walmart",
    "易贝": "ebay",
    "乐天": "rakuten",
    "酷澎": "coupang",
    "美客多": "mercadolibre",
    "希音": "shein",
    "mercado-livre": "mercadolibre",
}


def marketplace_of(written: str, known: Collection[str]) -> str:
    """The folder's name: ``Amazon.de`` and ``亚马逊`` are amazon, ``TikTok`` is tiktok-shop; else as written."""
    name = "-".join(_folded(written).replace("_", " ").replace(".", " ").split())
    if name in known:
        return name
    for called, folder in _CALLED.items():
        if name.startswith(called) and folder in known:
            return folder
    first = name.split("-")[0]
    if first in known:
        return first
    alike = [each for each in known if each.split("-")[0] == first or each.replace("-", "") == name.replace("-", "")]
    return alike[0] if len(alike) == 1 else name


def _folded(written: str) -> str:
    """Without capitals, widths, accents and what cannot be seen."""
    apart = unicodedata.normalize("NFKD", written).casefold()
    return "".join(char for char in apart if unicodedata.category(char) not in ("Mn", "Cf")).strip()
