"""What happens in the guided tour: five conversations in five languages on three kinds of page; a listing. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = Literal["tiktok", "webchat", "portal", "mini"]


@dataclass(frozen=True, slots=True)
class Scene:
    """One buyer's conversation. ``answers``: what the seller writes in Chinese, one for each question."""

    buyer: str
    place: Place
    url: str
    answers: tuple[str, ...]
    #: Chinese the seller first types straight into the page's own composer, so that the guard shows itself.
    careless: str = ""


#: The answers are sentences of the shipped phrasebook: the tour needs no offline model and no network.
SCENES = (
    Scene(
        buyer="emily",
        place="tiktok",
        url="https://seller-us.tiktok.com/chat/inbox/current?lang=en",
        answers=("我们今天就给您发货。", "预计5到8天送达。"),
    ),
    Scene(
        buyer="lucia",
        place="tiktok",
        url="https://seller-us.tiktok.com/chat/inbox/current?lang=zh",
        answers=("我们会免费给您补发一个新的。", "我们明天给您发货。"),
        careless="我们会免费给您补发一个新的。",
    ),
    Scene(
        buyer="mariana",
        place="webchat",
        url="https://seller.shopee.com.br/new-webchat/conversations",
        answers=("您的包裹正在运输途中。", "预计5到8天送达。"),
    ),
    Scene(
        buyer="haruka",
        place="mini",
        url="https://seller.shopee.sg/portal/product/list/live/all",
        answers=("我们明天给您发货。",),
    ),
    Scene(
        buyer="ploy",
        place="portal",
        url="https://seller.shopee.co.th/portal/chat-management",
        answers=("有现货的，您可以直接下单。", "我们今天就给您发货。"),
    ),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing editor of the practice pages. ``title``: a selector; ``claim``: what may not stand in it."""

    url: str
    title: str
    claim: str


LISTING = Listing(
    url="https://www.etsy.com/your/shops/me/listing-editor/edit/1700123456?practice_page=listing",
    title="#listing-title-input",
    claim="FDA approved",
)
