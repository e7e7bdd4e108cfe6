"""Texts become answers: what is kept first, then engines, then what is nearly right, and always an honest answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.values import Pair

from .asking import Asking
from .jobs import Job, in_runs, listing_job
from .kept import Kept
from .protect import Known, shown_of
from .remote.context import NOTHING, Context
from .tone.manner import AS_IT_IS, Manner
from .tone.tones import Tones
from .wording import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Translating:
    """Engines, what is kept, and tones together; without ``tones`` texts stay as they are."""

    asking: Asking
    kept: Kept
    tones: Tones | None

    def translate(
        self,
        items: Sequence[TranslateItem],
        *,
        source: str,
        target: str,
        prior: str = "",
        purpose: str = "",
        engine: str = "",
        around: Callable[[], Context] = lambda: NOTHING,
        ask_remote: bool = True,
        place: Place = NOWHERE,
        manner: Manner = AS_IT_IS,
    ) -> list[Translated]:
        """Answers in order. ``source`` "" = detect each; ``purpose`` (read, write, back) decides between equal phrases.

        With ``purpose`` "listing" the texts are fields of a listing: neither chat spelling nor phrasebook nor memory.
        ``engine`` names the one to ask instead of phrasebook and order; what it makes of a line that is read is shown
        from then on. ``around`` is asked for the context when an engine takes one; with ``ask_remote`` False what
        remote engines said before is used, but nothing is sent. ``manner`` is how texts for a buyer sound; a
        translation back knows their greeting and closing words again.

        Never raises for a text: an engine that fails leaves match "none" with a doubt. Raises ``language_unknown``
        when no target is given.
        """
        if not target:
            raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, "no target", language=target)
        if purpose == "listing":
            place = replace(place, kind="listing")
        of_chat = place.kind == "chat"

        tones = self.tones
        told = (lambda: tones.told(around(), manner, target)) if tones and manner.tone else around

        def settle(jobs: Sequence[Job]) -> None:
            for job in jobs:
                if purpose == "read" and not engine:
                    self.asking.preferred(job, place)
                if job.done is None:
                    self.kept.settle(job, prior, purpose, of_chat and not engine, place)
            self.asking.ask([job for job in jobs if job.done is None], engine, told, ask_remote, place, manner.tone)
            for job in jobs:
                if job.done is None:
                    self.kept.last_resort(job, purpose, of_chat, self._missing(job, engine))
                elif purpose == "read" and engine and job.done.engine == engine:
                    self.asking.prefer(job, place)

        if not of_chat:
            jobs = [listing_job(item, source, target) for item in items]
            settle(jobs)
            return [job.answered() for job in jobs]
        if tones is None:
            return in_runs(items, source, target, prior, settle)
        if purpose == "back" and source:
            bare, frames = tones.bare(items, source, target)
            answers = in_runs(bare, source, target, prior, settle)
            return [tones.dressed(answer, frame) for answer, frame in zip(answers, frames, strict=True)]
        answers = in_runs(items, source, target, prior, settle)
        return [self.spoken(answer, item, place, manner) for answer, item in zip(answers, items, strict=True)]

    def spoken(self, answer: Translated, item: TranslateItem, place: Place, manner: Manner) -> Translated:
        """An answer in the manner the seller chose."""

        def known() -> Known:
            return shown_of(self.asking.wording.known(answer.source, answer.target, place, item.text))

        return self.tones.speak(answer, manner, known) if self.tones else answer

    def _missing(self, job: Job, named: str) -> list[Pair]:
        """What the engine asked for by name, else Argos, lacks for a text."""
        engines = self.asking.chain.engines()
        asked = engines.get(named, engines["argos"])
        return [Pair(source=one, target=other) for one, other in asked.missing(job.found.language, job.target)]
