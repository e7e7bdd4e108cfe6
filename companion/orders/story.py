"""A buyer's whole story: conversations and orders of everybody of one name, marketplace by marketplace.

A display name is no proof of identity. On one marketplace its shops and regions stand together and are counted;
marketplaces are never joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from ..conversations.chapters import Chapter
from ..conversations.facts import Facts, Subject
from ..protocol.methods.buyer import BuyerStory, BuyerStoryParams, BuyerStoryResult, StoryOrder, StoryThread
from .orders import order_of

#: Orders told of one marketplace, the latest ones.
MOST_ORDERS = 100


class ArchiveApi(Protocol):
    """The archive as a story needs it."""

    @property
    def facts(self) -> Facts: ...
    def chapters(self, buyer: str, marketplace: str, limit: int, language: str, /) -> tuple[list[Chapter], bool]: ...


def tell(archive: ArchiveApi, asked: BuyerStoryParams, now: float, language: str = "") -> BuyerStoryResult:
    """The stories, the marketplace heard from last in front. Nobody of that name: none."""
    told, more = archive.chapters(asked.buyer, asked.marketplace, asked.limit, language)
    bought = [one for one in archive.facts.bought(asked.buyer) if asked.marketplace in ("", one.marketplace)]
    names = {each.summary.marketplace for each in told} | {each.marketplace for each in bought}
    stories = []
    for name in names:
        chapters = [each for each in told if each.summary.marketplace == name]
        subjects = {_key(each): each for each in bought if each.marketplace == name}
        for chapter in chapters:
            for ref in chapter.orders:
                known = (each for each in archive.facts.named("order", ref) if each.marketplace == name)
                subjects |= {_key(each): each for each in known if each.shop in ("", chapter.summary.shop)}
        stories.append(story(name, chapters, list(subjects.values()), now))
    return BuyerStoryResult(stories=sorted(stories, key=lambda one: -one.last_at), more=more)


def story(marketplace: str, chapters: Sequence[Chapter], subjects: Sequence[Subject], now: float) -> BuyerStory:
    """One marketplace's part, in order of time. Pure."""
    orders = sorted([*_seen(chapters, subjects, now), *_only_named(chapters, subjects)], key=lambda one: one.at)
    times = [at for each in chapters for at in (each.first_at, each.summary.last_at)]
    times += [order.at for order in orders]
    accounts = {(each.summary.region, each.summary.shop) for each in chapters}
    # a page that does not say whose order it is counts for no further shop
    accounts |= {(order.region, order.shop) for order in orders if order.shop}
    languages = Counter(code for each in chapters for code in each.languages)
    return BuyerStory(
        marketplace=marketplace,
        accounts=len(accounts),
        first_at=min(times),
        last_at=max(times),
        languages=[code for code, _ in languages.most_common()],
        conversations=[
            StoryThread(
                thread=each.summary,
                first_at=each.first_at,
                languages=list(each.languages),
                open=each.open,
                open_since=each.open_since,
            )
            for each in chapters
        ],
        orders=orders[-MOST_ORDERS:],
    )


def _key(subject: Subject) -> tuple[str, str]:
    return subject.shop, subject.ref


def _about(chapters: Sequence[Chapter], ref: str, shop: str) -> list[Chapter]:
    return [each for each in chapters if ref in each.orders and shop in ("", each.summary.shop)]


def _seen(chapters: Sequence[Chapter], subjects: Sequence[Subject], now: float) -> list[StoryOrder]:
    """Orders that a page showed."""
    found = []
    for subject in subjects:
        about = _about(chapters, subject.ref, subject.shop)
        order = order_of(subject, [each.summary.id for each in about], now)
        status, amount = order.facts.get("status"), order.facts.get("amount")
        found.append(
            StoryOrder(
                order=order.order,
                region=order.region,
                shop=order.shop,
                at=min([order.first_seen_at, *(each.orders[order.order] for each in about)]),
                seen_at=order.seen_at,
                items=order.items,
                amount=amount.value if amount else "",
                status=status.value if status else "",
                stale=bool(status and status.stale),
                threads=order.threads,
            )
        )
    return found


def _only_named(chapters: Sequence[Chapter], subjects: Sequence[Subject]) -> list[StoryOrder]:
    """Orders that conversations name and no page showed."""
    shown = {_key(subject) for subject in subjects}
    found: dict[tuple[str, str, str], StoryOrder] = {}
    for each in chapters:
        for ref, at in each.orders.items():
            if ("", ref) in shown or (each.summary.shop, ref) in shown:
                continue
            key = each.summary.region, each.summary.shop, ref
            known = found.get(key)
            found[key] = StoryOrder(
                order=ref,
                region=each.summary.region,
                shop=each.summary.shop,
                at=min(at, known.at) if known else at,
                seen_at=None,
                items=[],
                amount="",
                status="",
                stale=False,
                threads=[*(known.threads if known else ()), each.summary.id],
            )
    return list(found.values())
