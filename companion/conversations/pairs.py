"""Two very common characters side by side, as signs in the search index. Pure.

吗 stands in every third Chinese message and 的 in every second; 吗的 in one of thirty thousand. To find it SQLite would
look at each message that has both: 30 ms at a million, with a sign of the pair 1 ms. The sign says only that the pair
is somewhere in the message; the phrase itself is still looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

#: The characters that Chinese chat between shops and buyers uses most: those of any talk, then those of buying. The
#: place of a character is its number in the index, so a change needs a migration.
COMMON = (
    "的一是不了在有我他这个们来上大和到以说时要就出会可也你对能那得下过后没么什还多好给里"
    "您请吗问货发收买单款退付件包价钱快"
)
_NUMBER = {char: number for number, char in enumerate(COMMON)}
#: Behind the other signs (``marks.py``), where SQLite still knows private-use characters.
_PAIRS = 0xFF000
#: More signs of one phrase would find hardly less.
_MOST = 8


def pair_signs(words: Iterable[str]) -> Iterator[str]:
    """The signs of common characters that follow one another in a text's words, each as often as it occurs."""
    before = None
    for word in words:
        number = _NUMBER.get(word)
        if number is not None and before is not None:
            yield chr(_PAIRS + before * len(COMMON) + number)
        before = number


def signs_of_columns(columns: Iterable[str]) -> list[str]:
    """The signs of all texts of a message as the index takes them, each once."""
    return list(dict.fromkeys(sign for column in columns for sign in pair_signs(column.split(" "))))


def signs_of_phrase(words: Sequence[str]) -> list[str]:
    """The signs a message must have that holds the phrase: some of them, each once."""
    return list(dict.fromkeys(pair_signs(words)))[:_MOST]
