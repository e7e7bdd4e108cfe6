"""The tour as the person sees it: every step with its time, marked only when it was seen to happen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from companion.locales import text

Say = Callable[[str], None]


class StepFailed(Exception):
    """A step that did not happen; ``step`` is its sentence."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"{step}: {why}" if why else step)
        self.step = step
        self.why = why


class Transcript:
    """Prints as it goes. ``steps`` counts what happened."""

    def __init__(self, locale: str, say: Say) -> None:
        self.locale = locale
        self._say = say
        self.steps = 0
        self._start = time.monotonic()

    def t(self, key: str, **data: object) -> str:
        """A text of the tour."""
        return text(f"tour_{key}", self.locale, **data)

    def line(self, key: str, **data: object) -> None:
        """A sentence of its own."""
        self._say(self.t(key, **data))

    def spoken(self, who: str, original: str, other: str = "") -> None:
        """What somebody said, and the same in the other language."""
        self._say(f"    {self.t(who)}  {original}")
        if other:
            self._say(f"          → {other}")

    @contextmanager
    def step(self, key: str, **data: object) -> Iterator[None]:
        """Something that has to happen. Raises StepFailed when it did not."""
        sentence, start = self.t(f"step_{key}", **data), time.monotonic()
        try:
            yield
        except StepFailed:
            raise
        except Exception as problem:  # whatever went wrong, the person wants to know at which step
            self._say(f"  ✗ {sentence}")
            raise StepFailed(
                sentence, str(problem).splitlines()[0] if str(problem) else type(problem).__name__
            ) from problem
        self.steps += 1
        self._say(f"  ✓ {sentence}  {time.monotonic() - start:.1f} s")

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._start
