"""What the practice marketplaces know: conversations, messages, and how nasty their pages behave."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Direction = Literal["buyer", "seller", "system"]
#: How a page renders again: keep its nodes and strangers', throw strangers out, or build all rows anew.
Render = Literal["reuse", "wipe", "replace", "cycle"]


@dataclass(slots=True)
class Settings:
    """How the pages behave. The control page changes them; the defaults are an ordinary, somewhat nasty day."""

    #: Milliseconds from page load to the mounted application; until then only a skeleton is there.
    mount_ms: int = 700
    poll_ms: int = 600
    #: What happens to the message list when a message arrives, and every ``every_ms`` (0 = never).
    on_message: Render = "wipe"
    every: Render = "cycle"
    every_ms: int = 7000
    #: Shopee's composer; "auto" = as the path has it.
    composer: Literal["auto", "textarea", "contenteditable"] = "auto"
    theme: Literal["auto", "light", "dark"] = "auto"
    #: Messages a page loads at first; older ones come when scrolled up.
    page: int = 40
    #: Buyers' typing times are multiplied by this; 0 = at once.
    pace: float = 1.0
    #: Seconds an image address stays valid.
    image_s: int = 900


@dataclass(slots=True)
class Message:
    """One message as the marketplace stores it."""

    id: str
    direction: Direction
    text: str
    at: float
    picture: str = ""
    #: The id the sending page gave it.
    client: str = ""


@dataclass(slots=True)
class Storm:
    """A command to render ``times`` times, ``gap_ms`` apart; ``done`` once a page reported back."""

    id: int
    times: int
    gap_ms: int
    mode: Render
    done: bool = False
    #: Milliseconds the page needed, as it reported.
    took_ms: float = 0.0


@dataclass(slots=True)
class Conversation:
    """A buyer's thread with one account."""

    id: str
    account: str
    buyer: str
    name: str
    user: str
    order: dict[str, str]
    messages: list[Message] = field(default_factory=list)
    unread: int = 0

    def add(self, direction: Direction, text: str, at: float, *, picture: str = "", client: str = "") -> Message:
        """Append a message with an id like the marketplaces' (long, digits only, growing)."""
        number = len(self.messages)
        serial = int(hashlib.sha256(f"{self.id}:{number}".encode()).hexdigest()[:6], 16)
        message = Message(f"{self.id[:6]}{int(at * 1000)}{serial % 10**5:05d}", direction, text, at, picture, client)
        self.messages.append(message)
        if direction == "buyer":
            self.unread += 1
        elif direction == "seller":
            self.unread = 0
        return message

    @property
    def last(self) -> Message | None:
        """The newest message that is not a system line."""
        return next((one for one in reversed(self.messages) if one.direction != "system"), None)

    def card(self) -> dict[str, Any] | None:
        """One line of the conversation list, None while nobody has written."""
        last = self.last
        if last is None:
            return None
        return {
            "id": self.id,
            "name": self.name,
            "user": self.user,
            "preview": last.text or "",
            "picture": bool(last.picture),
            "from": last.direction,
            "at": last.at,
            "unread": self.unread,
        }


def message_json(message: Message) -> dict[str, Any]:
    """A message as the page's own interface hands it out."""
    return asdict(message)


def stress_thread(account: str, count: int, now: float, lines: list[str], replies: list[str]) -> Conversation:
    """A thread of ``count`` messages, each text different, spread over the past days."""
    thread = Conversation(
        id="7569999000000000001" if account.startswith("tiktok") else "1726999999000001",
        account=account,
        buyer="",
        name="busy_bee_2020",
        user="7399999000000000001" if account.startswith("tiktok") else "499999001",
        order={"number": "576469999999999999", "item": "assorted", "variant": "", "price": ""},
    )
    start = now - count * 95.0
    for number in range(count):
        at = start + number * 95.0
        if number % 3 == 2:
            thread.add("seller", f"{replies[number % len(replies)]} ({number + 1})", at)
        else:
            thread.add("buyer", f"{lines[number % len(lines)]} ({number + 1})", at)
    return thread
