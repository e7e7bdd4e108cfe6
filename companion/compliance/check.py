"""What in a listing or a message breaks a rule. Pure: takes texts and what is known of them, gives findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from .excusing import excused
from .finding import Checked, Finding
from .kinds import FINDERS
from .kinds.literal import matches
from .pack import Force, Pack
from .place import Place
from .reporting import Locale, advice, finding, of_one_text
from .scan import Hit, Scan, scan

#: One field says one thing wrong so often at most.
_MOST_OF_A_RULE = 50
#: Hits of a rule that are looked at for what excuses them, and findings of one text: more is a pasted word list.
_MOST_TRIED, _MOST_OF_A_TEXT = 300, 500
#: So much of each text at least, and of all together, tells the language.
_EACH, _TOGETHER = 60, 180

#: The language of a text, "" where it is not certain.
LanguageOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a field; ``index`` says which one where a field has several."""

    field: str
    index: int | str | None
    text: str


class Checker:
    """Checks against one pack. What was scanned last is kept, so that a keystroke costs one field. Thread-safe."""

    def __init__(self, pack: Pack, language_of: LanguageOf = lambda text: "") -> None:
        self.pack = pack
        self._language_of = lru_cache(256)(language_of)
        self._scan = lru_cache(256)(lambda text: scan(pack, text))

    def check(self, texts: Sequence[Text], place: Place, locale: Locale = "en") -> Checked:
        """Findings of all texts of one listing, or of one message, in the order in which they stand there."""
        scans = [self._scan(each.text) for each in texts]
        force = self.pack.in_force(place.where())
        language = place.language or self._spoken(texts)
        found: list[Finding] = []
        for each, scanned in zip(texts, scans, strict=True):
            of_text = (
                (self.pack.rules[at].rule, self._finding(force, at, hit, each, scanned, locale, language))
                for at in _possible(force, each.field, scanned)
                for hit in self._hits(at, scanned, scans, place, language)
            )
            found += of_one_text(list(islice(of_text, _MOST_OF_A_TEXT)))
        found += self._missing(force, texts, scans, locale, language)
        return Checked(found, self.pack.version)

    def _spoken(self, texts: Sequence[Text]) -> str:
        """One language for all texts: most fields are too short to tell theirs."""
        share = max(_EACH, _TOGETHER // max(1, len(texts)))
        return self._language_of("\n".join(each.text[:share] for each in texts)[:_TOGETHER])

    def _hits(self, at: int, scanned: Scan, scans: Sequence[Scan], place: Place, language: str) -> list[Hit]:
        ready = self.pack.rules[at]
        hits = FINDERS[ready.rule.kind](ready, at, scanned, language)
        if not hits or (ready.rule.kind == "requires" and self._has_needed(at, scanned, scans)):
            return []
        kept = (hit for hit in hits[:_MOST_TRIED] if not excused(self.pack, at, hit, scanned, scans, place, language))
        return list(islice(kept, _MOST_OF_A_RULE))

    def _missing(
        self, force: Force, texts: Sequence[Text], scans: Sequence[Scan], locale: Locale, language: str
    ) -> Iterator[Finding]:
        """What a listing must say whatever it says: reported at the beginning of the first field the rule reads."""
        for at in force.demanding:
            for each, scanned in zip(texts, scans, strict=True):
                if at in force.of_field(each.field).every:
                    if not self._has_needed(at, scanned, scans):
                        yield self._finding(force, at, Hit(0, 0), each, scanned, locale, language)
                    break

    def _has_needed(self, at: int, scanned: Scan, scans: Sequence[Scan]) -> bool:
        ready = self.pack.rules[at]
        return any(
            each.needs.get(at) or any(True for one in ready.needs_patterns for _ in matches(one, each, ""))
            for each in ((scanned,) if ready.rule.needs_in == "field" else scans)
        )

    def _finding(
        self, force: Force, at: int, hit: Hit, text: Text, scanned: Scan, locale: Locale, language: str
    ) -> Finding:
        found = finding(self.pack.rules[at], hit, text.field, text.index, scanned, locale, language)
        known_from = self.pack.rules[at].rule.elsewhere
        return advice(found, known_from) if known_from is not None and at in force.advising else found


def listing_texts(fields: Mapping[str, Any]) -> list[Text]:
    """The texts of a listing's fields: a text, a list of them, or a mapping of attributes. Empty ones are left out."""
    texts: list[Text] = []
    for name, value in fields.items():
        if isinstance(value, str):
            texts.append(Text(name, None, value))
        elif isinstance(value, Mapping):
            texts += [Text(name, str(key), each) for key, each in value.items() if isinstance(each, str)]
        elif isinstance(value, Sequence):
            texts += [Text(name, at, each) for at, each in enumerate(value) if isinstance(each, str)]
    return [each for each in texts if each.text.strip()]


def _possible(force: Force, field: str, scanned: Scan) -> Iterator[int]:
    """The rules of which anything could be found in a text."""
    rules = force.of_field(field)
    yield from rules.everywhere
    yield from (at for at in scanned.possible if at in rules.every and at not in rules.everywhere)
