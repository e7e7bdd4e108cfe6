"""Language codes: ours, and what package indexes call the same thing."""

from __future__ import annotations

#: The languages the product is made for; zh is simplified Chinese.
LANGUAGES = ("zh", "en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru", "ar")

#: Written without spaces between words or sentences.
UNSPACED = frozenset({"zh", "zt", "ja", "th"})

#: Codes of packages that serve a language of ours when the plain one is absent, best first.
SERVES: dict[str, tuple[str, ...]] = {"pt": ("pt", "pb")}


def primary(code: str) -> str:
    """The code the engines know: lower case, without region; traditional Chinese stays apart ("zt")."""
    parts = code.replace("_", "-").lower().split("-")
    if parts[0] == "zh" and {"hant", "tw", "hk", "mo"} & set(parts[1:]):
        return "zt"
    # The old codes of Indonesian and Hebrew still come out of browsers and of pycld2.
    return {"in": "id", "iw": "he"}.get(parts[0], parts[0])


def same(one: str, other: str) -> bool:
    """Whether both codes name the language a reader would call the same."""
    return primary(one) == primary(other)


def served_by(code: str) -> tuple[str, ...]:
    """Package codes to try for a language, best first."""
    return SERVES.get(primary(code), (primary(code),))
