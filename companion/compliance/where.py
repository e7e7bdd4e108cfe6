"""Marketplaces, regions and languages as people and programs write them, as rules name them. Pure."""

from __future__ import annotations

from collections.abc import Collection

from .folding import folded

_REGIONS = {"UK": "GB", "EN": "GB", "USA": "US", "CHN": "CN", "DEU": "DE", "FRA": "FR", "JPN": "JP"}
#: Languages so near that their terms are one list.
_LANGUAGES = {"ms": "id", "in": "id", "cmn": "zh", "yue": "zh", "pb": "pt"}


def marketplace_of(written: str, known: Collection[str]) -> str:
    """The folder's name: ``Amazon.de`` and ``amazon_de`` are amazon, ``TikTok`` is tiktok-shop; else as written."""
    name = "-".join(folded(written)[1].replace("_", " ").replace(".", " ").split())
    if name in known:
        return name
    first = name.split("-")[0]
    if first in known:
        return first
    alike = [each for each in known if each.split("-")[0] == first or each.replace("-", "") == name.replace("-", "")]
    return alike[0] if len(alike) == 1 else name


def region_of(written: str) -> str:
    """An ISO country code in capitals."""
    code = written.strip().upper()
    return _REGIONS.get(code, code)


def language_of(written: str) -> str:
    """A language's code without its country."""
    code = written.strip().lower().replace("_", "-").split("-")[0]
    return _LANGUAGES.get(code, code)
