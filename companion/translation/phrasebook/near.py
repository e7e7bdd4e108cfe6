"""Almost the same sentence: other politeness, contractions, chat spelling, a slip of the keyboard. Pure.

Similarity by n-grams was not good enough: in Chinese one character turns "能退" into "不能退", and "larger" is near
"large". So two sentences are near only when they are the same after removing words that carry no meaning of their own
and after mending words that are in nobody's vocabulary. Negations and numbers are never removed, added or mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..codes import UNSPACED
from .tokens import MARK, key_of, plain

#: Neighbours on the keyboard, for slips of one key.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MIN_WORDS = 2
_MIN_CHARS = 3


def _neighbours() -> frozenset[tuple[str, str]]:
    near = set()
    for row_index, row in enumerate(_ROWS):
        for index, key in enumerate(row):
            near |= {(key, other) for other in row[max(0, index - 1) : index + 2] if other != key}
            if row_index + 1 < len(_ROWS):
                near |= {(key, other) for other in _ROWS[row_index + 1][max(0, index - 1) : index + 1]}
    return frozenset(near | {(other, key) for key, other in near})


_NEAR_KEYS = _neighbours()


class Skeletons:
    """One language's variants by what is left of them without harmless words."""

    def __init__(
        self, language: str, words: Mapping[str, Any], variants: Iterable[tuple[int, tuple[str, ...]]]
    ) -> None:
        self.language = language
        self._unspaced = language in UNSPACED or language == "ko"
        self._fill = sorted((_flat(word) for word in words.get("fill", ())), key=len, reverse=True)
        self._same = {_flat(old): _flat(new) for old, new in words.get("same", {}).items()}
        self._not = frozenset(_flat(word) for word in words.get("not", ()))
        self._found: dict[str, list[int]] = {}
        #: Words of the book, which a slip may have meant; and all words known to be words, which are no slips.
        self._vocabulary: set[str] = set()
        self._real = {piece for words_ in words.values() for word in words_ for piece in _flat(word).split()}
        for index, tokens in variants:
            self._vocabulary |= {plain(token) for token in tokens}
            skeleton = self.skeleton(tokens)
            if skeleton:
                self._found.setdefault(skeleton, []).append(index)

    def skeleton(self, tokens: tuple[str, ...]) -> str:
        """What is left; "" when that is too little to go by."""
        if self._unspaced:
            text = key_of(tokens, self.language)
            for old, new in self._same.items():
                text = text.replace(old, new)
            for word in self._fill:
                text = text.replace(word, "")
            return text if len(text.replace(MARK, "")) >= _MIN_CHARS else ""
        words = [piece for token in tokens for piece in self._same.get(plain(token), plain(token)).split()]
        kept = [word for word in words if word not in self._fill]
        return " ".join(kept) if len([w for w in kept if w != MARK]) >= _MIN_WORDS else ""

    def candidates(self, tokens: tuple[str, ...]) -> list[int]:
        """Variants that are nearly this sentence; empty when there is none."""
        found = self._found.get(self.skeleton(tokens), [])
        if found or self._unspaced:
            return found
        mended = self._mend(tokens)
        return self._found.get(self.skeleton(mended), []) if mended else []

    def _mend(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """The sentence with one misspelt word put right; empty when that is not clearly what happened."""
        known = self._vocabulary | self._real | {MARK}
        strange = [i for i, token in enumerate(tokens) if plain(token) not in known]
        if len(strange) != 1:
            return ()
        word = plain(tokens[strange[0]])
        if len(word) < 5 or not word.isalpha():
            return ()
        fitting = {meant for meant in self._vocabulary - self._not if is_slip(word, meant)}
        if len(fitting) != 1:
            return ()
        return (*tokens[: strange[0]], fitting.pop(), *tokens[strange[0] + 1 :])


def _flat(text: str) -> str:
    return plain(text.casefold().replace("'", "").replace("-", " "))


def is_slip(typed: str, word: str) -> bool:
    """Whether ``typed`` is ``word`` with one slip inside it: two letters swapped, one doubled, lost or beside it.

    First letters must agree and endings stand, since "unable", "larger" or "packages" are words, not slips.
    """
    if (
        typed == word
        or not typed
        or not word
        or typed[0] != word[0]
        or abs(len(typed) - len(word)) > 1
        or len(word) < 4
    ):
        return False
    if len(typed) == len(word):
        wrong = [i for i, (a, b) in enumerate(zip(typed, word, strict=True)) if a != b]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            i, j = wrong
            return typed[i] == word[j] and typed[j] == word[i]
        return len(wrong) == 1 and len(word) >= 6 and wrong[0] > 0 and (typed[wrong[0]], word[wrong[0]]) in _NEAR_KEYS
    longer, shorter = (typed, word) if len(typed) > len(word) else (word, typed)
    if longer.startswith(shorter):
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer) - 1))
