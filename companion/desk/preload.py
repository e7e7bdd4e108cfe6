"""Loads the models a conversation will need as soon as it is opened, so that its first message does not wait."""

from __future__ import annotations

import threading

from . import faults
from .room import Room

#: A load under way when the companion ends is waited for so long, in s.
_LAST_LOAD_S = 3.0


class Preload:
    """One worker. Only the language asked for last counts: a seller who leafs through conversations reads the last."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._wake = threading.Condition()
        self._next = ""
        self._language = ""
        self._closed = False
        self._busy = False
        self._thread: threading.Thread | None = None

    def wanted(self, language: str) -> None:
        """A conversation in this language was opened; "" = its language is not known yet."""
        with self._wake:
            if self._closed or not language:
                return
            self._language = self._next = language
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="desk-preload", daemon=True)
                self._thread.start()
            self._wake.notify_all()

    def settings_changed(self) -> None:
        """The seller may read another language now."""
        self.wanted(self._language)

    def idle(self) -> bool:
        """Whether nothing is wanted or being loaded."""
        with self._wake:
            return not self._next and not self._busy

    def close(self) -> None:
        """Begin nothing more."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_LAST_LOAD_S)

    def _work(self) -> None:
        while True:
            with self._wake:
                self._busy = False
                while not self._next and not self._closed:
                    self._wake.wait()
                if self._closed:
                    return
                language, self._next, self._busy = self._next, "", True
            try:
                self._load(language)
            except Exception as exc:
                # The first message meets the same trouble and says it to the seller.
                faults.translate(exc, "preload")

    def _load(self, language: str) -> None:
        """What the buyer writes is read first; the answer is written later."""
        seller = self._room.seller_language
        if language == seller:
            return
        for pair in ((language, seller), (seller, language)):
            if self._closed or self._next:
                return
            self._room.translator.preload(*pair)
