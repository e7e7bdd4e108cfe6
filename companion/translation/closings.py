"""Words that close a conversation, from ``rules/inbox/closings.yml`` and the phrasebook's own files."""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

#: Who writes more than this says more than thanks.
LONGEST = 120
_LONGEST_PHRASE = 60
_ASKS = re.compile("[?？؟]")
#: Not letters, digits or the marks that Thai writes above and below its letters.
_MARKS = re.compile(r"[^\w'\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|_")
_STRETCHED = re.compile(r"(\w)\1{2,}")
#: Parts of emoji: skin tones, joiners, presentation.
_PARTS = re.compile("[\U0001f3fb-\U0001f3ff\u200d\ufe0e\ufe0f]")


class ClosingWords:
    """Read when first asked; thread-safe. A faulty file is logged, and then nothing closes a conversation."""

    def __init__(self, rules: Path) -> None:
        self._rules = rules
        self._lock = threading.Lock()
        self._read: tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]] | None = None
        self._known = lru_cache(maxsize=2_048)(self._decide)

    def only_thanks(self, text: str) -> bool:
        """Whether a line says thanks, that it is understood, or goodbye, and nothing else."""
        return 0 < len(text) <= LONGEST and not _ASKS.search(text) and self._known(text)

    def counted(self, marketplace: str) -> bool:
        """Whether the marketplace counts such a line as unanswered all the same."""
        return marketplace in self._ready()[3]

    def _decide(self, text: str) -> bool:
        phrases, beside, signs, _counted = self._ready()
        plain = _PARTS.sub("", text)
        words = plain.translate({ord(sign): " " for sign in signs})
        if any(unicodedata.category(char) in ("So", "Sk") for char in words):
            return False
        said = _flat(words)
        if not said:
            return words != plain  # signs alone
        return _made_of(said, phrases, beside) or _made_of(_STRETCHED.sub(r"\1", said), phrases, beside)

    def _ready(self) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
        with self._lock:
            if self._read is None:
                try:
                    self._read = _load(self._rules)
                except Exception as exc:  # whatever is in a file somebody edited
                    _log.warning("closing words left out: %s", exc)
                    self._read = (frozenset(),) * 4
            return self._read


def _load(rules: Path) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    from .phrasebook.compile import read_yaml

    told = read_yaml(rules / "inbox" / "closings.yml")
    phrases = {
        _flat(text)
        for file, keys in told["phrases"].items()
        for entry in read_yaml(rules / "phrases" / f"{file}.yml")["entries"]
        if entry["key"] in keys
        for text in _sentences(entry)
    }
    beside = {_flat(word) for words in told["beside"].values() for word in words}
    return frozenset(phrases - {""}), frozenset(beside), frozenset(told["signs"].split()), frozenset(told["counted"])


def _sentences(entry: dict[str, Any]) -> Iterable[str]:
    for name, texts in entry.items():
        if name not in ("key", "by"):
            yield from (text for text in texts if "{" not in text and not _ASKS.search(text))


def _flat(text: str) -> str:
    """Lower case and width folded, marks and gaps as single blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(_MARKS.sub(" ", folded).split())


def _made_of(said: str, phrases: frozenset[str], beside: frozenset[str]) -> bool:
    """Whether a line can be cut into phrases and words beside them, at least one of them a phrase. Scripts without
    blanks are cut anywhere, the others between words."""
    #: What reaches each place: 1 = such words alone, 2 = a phrase among them.
    reached = [0] * (len(said) + 1)
    reached[0] = 1
    for start in range(len(said)):
        if not reached[start]:
            continue
        if said[start] == " ":
            reached[start + 1] = max(reached[start + 1], reached[start])
            continue
        for end in range(start + 1, min(len(said), start + _LONGEST_PHRASE) + 1):
            if not _border(said, end):
                continue
            piece = said[start:end]
            if piece in phrases:
                reached[end] = 2
            elif piece in beside:
                reached[end] = max(reached[end], reached[start])
    return reached[len(said)] == 2


def _border(said: str, at: int) -> bool:
    """Whether a word may end here."""
    if at == len(said) or said[at] == " ":
        return True
    return said[at - 1] >= "\u0e00" or said[at] >= "\u0e00"
