"""Change lists of this computer: made by looking at all rules and the shop's own texts, and kept for some minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from companion.runtime.paths import Paths

from ..check import LanguageOf
from ..reporting import Locale
from .comparing import ChangeList, State, compare, state, state_of
from .hits import ShopText
from .kept import Kept, Pointer, Version
from .manifest import Manifest

#: Seconds for which a change list is told again without another look at the shop's texts.
_FRESH_S = 600.0


@dataclass(frozen=True, slots=True)
class Shop:
    """What a change list looks at, and how the language of a text is told."""

    texts: Callable[[], Iterable[ShopText]] = lambda: ()
    language_of: LanguageOf = lambda text: ""


class ChangeLists:
    """Safe to use from several threads."""

    def __init__(self, paths: Paths, kept: Kept, shop: Shop, clock: Callable[[], float]) -> None:
        self._paths, self._kept, self._shop, self._clock = paths, kept, shop, clock
        #: By language, of which pointer and when it was looked at.
        self._last: dict[str, tuple[Pointer, float, ChangeList]] = {}

    def last(self, locale: Locale) -> ChangeList:
        """What the last update or rollback changed."""
        pointer = self._kept.pointer()
        known = self._last.get(locale)
        if known is not None and known[0] == pointer and 0 <= self._clock() - known[1] < _FRESH_S:
            return known[2]
        return self.since(self._kept.version(pointer.before), locale)

    def since(self, before: Version | None, locale: Locale) -> ChangeList:
        """What lies between a version and the one that counts now."""
        found = self._compare(state(self._paths, before), state(self._paths, self._kept.current()), locale)
        self._last[locale] = (self._kept.pointer(), self._clock(), found)
        return found

    def of_folder(self, manifest: Manifest, folder: Path, locale: Locale) -> ChangeList:
        """What a feed that is unpacked in a folder would change."""
        now = state(self._paths, self._kept.current())
        return self._compare(now, state_of(self._paths, manifest, folder), locale)

    def _compare(self, before: State, after: State, locale: Locale) -> ChangeList:
        today: date = datetime.fromtimestamp(self._clock(), UTC).date()
        return compare(before, after, self._shop.texts, self._shop.language_of, today, locale)
