"""The Flask application: the guard first, then its routes."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import msgspec
from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_sock import Sock
from simple_websocket import Server
from werkzeug.exceptions import HTTPException

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.version import MAX_FRAME
from . import blobs, faults, guard
from .connection import Connection
from .desk import Desk

#: Set once a request became a WebSocket, for the server that must not answer after the close frame.
UPGRADED = "seabridge.upgraded"
_SEAT = "seabridge.seat"
#: Bytes of a download that are read at a time.
_CHUNK = 64 * 1024
_LENGTH = re.compile(r"[0-9]{1,12}")
#: The server option counts characters and cuts the socket; a little room above lets us answer ``too_large`` first.
_HARD_LIMIT = 2 * MAX_FRAME


def ask_of(environ: dict[str, Any]) -> guard.Ask:
    """The deciding parts of a request."""
    length = environ.get("CONTENT_LENGTH") or ""
    chunked = "HTTP_TRANSFER_ENCODING" in environ
    return guard.Ask(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"],
        # An address in the request line would stand for Host; only proxies are asked so.
        host=environ.get("HTTP_HOST") if environ["REQUEST_URI"].startswith("/") else None,
        origin=environ.get("HTTP_ORIGIN"),
        upgrade="websocket" in environ.get("HTTP_UPGRADE", "").lower(),
        handshake=(
            environ.get("HTTP_SEC_WEBSOCKET_VERSION") == "13"
            and len(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")) == 24
            and "upgrade" in environ.get("HTTP_CONNECTION", "").lower()
        ),
        content_type=environ.get("CONTENT_TYPE") or "",
        length=int(length) if _LENGTH.fullmatch(length) and not chunked else None,
        fetch_site=environ.get("HTTP_SEC_FETCH_SITE"),
        fetch_mode=environ.get("HTTP_SEC_FETCH_MODE"),
        fetch_dest=environ.get("HTTP_SEC_FETCH_DEST"),
    )


def create_app(desk: Desk) -> Flask:
    """The application over a desk. Imports nothing heavy and starts nothing: what an extension's socket does without is
    loaded by the first request for it."""
    app = Flask("seabridge.desk", static_folder=None, template_folder=None)
    app.config["SOCK_SERVER_OPTIONS"] = {"max_message_size": _HARD_LIMIT, "receive_bytes": 65536}
    sock = Sock(app)

    @app.before_request
    def judged() -> None:
        ask = ask_of(request.environ)
        guard.judge(ask, desk.port)
        if ask.upgrade:
            desk.hub.reserve(ask.origin or "")
            request.environ[_SEAT] = ask.origin
            # Compression on a loopback costs time and lets a small frame unfold into a huge one.
            request.environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            # The time-out was for the request's head; an open socket may be silent between two beats.
            request.environ["werkzeug.socket"].settimeout(None)
            request.environ[UPGRADED] = True

    @app.after_request
    def sealed(response: Response) -> Response:
        response.headers.update(guard.HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.teardown_request
    def left(_: BaseException | None) -> None:
        seat = request.environ.pop(_SEAT, None)
        if seat is not None:
            desk.hub.release(seat)

    @app.errorhandler(Exception)
    def refused(exc: Exception) -> ResponseReturnValue:
        if isinstance(exc, HTTPException):
            exc = SeabridgeError(ErrorCode.NOT_FOUND, str(exc.code))
        error = faults.translate(exc, request.path)
        return _json(faults.body(error), guard.STATUS.get(error.code, 400))

    @sock.route(guard.SOCKET)  # type: ignore[untyped-decorator]
    def wire(ws: Server) -> None:
        Connection(desk, ws, request.headers["Origin"]).run()

    @app.post(guard.CONTROL)
    def serve_control() -> ResponseReturnValue:
        from . import control

        return _json({"result": control.answer(desk, request.headers.get("Authorization"), request.get_data())})

    @app.post(guard.DASHBOARD_SESSION)
    def serve_session() -> ResponseReturnValue:
        from . import dashboard

        return _json({"result": dashboard.session(desk, request.get_data())})

    @app.post(guard.DASHBOARD_CALL)
    def serve_call() -> ResponseReturnValue:
        from . import dashboard

        token = request.headers.get("X-Seabridge-Token")
        return _json({"result": dashboard.call(desk, token, request.get_data())})

    @app.post(guard.DASHBOARD_FILE)
    def serve_file() -> ResponseReturnValue:
        from . import dashboard

        token = request.headers.get("X-Seabridge-Token")
        return _json({"result": {"sha256": dashboard.upload(desk, token, request.get_data())}})

    @app.post(guard.DASHBOARD_EXPORT)
    def serve_export() -> ResponseReturnValue:
        from . import dashboard

        made = dashboard.made(desk, request.headers.get("X-Seabridge-Token"), request.get_data())
        chunks = iter(partial(made.file.read, _CHUNK), b"")
        response = Response(chunks, content_type="application/octet-stream")
        response.content_length = made.size
        response.call_on_close(made.file.close)
        return response

    @app.post(guard.BLOB)
    def serve_blob() -> ResponseReturnValue:
        upload = desk.uploads.take(request.headers.get("X-Seabridge-Ticket", ""))
        length = request.content_length or 0
        origin = request.headers.get("Origin")
        return _json(
            {"result": {"sha256": blobs.receive(desk.room, desk.captures, upload, origin, length, request.stream.read)}}
        )

    @app.get("/")
    def home() -> ResponseReturnValue:
        return redirect("/dashboard")

    @app.get("/dashboard")
    def serve_dashboard() -> ResponseReturnValue:
        return _static("index.html")

    @app.get("/dashboard/<name>")
    def serve_static(name: str) -> ResponseReturnValue:
        return _static(name)

    @app.get("/dashboard/texts/<locale>.json")
    def serve_texts(locale: str) -> ResponseReturnValue:
        from . import dashboard

        return Response(dashboard.texts(locale), content_type="application/json")

    return app


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, content_type="application/json")


def _static(name: str) -> Response:
    from . import dashboard

    content, kind = dashboard.shell(name)
    return Response(content, content_type=kind)
