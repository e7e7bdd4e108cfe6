"""What a seller centre shows instead of itself: a form to log in, and a question for a person.

Where real ones show theirs is mostly not documented; these stand at addresses of the practice's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask, Response

LOGIN, CAPTCHA = "/account/login", "/verify/captcha"
_HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body><main>'
_LOGIN = (
    _HEAD.format(title="Log in")
    + "<h1>Log in · 登录（练习）</h1><form><p><input name=user placeholder=Account></p>"
    + "<p><input type=password name=password placeholder=Password></p><p><button>Log in</button></p></form>"
)
_CAPTCHA = (
    _HEAD.format(title="Security check")
    + "<h1>Security check · 安全验证（练习）</h1><div class=captcha-box><svg width=320 height=160></svg>"
    + "<p>Slide to verify · 拖动滑块完成验证</p></div>"
)


def add_away(app: Flask) -> None:
    """Both pages, under the host of the shop."""
    from flask import Response

    def shown(markup: str) -> Response:
        return Response(f"{markup}</main></body></html>", mimetype="text/html")

    app.add_url_rule(LOGIN, "login", lambda: shown(_LOGIN))
    app.add_url_rule(CAPTCHA, "captcha", lambda: shown(_CAPTCHA))
