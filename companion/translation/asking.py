"""Messages on their way through the engines: from the cache, else engine after engine until one has an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from companion.protocol import ErrorCode, SeabridgeError

from .cache import TranslationCache, cache_key
from .chain import Chain
from .engines.base import Engine
from .engines.browser import BrowserEngine
from .glossary.store import shop_key
from .guarded import translate_guarded
from .jobs import Job
from .paid import Answer, PaidOnce
from .remote.base import RemoteEngine
from .remote.build import screened
from .remote.context import Context
from .wording import NOWHERE, Place, Wording, pairs_of

#: After these nothing has left: the engine was not asked.
_NOT_SENT = frozenset({ErrorCode.BUSY, ErrorCode.ENGINE_BUDGET, ErrorCode.ENGINE_SETUP, ErrorCode.OFFLINE})
#: The engine did not fail: it turned out only now that it is not there, or does not have the pair.
_NOT_THERE = frozenset({ErrorCode.BROWSER_AWAY, ErrorCode.BROWSER_MODEL})


@dataclass(slots=True)
class Asking:
    """Chain and cache together."""

    chain: Chain
    cache: TranslationCache
    glossary_version: str = ""
    wording: Wording = field(default_factory=Wording)
    #: Of a team: answers of remote engines are shared among its seats.
    paid: PaidOnce | None = None

    def ask(
        self,
        jobs: list[Job],
        named: str,
        around: Callable[[], Context],
        ask_remote: bool,
        place: Place = NOWHERE,
        tone: str = "",
    ) -> None:
        """One batch per direction and engine; jobs no engine could do stay unsettled. ``around`` tells engines of the
        ``tone``."""
        directions: dict[str, list[Job]] = {}
        for job in jobs:
            directions.setdefault(job.found.language, []).append(job)
        for language, group in directions.items():
            for engine in self.chain.candidates(language, group[0].target, named):
                waiting = [job for job in group if job.done is None]
                if waiting:
                    self._one(engine, waiting, language, around, ask_remote, bool(named), place, tone)

    def _one(
        self,
        engine: Engine,
        jobs: list[Job],
        source: str,
        around: Callable[[], Context],
        ask_remote: bool,
        named: bool,
        place: Place,
        tone: str,
    ) -> None:
        """What is known of it from the cache, then the rest in one batch."""
        target = jobs[0].target
        if isinstance(engine, BrowserEngine):
            engine = engine.asked_from(place.asker)
        texts = [job.text for job in jobs]
        way = self.wording.way(source, target, place, texts, engine.capabilities.mark_style)
        bare = engine.version(source, target)
        tone = tone if engine.capabilities.tone else ""
        remote = isinstance(engine, RemoteEngine)
        quiet = remote and not ask_remote
        paid = self.paid if remote else None
        if isinstance(engine, RemoteEngine) and ask_remote:
            context = around()
            terms = (*context.glossary, *pairs_of(way.known.terms))
            engine = screened(engine, replace(context, glossary=terms, kind=place.kind))
        version = engine.version(source, target)
        waiting: dict[str, list[Job]] = {}
        for job in jobs:
            key = self._key(job.text, source, target, engine.name, version, place, tone)
            known = self.cache.get(key)
            if known:
                job.machine(engine, *known)
            else:
                waiting.setdefault(key, []).append(job)
        if not waiting or quiet:
            return

        def settle(answers: Mapping[str, Answer]) -> None:
            for key, answer in answers.items():
                same = waiting.pop(key)
                self.cache.put(key, *answer)
                if version != bare:
                    # The archive asks for the same line later, without its context: it must not be sent twice.
                    plain = self._key(same[0].text, source, target, engine.name, bare, place, tone)
                    self.cache.put(plain, *answer)
                for job in same:
                    job.machine(engine, *answer)

        def ask(keys: Sequence[str]) -> bool:
            texts = [waiting[key][0].text for key in keys]
            try:
                told = self.chain.ask(
                    engine, lambda: translate_guarded(engine, texts, source, target, way), named=named
                )
            except SeabridgeError as exc:
                for job in (job for key in keys for job in waiting[key]):
                    job.failed = job.failed or exc.code not in _NOT_THERE
                    if exc.code not in _NOT_SENT:
                        job.note(engine)
                return False
            answers = {key: (answer.text, answer.doubt) for key, answer in zip(keys, told, strict=True)}
            if paid:
                paid.said(answers)
            settle(answers)
            return True

        if not paid:
            ask(list(waiting))
            return
        parts = paid.divide(list(waiting))
        settle(parts.known)
        if parts.ours and not ask([key for key in waiting if key in parts.ours]):
            paid.failed(parts.ours)
            return
        settle(paid.wait(parts.theirs))
        late = [key for key in waiting if key in parts.theirs]
        if late:
            ask(late)

    def prefer(self, job: Job, place: Place) -> None:
        """The seller took this engine's answer to a buyer's line in place of another's."""
        self.cache.put(self._choice(job, place), job.answered().engine, [])

    def preferred(self, job: Job, place: Place) -> None:
        """Settle a line with the answer the seller took for it before, as long as that is still known."""
        source, target = job.found.language, job.target
        name, _ = self.cache.get(self._choice(job, place)) or ("", [])
        engine = self.chain.engines().get(name) if name else None
        if engine is None:
            return
        known = self.cache.get(self._key(job.text, source, target, name, engine.version(source, target), place, ""))
        if known:
            job.machine(engine, *known)

    @staticmethod
    def _choice(job: Job, place: Place) -> str:
        return cache_key(job.text, job.found.language, job.target, "preferred", "", shop_key(place.shop))

    def _key(self, text: str, source: str, target: str, engine: str, version: str, place: Place, tone: str) -> str:
        wording = self.glossary_version + self.wording.version(source, target, place, text) + tone
        return cache_key(text, source, target, engine, version, wording)
