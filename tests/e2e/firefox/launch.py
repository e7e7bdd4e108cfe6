"""Starts a Firefox of its own: fresh profile, nothing fetched from anywhere, https answered by a function of ours."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from .bidi import Bidi, BidiError, Tab

EXTENSION_ID = "seabridge@seabridge.invalid"
#: The address of the extension's own pages; Firefox takes it from the profile instead of choosing one.
EXTENSION_UUID = "5eab41d6-0000-4000-8000-000000000001"

#: The extension's document in the open sidebar, asked in the browser's own window.
_IN_SIDEBAR = (
    "(SidebarController.isOpen ? SidebarController.browser.contentDocument : null)"
    "?.getElementById('webext-panels-browser')?.browsingContext?.currentWindowGlobal"
)

#: method, url, headers, body -> status, headers, body
Answering = Callable[[str, str, dict[str, str], bytes], tuple[int, dict[str, str], bytes]]

_PREFS: dict[str, Any] = {
    "extensions.webextensions.uuids": json.dumps({EXTENSION_ID: EXTENSION_UUID}),
    # Whatever slips past the interception finds a dead proxy: the test never goes online.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.suggest.enabled": False,
    "browser.sessionstore.resume_from_crash": False,
    "browser.tabs.warnOnClose": False,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "extensions.update.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


def find_firefox() -> str | None:
    """Path of an installed Firefox, None without one."""
    chosen = os.environ.get("SEABRIDGE_FIREFOX")
    if chosen and Path(chosen).exists():
        return chosen
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """A running browser with its session."""

    def __init__(self, bidi: Bidi) -> None:
        self.bidi = bidi

    async def install(self, folder: Path) -> str:
        """Install an unpacked extension until the browser ends; its id."""
        data = {"type": "path", "path": str(folder)}
        installed: str = (await self.bidi.call("webExtension.install", extensionData=data))["extension"]
        return installed

    async def tab(self, url: str = "") -> Tab:
        """A new tab."""
        made = await self.bidi.call("browsingContext.create", type="tab")
        tab = Tab(self.bidi, made["context"])
        if url:
            await tab.goto(url)
        return tab

    async def close_tabs(self) -> None:
        """Leave one empty tab."""
        before = await self.tabs()
        await self.tab()
        for tab in before.values():
            await tab.close()

    def own(self, page: str) -> str:
        """Address of one of the extension's pages."""
        return f"moz-extension://{EXTENSION_UUID}/{page}"

    async def tabs(self) -> dict[str, Tab]:
        """Open tabs by address."""
        tree = await self.bidi.call("browsingContext.getTree", maxDepth=0)
        return {each["url"]: Tab(self.bidi, each["context"]) for each in tree["contexts"]}

    async def chrome(self) -> Tab:
        """The browser's own window, where scripts may ask what no page may."""
        tree = await self.bidi.call("browsingContext.getTree", **{"moz:scope": "chrome", "maxDepth": 0})
        return Tab(self.bidi, tree["contexts"][0]["context"])

    async def background_state(self) -> str:
        """starting, running, suspending or stopped."""
        window = await self.chrome()
        state: str = await window.eval("id => WebExtensionPolicy.getByID(id).extension.backgroundState", EXTENSION_ID)
        return state

    async def suspend_background(self) -> None:
        """End the event page as the browser does after 30 s without an event."""
        window = await self.chrome()
        state = await window.eval(
            """async id => {
            const { extension } = WebExtensionPolicy.getByID(id);
            await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
            return extension.backgroundState; }""",
            EXTENSION_ID,
        )
        assert state == "stopped", state

    async def press_shortcut(self, letter: str) -> None:
        """What Alt+Shift+letter of the extension does; the driver's keys reach pages only, not the browser itself."""
        window = await self.chrome()
        await window.eval(
            "letter => [...document.querySelectorAll('keyset[id*=seabridge] key')]"
            ".find(key => key.getAttribute('key') === letter).doCommand()",
            letter,
        )

    async def sidebar(self) -> tuple[str, str]:
        """Address and title of the document in the sidebar, both "" while none is open."""
        window = await self.chrome()
        address, title = await window.eval(
            f"() => {{ const it = {_IN_SIDEBAR}; return it ? [it.documentURI.spec, it.documentTitle] : ['', '']; }}"
        )
        return address, title

    async def shoot_sidebar(self, path: Path) -> None:
        """Write a picture of the open sidebar."""
        window = await self.chrome()
        data = await window.eval(
            f"""async () => {{
            const bitmap = await {_IN_SIDEBAR}.drawSnapshot(null, 1, 'white');
            const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
            [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
            canvas.getContext('2d').drawImage(bitmap, 0, 0);
            return canvas.toDataURL('image/png').split(',')[1]; }}"""
        )
        path.write_bytes(base64.b64decode(data))

    async def answer_https(self, answer: Answering) -> None:
        """Answer every https request of pages with a function, called off the loop; never from the network."""
        bidi = self.bidi
        await bidi.call("network.addDataCollector", dataTypes=["request"], maxEncodedDataSize=2_000_000)

        async def serve(event: dict[str, Any]) -> None:
            if not event["isBlocked"]:
                return
            request = event["request"]
            body = b""
            if request["bodySize"]:
                got = await bidi.call("network.getData", request=request["request"], dataType="request")
                body = _bytes(got["bytes"])
            headers = {each["name"]: _bytes(each["value"]).decode("latin-1") for each in request["headers"]}
            status, replied, content = await asyncio.to_thread(answer, request["method"], request["url"], headers, body)
            listed = [{"name": n, "value": {"type": "string", "value": v}} for n, v in replied.items()]
            value = {"type": "base64", "value": base64.b64encode(content).decode()}
            with contextlib.suppress(BidiError):  # the tab that asked may be gone
                await bidi.call(
                    "network.provideResponse",
                    request=request["request"],
                    statusCode=status,
                    reasonPhrase="OK",
                    headers=listed,
                    body=value,
                )

        await bidi.on("network.beforeRequestSent", serve)
        await bidi.call(
            "network.addIntercept",
            phases=["beforeRequestSent"],
            urlPatterns=[{"type": "pattern", "protocol": "https"}],
        )


@contextlib.asynccontextmanager
async def firefox(folder: Path, prefs: dict[str, Any] | None = None) -> AsyncIterator[Firefox]:
    """Start Firefox without a window on a fresh profile inside ``folder``; end it in every case."""
    binary = find_firefox()
    if binary is None:
        raise FileNotFoundError("firefox")
    profile = folder / "profile"
    profile.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in {**_PREFS, **(prefs or {})}.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    port = free_port()
    command = [binary, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", str(port)]
    # lets ``background_state`` look into the browser's own window
    command += ["--remote-allow-system-access", "about:blank"]
    with (folder / "firefox.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(folder)})
        try:
            bidi = await Bidi.connect(port)
            try:
                yield Firefox(bidi)
            finally:
                with contextlib.suppress(BidiError):
                    await bidi.call("browser.close", 10)
                await bidi.close()
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _bytes(value: dict[str, str]) -> bytes:
    return base64.b64decode(value["value"]) if value["type"] == "base64" else value["value"].encode()
