"""Measures how long Firefox keeps an extension's event page, and what keeps it: ``python lifetime.py [SECONDS]``.

Seven tiny extensions live side by side in one Firefox, each doing one thing in its background; a local echo server and
the browser's own record of the background state are the witnesses. Prints one JSON object: per extension the lives in
seconds, "…+" for one that was still going on at the end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import websockets

if __package__:
    from .launch import Firefox, firefox
else:  # started as a script
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from firefox.launch import Firefox, firefox

_SOCKET = "const socket = new WebSocket('ws://127.0.0.1:PORT/');"
_BEAT = f"{_SOCKET} setInterval(() => socket.send('beat'), 20000);"
_ALARM = "browser.alarms.create('wake', {periodInMinutes: MINUTES}); browser.alarms.onAlarm.addListener(() => {});"

#: What each background does.
VARIANTS = {
    "nothing": "browser.runtime.onMessage.addListener(() => {});",
    "silent socket": _SOCKET,
    "socket, text every 20 s": _BEAT,
    "socket, text and an API call every 20 s": f"{_BEAT} setInterval(() => browser.runtime.getPlatformInfo(), 20000);",
    "API call every 20 s": "setInterval(() => browser.runtime.getPlatformInfo(), 20000);",
    "alarm every 30 s": _ALARM.replace("MINUTES", "0.5"),
    "alarm every 60 s": _ALARM.replace("MINUTES", "1"),
}


def write_extension(folder: Path, number: int, script: str, port: int) -> str:
    """An unpacked extension with this background; its id."""
    own_id = f"life{number}@seabridge.invalid"
    manifest: dict[str, Any] = {
        "manifest_version": 3,
        "name": f"life {number}",
        "version": "1",
        "permissions": ["alarms"],
        "background": {"scripts": ["background.js"]},
        "content_security_policy": {"extension_pages": "script-src 'self'; connect-src ws://127.0.0.1:*"},
        "browser_specific_settings": {
            "gecko": {"id": own_id, "data_collection_permissions": {"required": ["none"]}},
        },
    }
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "background.js").write_text(script.replace("PORT", str(port)), encoding="utf-8")
    return own_id


async def lives(browser: Firefox, own_ids: list[str], seconds: float) -> dict[str, list[tuple[float, bool]]]:
    """Watch the backgrounds for so long: per extension its lives, and whether each had ended."""
    window = await browser.chrome()
    await window.eval(
        """ids => {
        globalThis.seabridgeLives = Object.fromEntries(ids.map(id => [id, []]));
        for (const id of ids) {
          const { extension } = WebExtensionPolicy.getByID(id), mine = globalThis.seabridgeLives[id];
          const now = () => performance.now() / 1000;
          if (extension.backgroundState === 'running') mine.push([now(), null]);
          extension.on('background-script-started', () => mine.push([now(), null]));
          extension.on('shutdown-background-script', () => { if (mine.length) mine.at(-1)[1] ??= now(); });
        } }""",
        own_ids,
    )
    await asyncio.sleep(seconds)
    seen = await window.eval("() => [globalThis.seabridgeLives, performance.now() / 1000]")
    return {
        own_id: [((end if end is not None else seen[1]) - start, end is not None) for start, end in seen[0][own_id]]
        for own_id in own_ids
    }


@contextlib.asynccontextmanager
async def echoing() -> AsyncIterator[int]:
    """A server that says back what it hears, by its port."""

    async def echo(socket: Any) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            async for text in socket:
                await socket.send(text)

    async with websockets.serve(echo, "127.0.0.1", 0, ping_interval=None) as server:
        yield next(iter(server.sockets)).getsockname()[1]


async def measure(folder: Path, seconds: float) -> dict[str, Any]:
    """All variants in one browser."""
    async with echoing() as port, firefox(folder / "browser") as browser:
        names = {}
        for number, (name, script) in enumerate(VARIANTS.items()):
            own_id = write_extension(folder / f"life{number}", number, script, port)
            await browser.install(folder / f"life{number}")
            names[own_id] = name
        started = time.monotonic()
        seen = await lives(browser, list(names), seconds)
        return {
            "seconds": round(time.monotonic() - started, 1),
            "lives": {names[i]: [f"{s:.1f}{'' if ended else '+'}" for s, ended in seen[i]] for i in names},
        }


def main(argv: list[str]) -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(measure(Path(folder), float(argv[0]) if argv else 95.0))
    print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
