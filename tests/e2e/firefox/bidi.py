"""A line to Firefox over raw WebDriver BiDi: commands, events, tabs. No geckodriver is needed.

Every wait is bounded; what goes wrong in the browser is raised here as BidiError with the browser's own words.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import websockets

#: Seconds a command may take when nothing else is said; a machine that runs other tests beside us is slow.
COMMAND_S = 30.0
_ENTER = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Backspace": "\ue003", "ArrowDown": "\ue015"}
_MODIFIERS = {"Shift": "\ue008", "Control": "\ue009", "Alt": "\ue00a"}


class BidiError(Exception):
    """The browser refused a command, or a script in it threw."""


class Bidi:
    """One session. Events go to the handlers of ``on``; a handler may be a coroutine function."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._handlers: dict[str, list[Callable[[dict[str, Any]], Awaitable[None] | None]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._reader = asyncio.create_task(self._read())
        #: What handlers raised; the owner looks at it at the end.
        self.faults: list[BaseException] = []

    @classmethod
    async def connect(cls, port: int, wait_s: float = 60.0) -> Bidi:
        """Connect to a Firefox that is starting and open a session."""
        end = time.monotonic() + wait_s
        while True:
            try:
                socket = await websockets.connect(f"ws://127.0.0.1:{port}/session", max_size=None, proxy=None)
                break
            except (OSError, websockets.InvalidMessage, websockets.InvalidStatus):
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(0.2)
        bidi = cls(socket)
        try:
            await bidi.call("session.new", 60, capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        except BidiError:
            await bidi.close()
            raise
        return bidi

    async def call(self, method: str, /, wait_s: float = COMMAND_S, **params: Any) -> dict[str, Any]:
        """One command and its result."""
        number = next(self._ids)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
            got = await asyncio.wait_for(answer, wait_s)
        except TimeoutError as error:
            raise BidiError(f"{method}: no answer within {wait_s} s") from error
        finally:
            self._waiting.pop(number, None)
        if got.get("type") == "error":
            raise BidiError(f"{method}: {got.get('error')}: {got.get('message', '')}")
        result: dict[str, Any] = got["result"]
        return result

    async def on(self, event: str, handler: Callable[[dict[str, Any]], Awaitable[None] | None]) -> None:
        """Subscribe to an event, e.g. ``network.beforeRequestSent``."""
        self._handlers.setdefault(event, []).append(handler)
        await self.call("session.subscribe", events=[event])

    async def close(self) -> None:
        """End the connection; the browser's process is somebody else's."""
        for task in (*self._tasks, self._reader):
            task.cancel()
        await asyncio.gather(*self._tasks, self._reader, return_exceptions=True)
        await self._socket.close()

    async def _read(self) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            async for raw in self._socket:
                frame = json.loads(raw)
                waiting = self._waiting.get(frame.get("id") or 0)
                if waiting is not None and not waiting.done():
                    waiting.set_result(frame)
                for handler in self._handlers.get(frame.get("method", ""), []):
                    self._run(handler, frame["params"])
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(BidiError("the browser closed the connection"))

    def _run(self, handler: Callable[[dict[str, Any]], Awaitable[None] | None], params: dict[str, Any]) -> None:
        async def guarded() -> None:
            try:
                made = handler(params)
                if made is not None:
                    await made
            except Exception as error:  # a handler's fault must not end the reader; the owner asks for it
                self.faults.append(error)

        task = asyncio.create_task(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class Tab:
    """A tab, or a document of the browser itself, by its context id."""

    def __init__(self, bidi: Bidi, context: str) -> None:
        self.bidi = bidi
        self.context = context

    async def goto(self, url: str, wait_s: float = 30.0) -> None:
        """Load an address and wait for ``load``."""
        await self.bidi.call("browsingContext.navigate", wait_s, context=self.context, url=url, wait="complete")

    async def eval(self, function: str, *arguments: Any, wait_s: float = COMMAND_S) -> Any:
        """Call a JavaScript function with JSON arguments in the page; its (awaited) result, which must be JSON too."""
        got = await self.bidi.call(
            "script.callFunction",
            wait_s,
            functionDeclaration=f"async (given) => JSON.stringify(await ({function})(...JSON.parse(given)))",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self.context},
            awaitPromise=True,
            userActivation=False,
        )
        if got["type"] == "exception":
            raise BidiError(got["exceptionDetails"]["text"])
        value = got["result"].get("value")
        return None if value is None else json.loads(value)

    async def until(self, function: str, *arguments: Any, wait_s: float = 20.0, what: str = "") -> Any:
        """Evaluate again and again until the result is truthy; an element counts as true."""
        end = time.monotonic() + wait_s
        found = (
            f"async (...given) => {{ const got = await ({function})(...given); return got?.nodeType ? true : got; }}"
        )
        while True:
            got = await self.eval(found, *arguments)
            if got:
                return got
            if time.monotonic() > end:
                raise BidiError(f"never true within {wait_s} s: {what or function}")
            await asyncio.sleep(0.1)

    async def frame(self, address: str, wait_s: float = 20.0) -> Tab:
        """The frame of this page whose address contains the words, once there is one."""
        end = time.monotonic() + wait_s
        while True:
            tree = await self.bidi.call("browsingContext.getTree", root=self.context)
            for child in tree["contexts"][0]["children"]:
                if address in child["url"]:
                    return Tab(self.bidi, child["context"])
            if time.monotonic() > end:
                raise BidiError(f"no frame within {wait_s} s: {address}")
            await asyncio.sleep(0.1)

    async def press(self, *keys: str) -> None:
        """Press keys together, e.g. ``press("Enter")`` or ``press("Alt", "Shift", "t")``."""
        values = [_ENTER.get(key) or _MODIFIERS.get(key) or key for key in keys]
        actions = [{"type": "keyDown", "value": value} for value in values]
        actions += [{"type": "keyUp", "value": value} for value in reversed(values)]
        await self._perform({"type": "key", "id": "keyboard", "actions": actions})

    async def type(self, text: str) -> None:
        """Type into whatever has the focus, one key a character, as input of the browser and not of a script."""
        actions = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        await self._perform({"type": "key", "id": "keyboard", "actions": actions})

    async def click(self, element: str, wait_s: float = 20.0) -> None:
        """Click the middle of what a function returns, once it is there, with the pointer: a person's gesture."""
        at = await self.until(
            f"() => {{ const e = ({element})(); if (!e) return null; e.scrollIntoView({{block: 'center'}});"
            "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }",
            wait_s=wait_s,
            what=f"something to click: {element}",
        )
        place = {"type": "pointerMove", "x": round(at[0]), "y": round(at[1])}
        presses = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        await self._perform({"type": "pointer", "id": "mouse", "actions": [place, *presses]})

    async def size(self, width: int, height: int) -> None:
        """Set the viewport in CSS pixels."""
        await self.bidi.call(
            "browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height}
        )

    async def shot(self, path: Path) -> None:
        """Write a screenshot."""
        got = await self.bidi.call("browsingContext.captureScreenshot", context=self.context)
        path.write_bytes(base64.b64decode(got["data"]))

    async def activate(self) -> None:
        """Bring the tab to the front."""
        await self.bidi.call("browsingContext.activate", context=self.context)

    async def close(self) -> None:
        """Close the tab."""
        await self.bidi.call("browsingContext.close", context=self.context)

    async def _perform(self, source: dict[str, Any]) -> None:
        await self.bidi.call("input.performActions", context=self.context, actions=[source])
