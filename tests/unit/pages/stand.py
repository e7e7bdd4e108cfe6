"""What the tests of saved pages share."""

from __future__ import annotations

from typing import Any

from companion.marketplaces import load
from companion.pages.document import Saved
from companion.pages.recognise import recognise
from companion.pages.report import report

TIKTOK = "https://seller-us.tiktok.com/chat/inbox/current?oec_seller_id=7494000000000000001&conversation=c-1"
SHOPEE = "https://seller.shopee.sg/new-webchat/conversations"
#: Sunday 22 November 2026, 12:00 UTC.
NOON = 1_795_348_800.0


def read(markup: str | bytes, url: str = "", zone: str = "") -> dict[str, Any] | None:
    """A saved page as the command reports it; None when no description fits."""
    data = markup if isinstance(markup, bytes) else markup.encode("utf-8")
    found = recognise(Saved(data), load().marketplaces, url)
    return None if found is None else report(found, observed_at=NOON, zone=zone)


def tiktok_row(text: str, side: str = "left", time: str = "", extra: str = "") -> str:
    who = {"left": "other", "right": "self"}.get(side, "")
    clock = f'<div class="chatd-message-time"><span class="chatd-time">{time}</span></div>' if time else ""
    words = f'<div class="chatd-message-body-info-message"><pre>{text}</pre></div>'
    return (
        f'<div data-testid="chat.chatroom.message_card" {extra}><div class="chatd-message chatd-message--{side}">'
        f'{clock}<div class="chatd-bubble-main--{who}">{words}</div></div></div>'
    )


def tiktok(*rows: str, head: str = "", before: str = "") -> str:
    return (
        f'<!doctype html>{before}<html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        f"<div class='chatd-root'><div>{''.join(rows)}</div><footer><div><textarea></textarea></div>"
        '<div><button id="chat-input-send-button">Send</button></div></footer></div></body></html>'
    )


def shopee_row(text: str, top: str, side: str = "receive", clock: str = "9:05", row: str = "") -> str:
    return (
        f'<div style="position:absolute;{top}"><div data-cy="webchat-message-{side}" {row}>'
        f"<pre>{text}<div>{clock}</div></pre></div></div>"
    )


def shopee(*rows: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><body><span class="account-name">demo.sg</span>'
        '<div data-cy="webchat-conversation-detail"><div data-cy="webchat-header-name">jane</div>'
        f'<div id="message-virtualized-list"><div>{"".join(rows)}</div></div>'
        '<div data-cy="webchat-conversation-detail-input"><textarea></textarea><i></i></div></div></body></html>'
    )


def texts(found: dict[str, Any] | None) -> list[tuple[str, str]]:
    assert found is not None
    return [(row["author"], row["text"]) for row in found["messages"]]
