"""Which writing system a character belongs to. Pure, table-free: ranges only."""

from __future__ import annotations

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f々〇"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\uff66-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
ARABIC = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
CYRILLIC = "\u0400-\u052f"
LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"

#: Writing system to a pattern of one of its letters.
PATTERNS = {
    "han": re.compile(f"[{HAN}]"),
    "kana": re.compile(f"[{KANA}]"),
    "hangul": re.compile(f"[{HANGUL}]"),
    "thai": re.compile(f"[{THAI}]"),
    "arabic": re.compile(f"[{ARABIC}]"),
    "cyrillic": re.compile(f"[{CYRILLIC}]"),
    "latin": re.compile(f"[{LATIN}]"),
}

#: Emoji, their modifiers and joiners, and the pictures and arrows chat keyboards offer.
EMOJI = (
    "\u00a9\u00ae\u200d\u203c\u2049\u20e3\u2139\u2190-\u21ff\u231a-\u23ff\u25a0-\u27bf\u2934\u2935"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
EMOJI_RUN = re.compile(f"[{EMOJI}](?:[{EMOJI} ]*[{EMOJI}])?")
#: No letter of any script: nothing a translator could work on.
_LETTER = re.compile(r"[^\W\d_]")


def counts(text: str) -> dict[str, int]:
    """Letters a writing system has in the text; absent ones are left out."""
    found = {name: len(pattern.findall(text)) for name, pattern in PATTERNS.items()}
    return {name: number for name, number in found.items() if number}


def has(text: str, script: str) -> bool:
    """Whether the text holds a letter of that writing system."""
    return PATTERNS[script].search(text) is not None


def has_letters(text: str) -> bool:
    """Whether any letter is in the text, of whatever writing system."""
    return _LETTER.search(EMOJI_RUN.sub(" ", text)) is not None
