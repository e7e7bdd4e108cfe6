"""Telephone numbers whose digits are Chinese signs, alone or among figures: 一三八 零零一三, 138零零1三8000. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

_SIGNS = {
    "零": 0, "〇": 0, "一": 1, "幺": 1, "壹": 1, "二": 2, "贰": 2, "貳": 2, "三": 3, "叁": 3, "參": 3, "四": 4, "肆": 4,
    "五": 5, "伍": 5, "六": 6, "陆": 6, "陸": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
_HAN = "".join(_SIGNS)
_ROW = re.compile(f"[{_HAN}](?:[ ,.·-]{{0,2}}[{_HAN}]){{6,14}}")
_GROUP = re.compile(f"[{_HAN}]{{1,15}}")
#: A Chinese mobile number of figures and words.
_DIGIT = f"[0-9{_HAN}]"
_MIXED = re.compile(
    f"(?<!{_DIGIT})[1一幺壹][ -]?[3-9三四五六七八九叁肆伍陆柒捌玖參陸](?:[ -]?{_DIGIT}){{9}}(?!{_DIGIT})"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_UP, _DOWN = "01234567890", "9876543210"


def han_digits(text: str) -> list[tuple[int, int]]:
    """Places in a folded text; counting, sizes in a row and one sign over and over are none."""
    rows = [hit.span() for hit in _ROW.finditer(text) if _is_one(hit[0])]
    mixed = (hit for hit in _MIXED.finditer(text) if not hit[0].isascii())
    return rows + [hit.span() for hit in mixed if not _ROW.fullmatch(hit[0])]


def _is_one(row: str) -> bool:
    groups = ["".join(str(_SIGNS[sign]) for sign in group) for group in _GROUP.findall(row)]
    digits = "".join(groups)
    if len(set(digits)) == 1 or digits in _UP or digits in _DOWN:
        return False
    return (
        _MOBILE.fullmatch(digits) is not None
        or len(groups) < 3
        or not all(int(a) < int(b) for a, b in pairwise(groups))
    )
