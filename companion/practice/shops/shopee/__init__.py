"""Shopee seller centre: web chat in its old, new, embedded and mini shapes, and a portal page around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .. import cdn, serve
from ..away import add_away

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from ...cast import Account
    from ...shop import PracticeShop

FOLDER = "shopee"
_HOSTS = re.compile(r"seller\.shopee\.(sg|com\.my|co\.th|ph|co\.id|tw|com\.br|com\.mx|jp|cn)|banhang\.shopee\.vn")


def is_ours(host: str) -> bool:
    """Whether this host is a Shopee seller centre."""
    return _HOSTS.fullmatch(host) is not None


def build(shop: PracticeShop) -> Flask:
    """The seller centre as a Flask application."""
    from flask import Flask, request

    app = Flask("practice-shopee", static_folder=None)

    def account() -> Account:
        ours = [one for one in shop.accounts.values() if one.marketplace == "shopee"]
        return next((one for one in ours if one.host == request.host), ours[0])

    def show(page: str, variant: str, composer: str) -> Response:
        mine = account()
        lang = serve.choose(FOLDER, request.args.get("lang", ""), mine.page_language)
        chosen = shop.settings.composer
        return serve.page(
            FOLDER,
            "mini.html" if page == "mini" else "page.html",
            seed=serve.new_seed(),
            lang=lang,
            images=f"https://{cdn.HOSTS['shopee']}",
            boot={
                **serve.boot(shop, mine),
                "page": page,
                "variant": variant,
                "composer": composer if chosen == "auto" else chosen,
            },
        )

    @app.get("/")
    def home() -> Response:
        return serve.moved("/portal/product/list/live/all")

    @app.get("/webchat/conversations")
    def old() -> Response:
        return show("chat", "old", "textarea")

    @app.get("/new-webchat/conversations")
    def new() -> Response:
        return show("chat", "full", "textarea")

    @app.get("/portal/chat-management")
    def embedded() -> Response:
        return show("portal-chat", "portal", "contenteditable")

    @app.get("/webchat/mini")
    def mini() -> Response:
        return show("mini", "mini", "textarea")

    @app.get("/portal/<path:_where>")
    def portal(_where: str) -> Response:
        return show("goods", "none", "textarea")

    serve.add_assets(app, FOLDER)
    add_away(app)
    for prefix in ("/webchat/api/v1.2", "/webchat/api/v1.2/mini"):
        serve.add_interface(app, shop, account, prefix)
    return app
