"""Practice pages of what the rules describe, under their real addresses, as real pages are served."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from html import escape
from urllib.parse import parse_qs, quote

from ..described import DescribedPage
from . import shopee, tiktok
from .saving import filled, sent
from .serve import dress, new_seed, read

#: Paths at which the shops with living buyers have pages of their own; elsewhere a described page comes first.
_LIVING = ("/chat/", "/new-webchat/", "/webchat/", "/portal/chat-management", "/portal/product/list/", "/assets/")

#: Strict like the living shops'. Markup may carry style attributes and, with the nonce, style elements.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; object-src 'none'; "
    "base-uri 'none'; require-trusted-types-for 'script'"
)
#: Parameters of the practice itself: which case, and after how many milliseconds the page is drawn.
CASE, LATE = "practice_page", "late"
SCRIPT = "/assets/practice/late.js"
_LONGEST_WAIT = 120_000
#: A style element, also one in a frame's markup.
_STYLE = re.compile(r"(<|&lt;)style(?=[\s>&])", re.IGNORECASE)
_SKELETON = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>…</title>'
    '<script defer nonce="{nonce}" src="{script}"></script></head>'
    '<body><div class="_x_skeleton" aria-busy="true"></div></body></html>'
)


def is_living(host: str, where: str) -> bool:
    """Whether a shop with living buyers answers here, unless a case is asked for by name."""
    ours = tiktok.is_ours(host) or shopee.is_ours(host)
    return ours and where.startswith(_LIVING) and f"{CASE}=" not in where and where != SCRIPT


class Described:
    """Finds the practice page of an address."""

    def __init__(self, pages: Iterable[DescribedPage]) -> None:
        self._hosts: dict[str, list[DescribedPage]] = {}
        self._saved: dict[DescribedPage, dict[str, str]] = {}
        for page in pages:
            self._hosts.setdefault(page.url.hostname or "", []).append(page)

    def forget(self) -> None:
        """Nothing was saved in any page."""
        self._saved.clear()

    def find(self, host: str, where: str) -> DescribedPage | None:
        """The page of a path with query: the case asked for, else the same path and query, else the same path."""
        mine = self._hosts.get(host, [])
        path, _, query = where.partition("?")
        if wanted := parse_qs(query).get(CASE):
            return next((page for page in mine if page.case == wanted[0] and _path(page) == path), None)
        kept = "&".join(pair for pair in query.split("&") if pair.partition("=")[0] not in (CASE, LATE))
        plain = f"{path}?{kept}" if kept else path
        exact = (page for page in mine if page.where == plain)
        return next(exact, None) or next((page for page in mine if _path(page) == path), None)

    def answer(self, host: str, where: str) -> tuple[int, dict[str, str], bytes] | None:
        """Status, headers and body; None where no practice page stands."""
        if where == SCRIPT and host in self._hosts:
            return 200, {"content-type": "text/javascript; charset=utf-8"}, read("kit", "late.js").encode()
        page = self.find(host, where)
        if page is None:
            return None
        if values := sent(page, where.partition("?")[2]):
            # a click that sends a form leads to the page as it is saved, under its own address
            self._saved[page] = values
            again = f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(page.where)}">'
            return 200, {"content-type": "text/html; charset=utf-8", "cache-control": "no-store"}, again.encode()
        late = parse_qs(where.partition("?")[2]).get(LATE, ["0"])[0]
        waits = late.isdecimal() and 0 < int(late[:9]) <= _LONGEST_WAIT
        nonce = secrets.token_urlsafe(12)
        saved = self._saved.get(page)
        source = _STYLE.sub(rf"\1style nonce={nonce}", filled(page.source, saved) if saved else page.source)
        if waits:
            source = _SKELETON.format(script=SCRIPT, nonce=nonce)
        headers = {
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": _POLICY.format(nonce=nonce),
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        }
        return 200, headers, dress(source, new_seed()).encode()

    def address(self, page: DescribedPage) -> str:
        """Where the practice browser shows this very case."""
        host = page.url.hostname or ""
        if self.find(host, page.where) is page and not is_living(host, page.where):
            return page.address
        mark = "&" if page.url.query else "?"
        fragment = f"#{page.url.fragment}" if page.url.fragment else ""
        return f"{page.address.removesuffix(fragment)}{mark}{CASE}={quote(page.case)}{fragment}"


def _path(page: DescribedPage) -> str:
    return page.url.path or "/"
