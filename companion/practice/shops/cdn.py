"""The hosts that serve buyers' pictures, under addresses that expire."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask, Response

    from ..shop import PracticeShop
    from ..world import Conversation

HOSTS = {"tiktok": "p16-im-sign-sg.tiktokcdn.com", "shopee": "down-sg.img.susercontent.com"}


def is_ours(host: str) -> bool:
    """Whether this host serves pictures."""
    return host in HOSTS.values()


def _signature(name: str, expires: int) -> str:
    return hashlib.sha256(f"practice/{name}/{expires}".encode()).hexdigest()[:24]


def address(shop: PracticeShop, thread: Conversation, name: str) -> str:
    """The picture's address, good for ``settings.image_s`` seconds from this poll (in steps of ten minutes, so that
    pages do not load it anew each time)."""
    host = HOSTS[shop.accounts[thread.account].marketplace]
    expires = (int(shop.clock()) // 600 + 1) * 600 + shop.settings.image_s
    return f"https://{host}/file/{name}.png?x-expires={expires}&x-signature={_signature(name, expires)}"


def build(shop: PracticeShop) -> Flask:
    """The picture host."""
    from flask import Flask, Response, abort, request

    app = Flask("practice-cdn")

    @app.get("/file/<name>.png")
    def picture(name: str) -> Response:
        expires = request.args.get("x-expires", 0, type=int)
        if request.args.get("x-signature") != _signature(name, expires) or expires < shop.clock():
            abort(403)
        file = resources.files(__package__) / "pictures" / f"{name}.png"
        if not name.replace("-", "").isalnum() or not file.is_file():
            abort(404)
        return Response(file.read_bytes(), headers={"content-type": "image/png", "cache-control": "max-age=600"})

    return app
