"""National ids of Asia by their own check digits and dates: Aadhaar, NRIC, NIK, 주민등록번호, the Thai card. Pure.

Aadhaar: Verhoeff (UIDAI). NRIC and FIN: weighted mod 11 with the letter tables for S/T, F/G and M. NIK: province,
regency, district, birthday (day plus 40 for women), no check digit, so a word for an order or a parcel before it keeps
it.
"""

from __future__ import annotations

import re
from datetime import date

from .occurrences import Span

_AADHAAR = re.compile(r"(?<![\d-])[2-9]\d{3}([ -])\d{4}\1\d{4}(?![\d]|[ -]\d)")
_NRIC = re.compile(r"(?<![A-Za-z0-9])[STFGM]\d{7}[A-Z](?![A-Za-z0-9])", re.IGNORECASE)
_NIK = re.compile(r"(?<![\d-])\d{16}(?![\d-])")
_KOREAN = re.compile(r"(?<![\d-])\d{6}-[1-8]\d{6}(?![\d-])")
_THAI = re.compile(r"(?<![\d-])\d-\d{4}-\d{5}-\d{2}-\d(?![\d-])")

#: The dihedral group of order 10, and its permutation by place.
_GROUP = "0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210"
_TURNS = "0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258"
_TIMES, _TURNED = (tuple(tuple(map(int, row)) for row in rows.split()) for rows in (_GROUP, _TURNS))
_NRIC_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_NRIC_LETTERS = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK", "M": "XWUTRQPNJLK"}
_NRIC_ADDED = {"S": 0, "F": 0, "T": 4, "G": 4, "M": 3}
#: Codes of Indonesia's provinces.
_PROVINCES = frozenset(
    [*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)]
)
_PARCEL_OR_ORDER = re.compile(
    r"(?:order|pesanan|invoice|resi|awb|tracking|parcel|paket|订单|单号)[^\d]{0,20}$", re.IGNORECASE
)
_BEFORE = 40


def asian_identities_in(text: str) -> list[Span]:
    """Where such numbers stand, in no order."""
    checked = ((_AADHAAR, _verhoeff), (_NRIC, _nric), (_KOREAN, _korean), (_THAI, _thai))
    found = [match.span() for pattern, fits in checked for match in pattern.finditer(text) if fits(match[0])]
    return found + [
        match.span()
        for match in _NIK.finditer(text)
        if _nik(match[0]) and not _PARCEL_OR_ORDER.search(text, max(0, match.start() - _BEFORE), match.start())
    ]


def _verhoeff(number: str) -> bool:
    check = 0
    for place, char in enumerate(reversed([char for char in number if char.isdigit()])):
        check = _TIMES[check][_TURNED[place % 8][int(char)]]
    return check == 0


def _nric(number: str) -> bool:
    kind, letter = number[0].upper(), number[-1].upper()
    total = sum(int(digit) * weight for digit, weight in zip(number[1:8], _NRIC_WEIGHTS, strict=True))
    rest = (total + _NRIC_ADDED[kind]) % 11
    return letter == _NRIC_LETTERS[kind][rest]


def _nik(number: str) -> bool:
    day = int(number[6:8])
    return (
        int(number[:2]) in _PROVINCES
        and 1 <= int(number[2:4]) <= 79
        and number[4:6] != "00"
        and number[12:] != "0000"
        and _is_day(number[10:12], number[8:10], day - 40 if day > 40 else day)
    )


def _korean(number: str) -> bool:
    return _is_day(number[:2], number[2:4], int(number[4:6]))


def _thai(number: str) -> bool:
    digits = [int(char) for char in number if char.isdigit()]
    return (11 - sum(digit * (13 - place) for place, digit in enumerate(digits[:12])) % 11) % 10 == digits[12]


def _is_day(year: str, month: str, day: int) -> bool:
    """Whether a birthday of that kind can be; every fourth year counts as a leap year."""
    try:
        date(2000 + int(year) % 4, int(month), day)
    except ValueError:
        return False
    return True
