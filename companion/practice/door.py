"""The one door: an https address goes to the Flask application of its host, anything unknown to a practice 404."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .described import shipped
from .shops import cdn, control, shopee, tiktok
from .shops.pages import Described, is_living

if TYPE_CHECKING:
    from .shop import PracticeShop

#: Headers werkzeug's test client sets itself.
_OWN = {"host", "content-length", "connection"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser gets."""

    status: int
    headers: dict[str, str]
    body: bytes


class Door:
    """Holds one Flask application per marketplace and a test client for each."""

    def __init__(self, shop: PracticeShop) -> None:
        self._rooms: list[tuple[Callable[[str], bool], Any]] = [
            (is_ours, build(shop).test_client(use_cookies=False))
            for is_ours, build in (
                (control.is_ours, control.build),
                (tiktok.is_ours, tiktok.build),
                (shopee.is_ours, shopee.build),
                (cdn.is_ours, cdn.build),
            )
        ]
        self._described = Described(shipped())

    def forget(self) -> None:
        """The described pages are as on the first day."""
        self._described.forget()

    def answer(self, method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Route by host. Cookies stay in the browser, which sends them along."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        path = parts.path or "/"
        if parts.query:
            path += "?" + parts.query
        room = next((client for is_ours, client in self._rooms if is_ours(host)), None)
        if method == "GET" and not is_living(host, path) and (described := self._described.answer(host, path)):
            return Answer(*described)
        if room is None:
            return nowhere(host)
        response = room.open(
            path,
            base_url=f"https://{host}",
            method=method,
            headers=[(name, value) for name, value in headers.items() if name.lower() not in _OWN],
            data=body,
        )
        return Answer(response.status_code, dict(response.headers), response.data)


def nowhere(host: str) -> Answer:
    """The clear answer for an address the practice does not have."""
    text = (
        "<!doctype html><meta charset=utf-8><title>练习店铺 · practice shop</title>"
        "<body style='font:16px/1.6 system-ui;margin:15vh auto;max-width:34em;padding:0 1em'>"
        "<h1>练习浏览器里没有这个地址<br>Not part of the practice shop</h1>"
        f"<p>{_escape(host)}</p><p>练习浏览器不连接互联网。请回到 "
        "<a href='https://practice.seabridge.invalid/'>练习首页</a>。<br>"
        "The practice browser never goes online. Please go back to the "
        "<a href='https://practice.seabridge.invalid/'>practice start page</a>.</p>"
    )
    return Answer(404, {"content-type": "text/html; charset=utf-8"}, text.encode())


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
