"""Marketplaces, regions and languages as people and programs write them, as rules name them. Pure."""

from __future__ import annotations

import re

from companion.marketplaces.called import marketplace_of

from .folding import folded
from .place_names import AMAZON, COUNTRIES

__all__ = ["language_of", "marketplace_of", "region_of"]

_CODE_OF = {folded(name)[1]: code for code, names in COUNTRIES.items() for name in names}
_CODE = re.compile(r"[A-Z]{2}")
#: What Amazon calls North America and the Far East, and tables a cell without a value: no country.
_NO_COUNTRY = frozenset({"NA", "FE"})
#: Languages so near that their terms are one list.
_LANGUAGES = {"ms": "id", "in": "id", "cmn": "zh", "yue": "zh", "pb": "pt"}


def region_of(written: str) -> str:
    """An ISO country code in capitals, or EU; "" for what is none: rules of every region count there."""
    code = written.strip().upper()
    if code in AMAZON:
        return AMAZON[code]
    named = _CODE_OF.get(folded(written.strip().removesuffix("站"))[1])
    return named or (code if _CODE.fullmatch(code) and code not in _NO_COUNTRY else "")


def language_of(written: str) -> str:
    """A language's code without its country."""
    code = written.strip().lower().replace("_", "-").split("-")[0]
    return _LANGUAGES.get(code, code)
