"""One file per method of the wire, named after it: ``handle(call, params) -> result``. Here is the table of them.

A file is loaded by the first request for it: all of them would be a tenth of what the companion loads before it
answers its first hello.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

#: "inline": at once and in order, on the socket's own thread; the others name a lane.
Where = Literal["inline", "quick", "slow", "own"]


@dataclass(frozen=True, slots=True)
class Handler:
    """A method's function and where it runs."""

    method: str
    where: Where

    @property
    def handle(self) -> Callable[..., Any]:
        """The function, from the file of the method."""
        file = import_module(f".{self.method.replace('.', '_')}", __package__)
        handle: Callable[..., Any] = file.handle
        return handle


_WHERE: dict[str, Where] = {
    "hello": "inline",
    "pair.begin": "inline",
    "pair.reveal": "inline",
    "pair.wait": "own",
    "auth.begin": "inline",
    "auth.prove": "inline",
    "message.seen": "quick",
    "draft.inserted": "quick",
    "thread.get": "quick",
    "thread.set_language": "quick",
    "thread.set_tone": "quick",
    "thread.mark": "quick",
    "thread.hold": "quick",
    "thread.list": "quick",
    "thread.messages": "quick",
    "search": "quick",
    "buyer.story": "slow",
    "listing.seen": "quick",
    "listing.check": "quick",
    "message.check": "quick",
    "message.sending": "quick",
    "waivers.list": "quick",
    "waivers.put": "slow",
    "waivers.remove": "slow",
    "brands.list": "quick",
    "brands.put": "slow",
    "brands.remove": "slow",
    "words.list": "quick",
    "words.put": "slow",
    "words.remove": "slow",
    "inbox.seen": "quick",
    "inbox.watch": "quick",
    "inbox.list": "quick",
    "blob.begin": "slow",
    "translate": "slow",
    # At once: a translation in the slow lane waits for the answer.
    "browser.offer": "inline",
    "browser.answer": "inline",
    "translate.others": "slow",
    "glossary.list": "quick",
    "glossary.put": "slow",
    "glossary.remove": "slow",
    "glossary.import": "slow",
    "glossary.export": "slow",
    "memory.search": "slow",
    "memory.remove": "slow",
    "memory.import": "slow",
    "memory.export": "slow",
    "pages.get": "slow",
    "page.read": "slow",
    "pages.teach": "slow",
    "pages.forget": "slow",
    "pages.own": "slow",
    "pages.export": "slow",
    "pages.import": "slow",
    "languages.list": "slow",
    "languages.install": "own",
    "languages.remove": "slow",
    "engines.list": "slow",
    "engines.save": "slow",
    "engines.remove": "slow",
    "engines.order": "slow",
    "engines.test": "slow",
    "settings.get": "quick",
    "settings.set": "quick",
    "status.get": "slow",
    "pairing.list": "quick",
    "pairing.revoke": "quick",
    "dashboard.ticket": "quick",
}
HANDLERS = {method: Handler(method, where) for method, where in _WHERE.items()}
