"""A translation service that answers as the real ones do, and misbehaves when told to."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class StandIn:
    """``translate`` is what it does to a text. ``wrong`` is used up one entry a request: a status to answer with, or a
    word for a way to misbehave."""

    url: str = ""
    translate: Callable[[str], str] = lambda text: f"<{text}>"
    wrong: list[int | str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    #: What a chat model says instead of the right JSON; one entry a request.
    say: list[str] = field(default_factory=list)

    def texts(self) -> list[str]:
        """All texts that came in, in order, whatever the service."""
        found: list[str] = []
        for one in self.asked:
            body = one.body
            if "messages" in body:
                found += json.loads(body["messages"][1]["content"])["texts"]
            else:
                texts = body.get("q") or body.get("texts") or body.get("text")
                found += [texts] if isinstance(texts, str) else texts
        return found


def right_answer(stand: StandIn, path: str, body: Any) -> Any:
    """As each interface answers."""
    if path == "/translate":
        return {"translatedText": [stand.translate(text) for text in body["q"]]}
    if path == "/translate/batch":
        return {"results": [stand.translate(text) for text in body["texts"]]}
    if path == "/v2/translate":
        return {
            "translations": [{"detected_source_language": "EN", "text": stand.translate(text)} for text in body["text"]]
        }
    question = json.loads(body["messages"][1]["content"])
    said = (
        stand.say.pop(0)
        if stand.say
        else json.dumps({"translations": [stand.translate(text) for text in question["texts"]]})
    )
    return {
        "choices": [{"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


def handler_for(stand: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args: object) -> None:
            pass

        def do_GET(self) -> None:
            stand.asked.append(Asked(self.path, dict(self.headers), {"q": []}))
            self._send(200, b"{}")

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stand.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            wrong = stand.wrong.pop(0) if stand.wrong else None
            if isinstance(wrong, int):
                told = {"error": f"no: {json.dumps(stand.asked[-1].headers)} {json.dumps(body)[:200]}"}
                self._send(wrong, json.dumps(told).encode())
            elif wrong == "slow":
                stand.gate.wait(20)
            elif wrong == "drip":
                self._drip()
            elif wrong == "hang up":
                self.connection.close()
            elif wrong == "text":
                self._send(200, b"<html>welcome</html>")
            elif wrong == "huge":
                self._send(200, b'["' + b"x" * 3_000_000 + b'"]')
            elif wrong == "list":
                self._send(200, b"[1, 2]")
            elif wrong == "numbers":
                self._send(200, b'{"translatedText": [1], "results": [2], "translations": [{"text": 3}]}')
            elif wrong == "few":
                self._send(200, b'{"translatedText": [], "results": [], "translations": []}')
            else:
                self._send(200, json.dumps(right_answer(stand, self.path, body)).encode())

        def _send(self, status: int, content: bytes) -> None:
            with contextlib.suppress(OSError):
                self.send_response(status)
                for name, value in stand.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def _drip(self) -> None:
            with contextlib.suppress(OSError):
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                while not stand.gate.is_set():
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.02)

    return Handler


@contextlib.contextmanager
def serving(stand: StandIn) -> Any:
    """Run it on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(stand))
    server.daemon_threads = True
    stand.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stand
    finally:
        stand.gate.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
