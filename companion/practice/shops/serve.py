"""What both marketplaces' servers share: hashed class names, the page shell, the page's own polling interface."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask, Response

    from ..cast import Account
    from ..shop import PracticeShop
    from ..world import Conversation

#: In our sources a class of the page itself is written ``_x_name``; what the browser sees is a build hash.
_OURS = re.compile(r"_x_([a-z0-9]+(?:-[a-z0-9]+)*)")
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
#: Strict, as an extension should expect it everywhere: no inline scripts or styles, no frames by strangers.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' {images} data:; connect-src 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; object-src 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)


def hashed(name: str, seed: str) -> str:
    """The class name a build with ``seed`` gives ``name``."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    letters = [_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:10]]
    letters[0] = _ALPHABET[digest[10] % 48]
    return "".join(letters)


def dress(source: str, seed: str) -> str:
    """Replace every ``_x_name`` of a page, style sheet or script."""
    return _OURS.sub(lambda match: hashed(match[1], seed), source)


@cache
def read(folder: str, name: str) -> str:
    """A text file of the shops."""
    return resources.files(__package__).joinpath(folder, name).read_text("utf-8")


@cache
def texts(folder: str) -> dict[str, dict[str, Any]]:
    """A marketplace's own page texts by language."""
    import yaml

    loaded: dict[str, dict[str, Any]] = yaml.safe_load(read(folder, "texts.yml"))
    return loaded


def choose(folder: str, wanted: str, fallback: str) -> str:
    """The page language: the asked one by its first part ("zh-CN" → "zh"), else the fallback."""
    known = texts(folder)
    for code in (wanted.split("-")[0].split("_")[0].lower(), fallback):
        if code in known:
            return code
    return "en"


def add_assets(app: Flask, folder: str) -> None:
    """Serves ``/assets/<seed>/<file>`` from the marketplace's folder, then from the kit."""
    from flask import Response, abort

    @app.get("/assets/<seed>/<name>")
    def asset(seed: str, name: str) -> Response:
        kind = name.rpartition(".")[2]
        for place in (folder, "kit"):
            if kind in _TYPES and (resources.files(__package__) / place / name).is_file():
                body = dress(read(place, name), seed)
                return Response(body, headers={"content-type": _TYPES[kind], "cache-control": "max-age=3600"})
        abort(404)


def page(folder: str, template: str, *, seed: str, lang: str, images: str, boot: dict[str, Any]) -> Response:
    """The HTML shell: skeleton first, the application mounts later. ``boot`` is what its script starts from."""
    from flask import Response

    words = texts(folder)[lang]
    data = json.dumps({**boot, "lang": lang, "texts": words}, ensure_ascii=False).replace("<", "\\u003c")
    html = read(folder, template)
    slots = {"seed": seed, "lang": words["tag"], "title": words["title"], "banner": words["banner"], "boot": data}
    for name, value in slots.items():
        html = html.replace("{{" + name + "}}", value)
    return Response(
        dress(html, seed),
        headers={
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": _POLICY.format(images=images),
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        },
    )


def plain_page(folder: str, *, seed: str, lang: str) -> Response:
    """A page without boot data, texts or pictures."""
    from flask import Response

    html = read(folder, "page.html").replace("{{seed}}", seed).replace("{{lang}}", lang)
    return Response(
        dress(html, seed),
        headers={
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": _POLICY.format(images=""),
            "cache-control": "no-store",
        },
    )


def moved(path: str) -> Response:
    """Sends the browser on. A redirect would not come back through the browser's route (Playwright), so a page does."""
    from flask import Response

    return Response(f'<!doctype html><meta http-equiv="refresh" content="0; url={path}">', mimetype="text/html")


def new_seed() -> str:
    """A class-name seed for one page load."""
    return secrets.token_hex(4)


def boot(shop: PracticeShop, account: Account) -> dict[str, Any]:
    """What every page script is told first."""
    return {
        "shop": {"id": account.shop_id, "name": account.shop_name, "region": account.region},
        "settings": asdict(shop.settings),
    }


def news(shop: PracticeShop, account: Account, query: Any) -> dict[str, Any]:
    """The answer to a page's poll: nothing new, or the list and the open conversation's newest messages."""
    if query.get("since", type=int) == shop.revision:
        return {"revision": shop.revision}
    threads = shop.of_account(account.key)
    out: dict[str, Any] = {
        "revision": shop.revision,
        "conversations": [thread.card() for thread in threads],
        "storm": asdict(shop.storm) if shop.storm else None,
        "open": None,
    }
    open_one = next((thread for thread in threads if thread.id == query.get("conversation")), None)
    if open_one is not None:
        limit = max(1, query.get("limit", type=int) or shop.settings.page)
        out["open"] = _opened(shop, open_one, limit)
    return out


def _opened(shop: PracticeShop, thread: Conversation, limit: int) -> dict[str, Any]:
    from ..world import message_json
    from .cdn import address

    messages = []
    for message in thread.messages[-limit:]:
        raw = message_json(message)
        raw["picture"] = address(shop, thread, message.picture) if message.picture else ""
        messages.append(raw)
    return {
        "id": thread.id,
        "name": thread.name,
        "user": thread.user,
        "order": thread.order,
        "messages": messages,
        "earlier": len(thread.messages) > limit,
    }


def add_interface(app: Flask, shop: PracticeShop, account_of: Any, prefix: str) -> None:
    """Poll, send, read and the end of a storm, under the marketplace's own paths."""
    from flask import abort, jsonify, request

    @app.get(f"{prefix}/sync", endpoint=f"{prefix}/sync")
    def sync() -> Response:
        return jsonify(news(shop, account_of(), request.args))

    @app.post(f"{prefix}/send", endpoint=f"{prefix}/send")
    def send() -> Response:
        body = request.get_json()
        text = str(body["text"])[:2000]
        if not text.strip() or body["conversation"] not in shop.conversations:
            abort(400)
        message = shop.send(body["conversation"], text, str(body.get("client", "")))
        return jsonify({"id": message.id})

    @app.post(f"{prefix}/read", endpoint=f"{prefix}/read")
    def read_conversation() -> Response:
        body = request.get_json()
        if body["conversation"] not in shop.conversations:
            abort(400)
        shop.read(body["conversation"])
        return jsonify({})

    @app.post(f"{prefix}/refreshed", endpoint=f"{prefix}/refreshed")
    def refreshed() -> Response:
        body = request.get_json()
        shop.storm_done(int(body["id"]), float(body["took_ms"]))
        return jsonify({})
