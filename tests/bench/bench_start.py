"""``bench start``: from launch to the first answered hello, beside a bare Flask + flask-sock server; idle cost.

Both servers are started in turn (A B A B …) on free ports with a cold data folder, and asked the same way.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
HELLO = {
    "v": 1,
    "id": "1",
    "method": "hello",
    "params": {"client": "bench", "version": "0", "protocol_min": 1, "protocol_max": 1},
}
BARE = """
import json, sys
from flask import Flask
from flask_sock import Sock
app = Flask("bare")
sock = Sock(app)
@sock.route("/v1")
def hello(ws):
    while True:
        asked = json.loads(ws.receive())
        ws.send(json.dumps({"v": 1, "id": asked["id"], "result": {"product": "bare"}}))
from werkzeug.serving import make_server
make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
"""


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def first_hello(port: int, deadline_s: float = 60) -> None:
    """Wait until a hello is answered; raises TimeoutError."""
    from websockets.sync.client import connect

    deadline = time.monotonic() + deadline_s
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, EOFError):
            # The bare connect is tried first: a full WebSocket client would blur the moment the port opens.
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            with connect(f"ws://127.0.0.1:{port}/v1", origin=ORIGIN, open_timeout=5) as ws:  # type: ignore[arg-type]
                ws.send(json.dumps(HELLO))
                answer = json.loads(ws.recv(timeout=5))
                if "result" in answer:
                    return
                raise RuntimeError(f"hello was refused: {answer}")
        time.sleep(0.004)
    raise TimeoutError(f"no hello on port {port}")


class Server:
    """One started process; ``hello_ms`` is the time from launch to the first answered hello."""

    def __init__(self, command: list[str], port: int, home: Path) -> None:
        environment = {**os.environ, "SEABRIDGE_HOME": str(home), "SEABRIDGE_SECRETS": "file"}
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            first_hello(port)
        except BaseException:
            self.stop()
            raise
        self.hello_ms = (time.perf_counter() - begun) * 1000

    def stop(self) -> None:
        """End it, by force if it does not listen."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_companion(home: Path) -> Server:
    port = free_port()
    return Server([sys.executable, "-m", "companion", "start", "--no-tray", "--port", str(port)], port, home)


def start_bare(home: Path) -> Server:
    port = free_port()
    return Server([sys.executable, "-c", BARE, str(port)], port, home)


def idle(server: Server, seconds: float) -> dict[str, float]:
    """Resident memory in MB and CPU in percent of one core over ``seconds`` of silence."""
    import psutil

    process = psutil.Process(server.process.pid)
    time.sleep(3)  # what starts after the port is open (archive, scheduler) belongs to idle memory
    before = sum(process.cpu_times()[:2])
    time.sleep(seconds)
    spent = sum(process.cpu_times()[:2]) - before
    return {"memory_mb": round(process.memory_info().rss / 1e6, 1), "cpu_percent": round(spent / seconds * 100, 2)}


def measure(runs: int, idle_s: float) -> dict[str, Any]:
    """The figures of all runs."""
    times: dict[str, list[float]] = {"companion": [], "bare": []}
    with tempfile.TemporaryDirectory(prefix="seabridge-bench-", ignore_cleanup_errors=True) as folder:
        for number in range(runs + 1):
            for name, start in (("companion", start_companion), ("bare", start_bare)):
                server = start(Path(folder) / f"{name}{number}")
                server.stop()
                if number:  # the first pair warms the disk cache
                    times[name].append(server.hello_ms)
        quiet = {}
        for name, start in (("companion", start_companion), ("bare", start_bare)):
            server = start(Path(folder) / f"{name}-idle")
            try:
                quiet[name] = idle(server, idle_s)
            finally:
                server.stop()
    median = {name: statistics.median(values) for name, values in times.items()}
    ratios = [a / b for a, b in zip(times["companion"], times["bare"], strict=True)]
    return {
        "bench": "start",
        "runs": runs,
        "hello_ms": {n: {"median": round(median[n], 1), "all": [round(v, 1) for v in times[n]]} for n in times},
        "hello_ratio": {"median": round(statistics.median(ratios), 2), "aim_below": 1.5},
        "idle": quiet,
        "idle_memory_aim_below_mb": 90,
    }


def main(argv: list[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="bench start", description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--idle", type=float, default=20, metavar="SECONDS")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    figures = measure(options.runs, options.idle)
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        hello = figures["hello_ms"]
        print(f"launch to hello: companion {hello['companion']['median']} ms, bare {hello['bare']['median']} ms")
        print(f"ratio {figures['hello_ratio']['median']} (aim below 1.5)")
        print(f"idle: {figures['idle']}")
    return 0
