"""What a companion does unasked: loads what is slow once the port is open, and keeps house by the clock."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from .rooms import Rooms
from .runtime.schedule import Schedule

_log = logging.getLogger(__name__)

#: Seconds after the port opened before what loads slowly is loaded: the first hello comes first.
WARM_AFTER_S = 1.5
#: A model nobody used for so long is put away (105-230 MB each).
_MODEL_IDLE_S = 600
_MODEL_LOOK_S = 60
#: How often to look whether the day's backup is made, and whether conversations are past their time.
_BACKUP_LOOK_S = 1800
_RETENTION_LOOK_S = 3600
#: How often messages that were imported without their languages have their turn.
_OLDER_IMPORTS_S = 20
#: How often to look whether the rules feed is to be asked again.
_FEED_LOOK_S = 1800


class Housekeeping:
    """Begins some time after ``start``, on a thread of its own; after ``stop`` nothing new begins."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._schedule = Schedule()
        self._warming = threading.Timer(WARM_AFTER_S, self.warm)
        self._warming.daemon = True

    def start(self) -> None:
        """The port is open."""
        self._warming.start()

    def stop(self) -> None:
        """What runs finishes by itself."""
        self._warming.cancel()
        self._schedule.stop()

    def warm(self) -> None:
        """Load what the first page will need, while nobody waits; then start the clock."""
        rooms = self._rooms
        keeper = rooms.keeper
        slow: tuple[tuple[str, Callable[[], object]], ...] = (
            ("archive", lambda: rooms.archive),
            # before anything of it is shown: what was erased and is there again
            ("erasures", keeper.catch_up),
            ("rules", rooms.rules),
            ("closing words", lambda: rooms.closings.counted("")),
            # Compiled once after an update (about 2.5 s); no language is loaded before somebody speaks it.
            ("phrasebook", lambda: rooms.translator.book.languages()),
        )
        for what, load in slow:
            try:
                load()
            except Exception:  # the first request that needs it gets the error with its code
                _log.exception("could not open %s", what)
        every = self._schedule.every
        every("unload idle models", _MODEL_LOOK_S, lambda: rooms.unload_idle(_MODEL_IDLE_S))
        every("daily backup", _BACKUP_LOOK_S, self._alone("backup", keeper.backup_if_due))
        every("retention", _RETENTION_LOOK_S, self._alone("retention", keeper.sweep_if_due))
        older = rooms.older_imports()
        turn = self._alone("languages of imports", older.turn)
        every("languages of imports", _OLDER_IMPORTS_S, lambda: older.done or turn())
        # every seat has the rules on its own disk and asks for itself, at a time of its own
        every("rules feed", _FEED_LOOK_S, self._ask_feed)
        self._schedule.start()
        # Right after the start too: a computer that is on for half an hour a day never sees the schedule's turn.
        try:
            self._ask_feed()
        except Exception:  # the next turn tries again
            _log.exception("the rules feed was not asked")

    def _ask_feed(self) -> None:
        self._rooms.feed.check_if_due()

    def _alone(self, job: str, work: Callable[[], object]) -> Callable[[], None]:
        """A job of the schedule that one seat of a team does at a time."""

        def once() -> None:
            if self._rooms.team is None:
                work()
            else:
                self._rooms.team.alone(job, work)

        return once
