"""Numbers that stand for one person: bank accounts and national ids. Only where the check digits fit. Pure.

An order or parcel number looks much the same, and a message without it is of no use; so no pattern counts alone.
Structures: IBAN by the ISO 13616 registry, 居民身份证 by GB 11643, DNI and NIE by the Spanish interior ministry's
mod 23 table, CPF by Receita Federal's two mod 11 digits, codice fiscale by its fixed layout.
"""

from __future__ import annotations

import re
from datetime import date

from .occurrences import Span

#: Characters of an IBAN by country.
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "BR": 29, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23,
    "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28,
    "PT": 25, "RO": 24, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26, "UA": 29,
}  # fmt: skip
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z0-9]){11,30}")
_CHINESE = re.compile(r"(?<![A-Za-z0-9])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![A-Za-z0-9])")
_CHINESE_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SPANISH = re.compile(r"(?<![A-Za-z0-9-])(?:\d{8}|[XYZxyz][ -]?\d{7})[ -]?[A-Za-z](?![A-Za-z0-9])")
_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_ITALIAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![A-Za-z0-9])", re.IGNORECASE)
_BRAZILIAN = re.compile(r"(?<![\d.-])\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?![\d-])")


def identities_in(text: str) -> list[Span]:
    """Where such numbers stand, in no order."""
    found = [match.span() for match in _ITALIAN.finditer(text)]
    for pattern, fits in ((_CHINESE, _chinese), (_SPANISH, _spanish), (_BRAZILIAN, _brazilian)):
        found += [match.span() for match in pattern.finditer(text) if fits(match[0])]
    return found + [span for match in _IBAN.finditer(text) if (span := _iban(match))]


def _iban(match: re.Match[str]) -> Span | None:
    """The account number at the beginning of what matched; words may follow it there."""
    length = _IBAN_LENGTHS.get(match[0][:2].upper(), 0)
    places = [at for at, char in enumerate(match[0]) if char.isalnum()]
    if not length or len(places) < length:
        return None
    end = places[length - 1] + 1
    if match[0][end : end + 1].isalnum():
        return None
    code = "".join(char for char in match[0][:end].upper() if char.isalnum())
    number = int("".join(str(int(char, 36)) for char in code[4:] + code[:4]))
    return (match.start(), match.start() + end) if number % 97 == 1 else None


def _chinese(number: str) -> bool:
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _CHINESE_WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _spanish(number: str) -> bool:
    plain = re.sub("[ -]", "", number).upper()
    return _SPANISH_LETTERS[int(plain[:-1].translate({88: "0", 89: "1", 90: "2"})) % 23] == plain[-1]


def _brazilian(number: str) -> bool:
    digits = [int(char) for char in number if char.isdigit()]
    if len(set(digits)) == 1:
        return False
    for at in (9, 10):
        rest = 10 * sum(digit * (at + 1 - place) for place, digit in enumerate(digits[:at])) % 11 % 10
        if rest != digits[at]:
            return False
    return True
