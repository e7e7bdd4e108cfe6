"""The practice start page and its controls, on a host that can never be a real one."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from .. import serve

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from ...shop import PracticeShop


def is_ours(host: str) -> bool:
    """Whether this is the practice start page."""
    from ...shop import CONTROL_HOST

    return host == CONTROL_HOST


#: Where each account's chat is best met first.
_PLACES = {"tiktok": "/chat/inbox/current", "shopee": "/new-webchat/conversations"}
_OTHERS = {"shopee": ("/portal/product/list/live/all", "/portal/chat-management")}


def build(shop: PracticeShop) -> Flask:
    """Start page, state, and the knobs that tests, benches and curious people turn."""
    from flask import Flask, abort, jsonify, request

    from companion.locales import catalogue

    from ...world import Settings

    app = Flask("practice-control", static_folder=None)
    known = {field.name for field in fields(Settings)}

    def body() -> dict[str, Any]:
        raw = request.get_json()
        if not isinstance(raw, dict):
            abort(400)
        return raw

    @app.get("/")
    def start() -> Response:
        lang = request.args.get("lang") or ("zh" if request.accept_languages.best_match(["zh", "en"]) == "zh" else "en")
        return serve.plain_page("control", seed="c0", lang="zh-CN" if lang.startswith("zh") else "en")

    @app.get("/state")
    def state() -> Response:
        locale = "zh_CN" if request.args.get("lang", "").startswith("zh") else "en"
        words = {key: text[locale] for key, text in catalogue().items() if key.startswith("practice_")}
        shops = []
        for account in shop.accounts.values():
            paths = (_PLACES[account.marketplace], *_OTHERS.get(account.marketplace, ()))
            shops.append(
                {
                    "key": account.key,
                    "marketplace": account.marketplace,
                    "host": account.host,
                    "name": account.shop_name,
                    "urls": [f"https://{account.host}{path}" for path in paths],
                    "buyers": [_buyer(shop, one.id) for one in shop.buyers.values() if one.account == account.key],
                }
            )
        storm = asdict(shop.storm) if shop.storm else None
        return jsonify({"shops": shops, "settings": asdict(shop.settings), "storm": storm, "texts": words})

    @app.get("/described")
    def described() -> Response:
        return jsonify(_described())

    @app.post("/reset")
    def reset() -> Response:
        shop.reset(new_people=True)
        return jsonify({})

    @app.post("/settings")
    def settings() -> Response:
        changes = body()
        if not set(changes) <= known:
            abort(400)
        return jsonify(asdict(shop.configure(**changes)))

    @app.post("/arrive")
    def arrive() -> Response:
        buyer = body().get("buyer")
        if buyer not in shop.buyers:
            abort(404)
        shop.arrive(buyer)
        return jsonify({})

    @app.post("/say")
    def say() -> Response:
        raw = body()
        if raw.get("buyer") not in shop.buyers:
            abort(404)
        return jsonify({"id": shop.say(raw["buyer"], str(raw["text"])[:2000]).id})

    @app.post("/stress")
    def stress() -> Response:
        raw = body()
        if raw.get("account") not in shop.accounts:
            abort(404)
        thread = shop.stress(raw["account"], min(5000, int(raw.get("messages", 500))))
        return jsonify({"conversation": thread.id, "messages": len(thread.messages)})

    @app.post("/storm")
    def storm() -> Response:
        raw = body()
        started = shop.start_storm(
            min(5000, int(raw.get("times", 200))),
            gap_ms=min(5000, int(raw.get("gap_ms", 16))),
            mode=raw.get("mode", "cycle"),
        )
        return jsonify({"id": started.id})

    serve.add_assets(app, "control")
    return app


def _described() -> list[dict[str, Any]]:
    """Marketplaces with their practice pages, each with its kind and where it stands."""
    from ...described import by_marketplace, shipped
    from ..pages import Described

    where = Described(shipped())
    return [
        {
            "title": title,
            "pages": [{"kind": kind, "case": page.case, "url": where.address(page)} for kind, page in pages],
        }
        for title, pages in by_marketplace(shipped())
    ]


def _buyer(shop: PracticeShop, buyer_id: str) -> dict[str, Any]:
    buyer, mood = shop.buyers[buyer_id], shop.moods[buyer_id]
    stage = "coming" if mood.ask < 0 else "done" if mood.done else "waiting" if mood.waiting else "here"
    return {"id": buyer.id, "name": buyer.name, "language": buyer.language, "stage": stage}
