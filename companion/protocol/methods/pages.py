"""Page descriptions: how to read a marketplace page, as data from ``rules/marketplaces``."""

from __future__ import annotations

from ..base import Wire
from ..pages import Marketplace
from ..registry import Method, method, topic


class PagesGetParams(Wire, kw_only=True):
    """``version`` the extension already holds; "" = none."""

    version: str = ""


class PagesGetResult(Wire, kw_only=True):
    """``marketplaces`` is empty when ``version`` is unchanged."""

    version: str
    marketplaces: list[Marketplace]


class PagesChanged(Wire, kw_only=True):
    """New rules are there."""

    version: str


method(Method("pages.get", PagesGetParams, PagesGetResult, doc="Page descriptions."))
topic("pages", PagesChanged)
