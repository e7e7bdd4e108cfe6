"""The rules feed of a data folder: asked, taken, compared, rolled back; who uses the rules hears of it."""

from __future__ import annotations

import logging
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.paths import Paths

from ..reporting import Locale
from . import choice as choices
from . import deciding, looked
from .choice import Choice, Documents, Source
from .comparing import ChangeList
from .container import Sound, opened
from .fetching import Fetched, fetch
from .judging import CheckPages, judge
from .kept import Kept, Ref
from .lists import ChangeLists, Shop
from .status import Status, Updated, key_of, status_of

_log = logging.getLogger(__name__)

#: What an update is doing, and how far it is: "fetch" (bytes of bytes, 0 = not known), "check", "install", "compare".
Progress = Callable[[str, int, int], None]


class RulesFeed:
    """Safe to use from several threads; one of them updates at a time."""

    def __init__(
        self,
        paths: Paths,
        documents: Documents,
        check_pages: CheckPages,
        shop: Shop | None = None,
        *,
        project: Callable[[], Source] = choices.project,
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
        fetcher: Callable[..., Fetched] = fetch,
    ) -> None:
        self._documents, self._check_pages = documents, check_pages
        self._project, self._clock, self._chance, self._fetch = project, clock, chance, fetcher
        self._kept = Kept(paths.feed)
        self._looked = paths.feed / "asked.json"
        self._lock = threading.Lock()
        self._lists = ChangeLists(paths, self._kept, shop or Shop(), clock)
        self._hears: list[Callable[[], object]] = []

    def subscribe(self, hear: Callable[[], object]) -> None:
        """``hear`` is called after other rules count."""
        self._hears.append(hear)

    def status(self) -> Status:
        """How it stands."""
        choice, ours = choices.chosen(self._documents), self._project()
        source, pointer = choices.source_of(choice, ours), self._kept.pointer()
        kept = [one.manifest.version for one in self._kept.versions(key_of(pointer) or source.fingerprint)]
        asked = looked.read(self._looked, source.address)
        return status_of(choice, ours, pointer, self._kept.current(), kept, asked, self._today())

    def choose(self, use: choices.Use) -> Status:
        """Use the project's feed, the accepted one, or none. Rules that were taken count on. Raises ``feed_none`` for
        one there is not."""
        choice = choices.chosen(self._documents)
        if use == "own" and not choice.own.fingerprint:
            raise SeabridgeError(ErrorCode.FEED_NONE, "none accepted")
        choices.choose(self._documents, Choice(use, choice.own))
        return self.status()

    def update(
        self,
        address: str = "",
        data: bytes | None = None,
        accept: str = "",
        *,
        locale: Locale = "en",
        progress: Progress = lambda _stage, _done, _total: None,
    ) -> Updated:
        """Take the newest of the feed in use, of an address, or of a file's ``data``; ``accept``: the fingerprint the
        seller said yes to, which makes it the feed in use.

        Raises ``busy``, the ``feed_…`` codes and storage errors; the rules are as they were then.
        """
        with self._alone():
            return self._update(address, data, accept, locale, progress)

    def _update(self, address: str, data: bytes | None, accept: str, locale: Locale, progress: Progress) -> Updated:
        if data is not None:
            return self._take(data, "", accept, locale, progress)
        source = self._source()
        address = address or source.address
        if not address:
            raise SeabridgeError(ErrorCode.FEED_NONE, "no address")
        before = looked.read(self._looked, address)
        # the shorter answer counts only for what was taken from there and is still here
        known = address == source.address and not accept and not self.status().damaged
        try:
            progress("fetch", 0, 0)
            tag = before.tag if known else ""
            found = self._fetch(address, tag, progress=lambda done, total: progress("fetch", done, total))
            if found.data is None:
                done = Updated(False, self.status())
            else:
                done = self._take(found.data, address, accept, locale, progress)
        except SeabridgeError as exc:
            self._note(before, error=exc)
            raise
        self._note(before, tag=found.tag)
        return msgspec.structs.replace(done, status=self.status())

    def _take(self, data: bytes, address: str, accept: str, locale: Locale, progress: Progress) -> Updated:
        """Install what is newer, once its key, its time and its content were looked at."""
        choice, source = choices.chosen(self._documents), self._source()
        progress("check", 0, 0)
        sound = opened(data)
        pinned = source.fingerprint if address and address == source.address else ""
        others = (choice.own.fingerprint, self._project().fingerprint)
        known = (source.fingerprint,) if source.fingerprint else others
        deciding.trust(sound, pinned, known, accept, self._namesake(sound, (source.fingerprint, *others)))
        ref, current = Ref(sound.fingerprint, sound.manifest.version), self._kept.current()
        highest = self._kept.pointer().highest.get(sound.fingerprint, 0)
        lies_here = self._kept.version(ref) is not None
        if ref.version == highest and lies_here:
            self._accept(choice, address, sound, accept)
            return Updated(False, self.status())
        # what was taken and can no longer be read may come again
        deciding.timely(sound, highest if ref.version != highest else highest - 1, self._today())
        with tempfile.TemporaryDirectory(prefix="seabridge-feed-") as folder:
            judge(sound, Path(folder), self._today(), self._check_pages)
        progress("install", 0, 0)
        # first what may be out of reach, a team's database; a version that is not kept then comes with the next look
        self._accept(choice, address, sound, accept)
        self._kept.install(sound, self._clock())
        _log.info("rules feed %s: version %s counts", sound.manifest.name, sound.manifest.version)
        self._tell()
        progress("compare", 0, 0)
        return Updated(True, self.status(), self._lists.since(current, locale))

    def look(self, address: str = "", data: bytes | None = None, *, locale: Locale = "en") -> tuple[str, ChangeList]:
        """What a feed would change, without taking it; with the fingerprint of its key. It may be anybody's, and old.

        Raises as ``update``, but for its keys and versions.
        """
        if data is None:
            address = address or self._source().address
            if not address:
                raise SeabridgeError(ErrorCode.FEED_NONE, "no address")
            data = self._fetch(address).data or b""
        sound = opened(data)
        with tempfile.TemporaryDirectory(prefix="seabridge-feed-") as folder:
            judge(sound, Path(folder), self._today(), self._check_pages)
            return sound.fingerprint, self._lists.of_folder(sound.manifest, Path(folder), locale)

    def changes(self, locale: Locale = "en") -> ChangeList:
        """What the last update or rollback changed."""
        return self._lists.last(locale)

    def rollback(self, to: int | None = None, *, locale: Locale = "en") -> Updated:
        """Let another kept version count: ``to``, 0 = the shipped rules alone; None = the one below the one that
        counts. Updates do not bring back what was rolled back, only something newer. Raises ``feed_not_kept`` and, with
        nothing below it, ``feed_shipped``."""
        with self._alone():
            current, pointer = self._kept.current(), self._kept.pointer()
            if to is None:
                if not pointer.now.version:
                    raise SeabridgeError(ErrorCode.FEED_SHIPPED)
                to = max((n for n in self.status().kept if n < pointer.now.version), default=0)
            if to == pointer.now.version and (current is not None or not to):
                return Updated(False, self.status())
            self._kept.go_to(Ref(key_of(pointer), to) if to else Ref(), self._clock())
        self._tell()
        return Updated(True, self.status(), self._lists.since(current, locale))

    def check_if_due(self) -> None:
        """Ask the feed in use, where a day is over since the last time. What goes wrong is logged and shown."""
        source = self._source()
        if not source.address or self._clock() < looked.read(self._looked, source.address).due:
            return
        try:
            self.update()
        except SeabridgeError as exc:
            _log.warning("the rules feed was not taken: %s", exc)

    def _namesake(self, sound: Sound, accepted: Iterable[str]) -> str:
        """The fingerprint among those accepted of which a feed with this name or title lies here; "" = of none.

        Whoever passes for a maker takes his name, and "not accepted yet" would read like the first time.
        """
        about = sound.manifest
        for fingerprint in filter(None, accepted):
            kept = (one.manifest for one in self._kept.versions(fingerprint))
            if any(one.name == about.name or one.title.casefold() == about.title.casefold() for one in kept):
                return fingerprint
        return ""

    def _accept(self, choice: Choice, address: str, sound: Sound, accept: str) -> None:
        """What the seller accepted is the feed in use from now on, and so is its new address; of a file there is no
        address to ask."""
        mine = choice.own.fingerprint == sound.fingerprint
        if accept or (mine and address and address != choice.own.address):
            kept = choice.own.address if mine and not address else address
            choices.choose(self._documents, Choice("own", Source(kept, sound.fingerprint)))

    def _note(self, before: looked.Looked, *, tag: str = "", error: SeabridgeError | None = None) -> None:
        """How the address in use was reached; what was tried beside it concerns nobody later."""
        if before.address == self._source().address:
            looked.note(self._looked, before, self._clock(), self._chance(), tag=tag, error=error)

    def _source(self) -> Source:
        return choices.source_of(choices.chosen(self._documents), self._project())

    def _tell(self) -> None:
        for hear in self._hears:
            try:
                hear()
            except Exception:  # who cannot hear of new rules must not undo them
                _log.exception("new rules were not heard of")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._lock.acquire(blocking=False):
            raise SeabridgeError(ErrorCode.BUSY, "the rules are being updated")
        try:
            yield
        finally:
            self._lock.release()

    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock(), UTC).date()
