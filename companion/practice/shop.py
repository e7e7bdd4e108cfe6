"""The practice shop: accounts, conversations and living buyers, and one door for every request of the browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import cast, memory
from .buyer import Buyer, Mood, Say, arrive, hear, wait
from .cast import Account
from .world import Conversation, Message, Render, Settings, Storm, stress_thread

if TYPE_CHECKING:
    from .door import Answer, Door

#: Host of the practice start page; reserved by RFC 2606, so that it can never be a real one.
CONTROL_HOST = "practice.seabridge.invalid"
#: Chinese lines of the stress thread are the seller's; these stand for them in the buyer's language.
_REPLIES = ("We will ship your order today.", "Your package is on the way.", "Yes, it's in stock.")


class PracticeShop:
    """State of all practice marketplaces. Thread-safe; time only moves when somebody asks (``tick``)."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        settings: Settings | None = None,
        buyers: Iterable[Buyer] | None = None,
        live: bool = True,
        keep: Path | None = None,
    ) -> None:
        """``live``: buyers turn up by themselves at their times; otherwise only when ``arrive`` calls them.

        ``keep``: a file in which the conversations survive; without it everything is forgotten.
        """
        self.clock = clock
        self.settings = settings or Settings()
        self.accounts: dict[str, Account] = cast.accounts()
        self._cast = tuple(cast.buyers().values() if buyers is None else buyers)
        self.buyers: dict[str, Buyer] = {}
        self.live = live
        self._lock = threading.RLock()
        self._door: Door | None = None
        self.conversations: dict[str, Conversation] = {}
        self.moods: dict[str, Mood] = {}
        #: Lines being typed: when they arrive, whose they are, what they say.
        self.coming: list[tuple[float, str, Say]] = []
        self.storm: Storm | None = None
        self._keep = keep
        self._kept = 0
        self.day = 0
        kept = memory.load(keep) if keep else None
        self.reset()
        if kept and memory.fits(kept, self.buyers):
            self._people(kept.day)
            self.started, self.moods, self.conversations = kept.started, kept.moods, kept.conversations
            self.coming = [(one.at, one.buyer, one.line) for one in kept.coming]

    # -- the world ---------------------------------------------------------------------------------------------

    def reset(self, *, new_people: bool = False) -> None:
        """Back to the first day: histories only, nobody has arrived.

        ``new_people``: the same characters under new names and thread numbers, so that an archive that has seen
        the old ones takes them for what they are.
        """
        with self._lock:
            self._people(self.day + 1 if new_people else self.day)
            if self._door is not None:
                self._door.forget()
            self.started = self.clock()
            self.revision = 1
            self.storm = None
            self.moods = {key: Mood() for key in self.buyers}
            self.coming = []
            self.conversations = {}
            for buyer in self.buyers.values():
                order = asdict(buyer.order)
                thread = Conversation(buyer.conversation, buyer.account, buyer.id, buyer.name, buyer.user, order)
                for past in sorted(buyer.history, key=lambda line: -line.ago):
                    thread.add(past.by, past.text, self.started - past.ago)
                thread.unread = 0
                self.conversations[thread.id] = thread

    def save(self) -> None:
        """Keep what changed since the last time, where there is a file for it."""
        with self._lock:
            if self._keep and self._kept != self.revision:
                memory.save(self, self._keep)
                self._kept = self.revision

    def tick(self) -> None:
        """Let time do its work: arrivals, typed lines, impatience."""
        with self._lock:
            now = self.clock()
            if self.live:
                for buyer in self.buyers.values():
                    if self.moods[buyer.id].ask < 0 and now - self.started >= buyer.arrives * self.settings.pace:
                        self.arrive(buyer.id)
            for buyer in self.buyers.values():
                if not self._typing(buyer.id):
                    mood, lines = wait(buyer, self.moods[buyer.id], now)
                    self._react(buyer, mood, lines, now)
            due = [line for line in self.coming if line[0] <= now]
            if due:
                self.coming = [line for line in self.coming if line[0] > now]
                for at, buyer_id, line in sorted(due, key=lambda item: item[0]):
                    self._thread_of(buyer_id).add("buyer", line.text, at, picture=line.picture)
                self.revision += 1

    def arrive(self, buyer_id: str) -> None:
        """The buyer turns up and starts writing; a second call does nothing."""
        with self._lock:
            buyer, now = self.buyers[buyer_id], self.clock()
            if self.moods[buyer_id].ask >= 0:
                return
            mood, lines = arrive(buyer, now)
            self._react(buyer, mood, lines, now)

    def say(self, buyer_id: str, text: str, picture: str = "") -> Message:
        """Put words into a buyer's mouth, at once."""
        with self._lock:
            self.revision += 1
            return self._thread_of(buyer_id).add("buyer", text, self.clock(), picture=picture)

    def send(self, conversation: str, text: str, client: str = "") -> Message:
        """The seller's page sends a message; the buyer hears it. Raises KeyError for an unknown conversation."""
        with self._lock:
            thread, now = self.conversations[conversation], self.clock()
            known = next((one for one in thread.messages if client and one.client == client), None)
            if known is not None:
                return known
            message = thread.add("seller", text, now, client=client)
            self.revision += 1
            if thread.buyer:
                buyer = self.buyers[thread.buyer]
                mood, lines = hear(buyer, self.moods[buyer.id], text, now)
                self._react(buyer, mood, lines, now)
            return message

    def read(self, conversation: str) -> None:
        """The seller opened the conversation."""
        with self._lock:
            if self.conversations[conversation].unread:
                self.conversations[conversation].unread = 0
                self.revision += 1

    # -- what tests, the tour and the benches look at ----------------------------------------------------------

    def thread(self, buyer_id: str) -> Conversation:
        """The buyer's conversation."""
        with self._lock:
            self.tick()
            return self._thread_of(buyer_id)

    def sent(self, buyer_id: str) -> list[str]:
        """Everything the seller's page has sent to this buyer since the practice began."""
        return [
            one.text for one in self.thread(buyer_id).messages if one.direction == "seller" and one.at >= self.started
        ]

    def of_account(self, key: str) -> list[Conversation]:
        """An account's conversations, newest first."""
        with self._lock:
            found = [one for one in self.conversations.values() if one.account == key and one.last]
            return sorted(found, key=lambda one: one.last.at if one.last else 0.0, reverse=True)

    def configure(self, **changes: object) -> Settings:
        """Change how pages behave; they pick it up on their next load or poll."""
        with self._lock:
            self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
            self.revision += 1
            return self.settings

    def stress(self, account: str, count: int = 500) -> Conversation:
        """Adds the long thread to an account, and lets pages load it whole."""
        with self._lock:
            lines = [line for one in self.buyers.values() for ask in one.asks for line in ask.say]
            thread = stress_thread(account, count, self.clock(), lines, list(_REPLIES))
            self.conversations[thread.id] = thread
            self.configure(page=max(self.settings.page, count))
            return thread

    def start_storm(self, times: int, *, gap_ms: int = 16, mode: Render = "cycle") -> Storm:
        """Every page polling from now on renders ``times`` times; ``storm.done`` tells when one has finished."""
        with self._lock:
            number = self.storm.id + 1 if self.storm else 1
            self.storm = Storm(number, times, gap_ms, mode)
            self.revision += 1
            return self.storm

    def storm_done(self, number: int, took_ms: float) -> None:
        """A page reports its storm is over."""
        with self._lock:
            if self.storm and self.storm.id == number:
                self.storm.done, self.storm.took_ms = True, took_ms

    # -- the browser's requests --------------------------------------------------------------------------------

    def handle(self, method: str, url: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        """Answer one request to any https address, as the marketplace would. Never touches the network."""
        if self._door is None:
            from .door import Door

            self._door = Door(self)
        with self._lock:
            self.tick()
            return self._door.answer(method, url, headers or {}, body)

    def _people(self, day: int) -> None:
        self.day = day
        self.buyers = {one.id: _renamed(one, day) for one in self._cast}

    def _thread_of(self, buyer_id: str) -> Conversation:
        return self.conversations[self.buyers[buyer_id].conversation]

    def _typing(self, buyer_id: str) -> bool:
        return any(who == buyer_id for _at, who, _line in self.coming)

    def _react(self, buyer: Buyer, mood: Mood, lines: list[Say], now: float) -> None:
        self.moods[buyer.id] = mood
        for line in lines:
            self.coming.append((now + line.after * self.settings.pace, buyer.id, line))


def _renamed(buyer: Buyer, day: int) -> Buyer:
    """The same character as another person: day 0 is the one in the file."""
    if day == 0:
        return buyer
    number = str(day).zfill(3)
    return replace(
        buyer,
        name=f"{buyer.name}{day}",
        user=buyer.user[:-3] + number,
        conversation=buyer.conversation[:-6] + number + buyer.conversation[-3:],
    )
