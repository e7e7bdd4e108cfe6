"""TikTok Shop seller centre: the chat inbox."""

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

FOLDER = "tiktok"
#: Regional hosts, and the cross-border hosts where ``shop_region`` tells the shop.
_HOSTS = re.compile(r"seller-[a-z]{2}\.tiktok\.com|seller(\.(us|eu))?\.tiktokglobalshop\.com")
#: Class names of one "build": they change with a release, not with a load.
SEED = "b7f3"


def is_ours(host: str) -> bool:
    """Whether this host is a TikTok seller centre."""
    return _HOSTS.fullmatch(host) is not None


def build(shop: PracticeShop) -> Flask:
    """The seller centre as a Flask application."""
    from flask import Flask, request

    app = Flask("practice-tiktok", static_folder=None)

    def account() -> Account:
        region = request.args.get("shop_region", "").upper()
        ours = [one for one in shop.accounts.values() if one.marketplace == "tiktok"]
        by_host = [one for one in ours if one.host == request.host]
        return next(iter(by_host or [one for one in ours if one.region == region] or ours))

    @app.get("/")
    @app.get("/homepage")
    def home() -> Response:
        return serve.moved("/chat/inbox/current")

    @app.get("/chat/inbox/current")
    def inbox() -> Response:
        mine = account()
        lang = serve.choose(FOLDER, request.args.get("lang", ""), mine.page_language)
        return serve.page(
            FOLDER,
            "page.html",
            seed=SEED,
            lang=lang,
            images=f"https://{cdn.HOSTS['tiktok']}",
            boot=serve.boot(shop, mine),
        )

    serve.add_assets(app, FOLDER)
    add_away(app)
    serve.add_interface(app, shop, account, "/chat/api/v1")
    return app
