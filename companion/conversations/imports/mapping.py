"""Which column holds what, guessed from the headers that marketplaces and helpdesks give their exports. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from companion.protocol.errors import ErrorCode, SeabridgeError

#: Fields and the headers they go by, best first. What Seabridge's own tables hold besides goes by "".
FIELDS: Mapping[str, tuple[str, ...]] = {
    "time": (
        "time", "sent at", "sent", "date time", "datetime", "date/time", "timestamp", "message time", "created at",
        "creation time", "date", "发送时间", "消息时间", "聊天时间", "创建时间", "时间", "日期", "發送時間", "時間",
    ),
    # the day, where "time" tells only the clock
    "date": (
        "date", "sent date", "message date", "created date", "day", "日期", "发送日期", "消息日期", "聊天日期",
        "發送日期",
    ),
    "text": (
        "text", "message", "content", "message content", "message text", "body", "msg", "original", "消息内容",
        "聊天内容", "内容", "消息", "正文", "原文", "訊息內容", "內容",
    ),
    "direction": (
        "direction", "sender type", "role", "side", "sender", "from", "author", "sender name", "方向", "发送方",
        "发送者", "发送人", "发件人", "角色", "發送者", "發送人",
    ),
    "buyer": (
        "buyer", "buyer name", "buyer username", "buyer id", "customer", "customer name", "client", "username",
        "nickname", "买家", "买家昵称", "买家名称", "买家账号", "买家id", "客户", "客户名称", "客人", "顾客", "買家",
    ),
    "thread": (
        "thread", "thread id", "conversation", "conversation id", "chat id", "session id", "ticket", "ticket id",
        "会话", "会话id", "会话编号", "会话号", "對話編號",
    ),
    "order": ("order", "order id", "order number", "order no", "order no.", "订单", "订单号", "订单编号", "訂單編號"),
    "marketplace": ("marketplace", "platform", "channel", "平台", "渠道"),
    "shop": ("shop", "shop name", "shop id", "store", "store name", "account", "店铺", "店铺名称", "店铺账号", "商店"),
    "region": ("region", "country", "site", "站点", "地区", "国家"),
    "key": ("key", "message id", "msg id", "消息id", "消息编号"),
    "language": ("language", "lang", "语言"),
    "translation": ("translation", "translated", "translated text", "译文", "翻译"),
    "translation_language": ("translation language", "译文语言"),
    "label": ("time as shown",),
    "seen": ("seen",),
    "digest": ("sha256",),
    "masked": ("masked",),
}  # fmt: skip
#: A table without these is no conversation.
NEEDED = ("time", "text", "direction")


def folded(header: str) -> str:
    """A header as it is compared."""
    text = unicodedata.normalize("NFKC", header).casefold().replace("_", " ").replace("-", " ")
    return " ".join(text.split())


def columns_of(header: Sequence[str], given: Mapping[str, str]) -> list[str]:
    """The field of each column, "" = none; what is ``given`` (folded header to field, "" = leave out) comes first.

    Raises ``messages_columns`` with what is missing, or what ``given`` names and the table lacks.
    """
    names = [folded(name) for name in header]
    unknown = [name for name, field in given.items() if name not in names or field not in {"", *FIELDS}]
    if unknown:
        raise SeabridgeError(
            ErrorCode.MESSAGES_COLUMNS, missing=", ".join(unknown)[:200], found=", ".join(header)[:400]
        )
    found = guessed(header, given)
    missing = [field for field in NEEDED if field not in found]
    if missing:
        raise SeabridgeError(
            ErrorCode.MESSAGES_COLUMNS,
            missing=", ".join(missing),
            found=", ".join(name for name in header if name)[:400],
        )
    return found


def guessed(header: Sequence[str], given: Mapping[str, str]) -> list[str]:
    """The field of each column as far as it is known, whatever is missing; the same as ``columns_of``."""
    names = [folded(name) for name in header]
    found = [given.get(name, "") for name in names]
    for field, known in FIELDS.items():
        if field in found:
            continue
        best = next((names.index(one) for one in known if one in names and one not in given), None)
        if best is not None and not found[best]:
            found[best] = field
    return found
