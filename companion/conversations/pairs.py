"""Two very common characters side by side, as signs in the search index. Pure.

吗 stands in every third Chinese message and 的 in every second; 吗的 in one of thirty thousand. To find it SQLite would
look at each message that has both: 30 ms at a million, with a sign of the pair 1 ms. The sign says that the pair is
somewhere in the message, which is all that a phrase of two asks; a longer one is still looked for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: The characters that Chinese chat between shops and buyers uses most: those of any talk, then those of buying. The
#: place of a character is its number in the index, so a change needs a migration.
COMMON = (
    "的一是不了在有我他这个们来上大和到以说时要就出会可也你对能那得下过后没么什还多好给里"
    "您请吗问货发收买单款退付件包价钱快"
)
_NUMBER = {char: number for number, char in enumerate(COMMON)}
_PAIR = re.compile(f"([{COMMON}]) (?=([{COMMON}]))")
#: Behind the other signs (``marks.py``), where SQLite still knows private-use characters.
_PAIRS = 0xFF000
#: More signs of one phrase would find hardly less.
_MOST = 8


def pair_signs(*texts: str) -> list[str]:
    """The signs of common characters that follow one another in texts as the index takes them, each once."""
    pairs = dict.fromkeys(pair for text in texts for pair in _PAIR.findall(text))
    return [chr(_PAIRS + _NUMBER[first] * len(COMMON) + _NUMBER[second]) for first, second in pairs]


def pair_sign(first: str, second: str) -> str:
    """The sign of two words that follow one another; "" = they are no such characters."""
    one, other = _NUMBER.get(first), _NUMBER.get(second)
    return "" if one is None or other is None else chr(_PAIRS + one * len(COMMON) + other)


def signs_of_phrase(words: Sequence[str]) -> list[str]:
    """The signs a message must have that holds the phrase: some of them."""
    return pair_signs(" ".join(words))[:_MOST]


def is_sign(words: Sequence[str]) -> bool:
    """Whether a message has the phrase exactly when it has its sign. In which of its texts, a sign does not say."""
    return len(words) == 2 and bool(signs_of_phrase(words))
