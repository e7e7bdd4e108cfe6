"""Percentages, prices, years and Amazon's item numbers. Pure."""

from __future__ import annotations

import re

_PERCENT = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,2})? ?(?:%|percent\b|per cent\b|prozent\b)")
_MONEY = r"\d{1,7}(?:[.,]\d{1,3}){0,3}"
_CURRENCY = "€|£|₫|฿|usd|eur|gbp|rmb|cny|jpy|thb|vnd|idr|元|円|美元|dollars?|euros?"
_PRICE = re.compile(
    rf"(?:us|a|c|hk|s|nt)?[$€£¥₩฿₫]\s?{_MONEY}(?![\w.,]{0, 20}%)|(?<![\w.,]){_MONEY} ?(?:{_CURRENCY})(?![a-z])"
    rf"|(?<![a-z])rp\.? ?{_MONEY}"
)
_ASIN = re.compile(r"(?<![a-z0-9])b0(?=[a-z0-9]{0,7}\d)[a-z0-9]{8}(?![a-z0-9])")
_UNIT = "mah|mm|cm|ml|m|g|kg|w|v|lm|pcs|pieces|psi|rpm|k|x|×"
_YEAR = re.compile(rf"(?<![\w.,/#+-])(?:19[89]\d|20[0-4]\d)(?![\w/%]|[.,-]\d| ?(?:{_UNIT})(?![a-z]))")


def percents(text: str) -> list[tuple[int, int]]:
    """Places of percentages in a folded text."""
    return [hit.span() for hit in _PERCENT.finditer(text)]


def prices(text: str) -> list[tuple[int, int]]:
    """Places of amounts with their currency."""
    return [hit.span() for hit in _PRICE.finditer(text)]


def asins(text: str) -> list[tuple[int, int]]:
    """Places of ASINs."""
    return [hit.span() for hit in _ASIN.finditer(text)] if "b0" in text else []


def years(text: str) -> list[tuple[int, int]]:
    """Places of years from 1980 to 2049 that stand by themselves."""
    return [hit.span() for hit in _YEAR.finditer(text)] if "19" in text or "20" in text else []
