"""Talking to the companion that runs in a data folder: for the command line and the tray of another process."""

from __future__ import annotations

import http.client
import json
import secrets
from typing import Any

from ..protocol.errors import ErrorCode, SeabridgeError
from .atomic import write_atomic
from .paths import Paths


def announce(paths: Paths, *, pid: int, port: int) -> str:
    """Write where the companion listens, readable by its owner only; returns the new control token."""
    token = secrets.token_urlsafe(32)
    write_atomic(paths.run, json.dumps({"pid": pid, "port": port, "token": token}).encode(), private=True)
    return token


def whereabouts(paths: Paths) -> dict[str, Any] | None:
    """{pid, port, token} as last announced, None when there is no readable announcement."""
    try:
        found = json.loads(paths.run.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and {"pid", "port", "token"} <= found.keys() else None


def call(paths: Paths, method: str, params: dict[str, Any] | None = None, *, timeout_s: float = 15) -> Any:
    """Call a control method of the running companion.

    Raises SeabridgeError ``not_running`` when none answers, else whatever the companion refused with.
    """
    where = whereabouts(paths)
    if where is None:
        raise SeabridgeError(ErrorCode.NOT_RUNNING)
    body = json.dumps({"method": method, "params": params or {}}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {where['token']}"}
    connection = http.client.HTTPConnection("127.0.0.1", int(where["port"]), timeout=timeout_s)
    try:
        connection.request("POST", "/v1/control", body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    except (OSError, ValueError, http.client.HTTPException) as exc:
        raise SeabridgeError(ErrorCode.NOT_RUNNING, str(exc)) from exc
    finally:
        connection.close()
    if not isinstance(answer, dict) or not ("result" in answer or isinstance(answer.get("error"), dict)):
        # A stale announcement, and some other program on that port now.
        raise SeabridgeError(ErrorCode.NOT_RUNNING, "another program answers on the port")
    if "error" in answer:
        error = answer["error"]
        code = error.get("code", "internal")
        known = code in list(ErrorCode)
        raise SeabridgeError(ErrorCode(code) if known else ErrorCode.INTERNAL, **(error.get("data") or {}))
    return answer.get("result")
