"""The words before a colon that narrow a search, in English and Chinese, and the values they know. Pure."""

from __future__ import annotations

from ..protocol.methods.archive import SearchKind as Kind

#: What people type, to what it means.
NAMES: dict[str, Kind] = {
    "from": "from",
    "来自": "from",
    "发自": "from",
    "buyer": "buyer",
    "买家": "buyer",
    "客户": "buyer",
    "shop": "shop",
    "店铺": "shop",
    "平台": "shop",
    "order": "order",
    "订单": "order",
    "订单号": "order",
    "lang": "lang",
    "language": "lang",
    "语言": "lang",
    "语种": "lang",
    "before": "before",
    "之前": "before",
    "早于": "before",
    "after": "after",
    "since": "after",
    "之后": "after",
    "晚于": "after",
    "has": "has",
    "包含": "has",
    "含有": "has",
    "is": "is",
    "状态": "is",
    "tag": "tag",
    "标签": "tag",
    "note": "note",
    "备注": "note",
    "thread": "thread",
    "会话": "thread",
    "in": "in",
    "范围": "in",
}

#: Who wrote a message, for ``from:``; anything else is a buyer's name.
AUTHORS = {
    "buyer": "buyer",
    "买家": "buyer",
    "客户": "buyer",
    "me": "seller",
    "seller": "seller",
    "我": "seller",
    "卖家": "seller",
    "system": "system",
    "marketplace": "system",
    "平台": "system",
}
#: The values of operators that know only these, the first spelling being the one we show.
VALUES: dict[Kind, dict[str, str]] = {
    "has": {
        "image": "image",
        "images": "image",
        "图片": "image",
        "图": "image",
        "照片": "image",
        "translation": "translation",
        "译文": "translation",
        "翻译": "translation",
        "order": "order",
        "订单": "order",
        "link": "link",
        "网址": "link",
        "链接": "link",
        "note": "note",
        "备注": "note",
        "edit": "edit",
        "edits": "edit",
        "revision": "edit",
        "改动": "edit",
        "修改": "edit",
    },
    "is": {
        "unanswered": "unanswered",
        "starred": "starred",
        "gone": "gone",
        "未回复": "unanswered",
        "待回复": "unanswered",
        "没回复": "unanswered",
        "星标": "starred",
        "已加星标": "starred",
        "已消失": "gone",
    },
    "in": {
        "original": "original",
        "translation": "translation",
        "原文": "original",
        "译文": "translation",
        "翻译": "translation",
    },
}
#: What to write behind an operator whose value may be anything.
EXAMPLES: dict[Kind, tuple[str, ...]] = {
    "from": ("buyer", "me", "Anna"),
    "buyer": ("Anna",),
    "shop": ("shopee",),
    "order": ("2409",),
    "lang": ("en", "es", "th", "zh"),
    "before": ("2026-11-30", "2026-11"),
    "after": ("2026-11-30", "7d"),
    "tag": ("urgent",),
    "note": ("gift",),
    "thread": ("12",),
}
#: The same where a Chinese operator was typed.
EXAMPLES_ZH: dict[Kind, tuple[str, ...]] = {
    "from": ("买家", "我", "Anna"),
    "after": ("2026-11-30", "7天"),
    "tag": ("催单",),
    "note": ("礼物",),
    "lang": ("英语", "西班牙语"),
}
#: Languages by the names people give them; any code of two or three letters is taken as it is.
LANGUAGES = {
    "chinese": "zh",
    "中文": "zh",
    "汉语": "zh",
    "english": "en",
    "英语": "en",
    "英文": "en",
    "spanish": "es",
    "西班牙语": "es",
    "西语": "es",
    "portuguese": "pt",
    "葡萄牙语": "pt",
    "葡语": "pt",
    "german": "de",
    "德语": "de",
    "french": "fr",
    "法语": "fr",
    "italian": "it",
    "意大利语": "it",
    "japanese": "ja",
    "日语": "ja",
    "日文": "ja",
    "korean": "ko",
    "韩语": "ko",
    "韩文": "ko",
    "thai": "th",
    "泰语": "th",
    "vietnamese": "vi",
    "越南语": "vi",
    "indonesian": "id",
    "印尼语": "id",
    "印度尼西亚语": "id",
    "malay": "ms",
    "马来语": "ms",
    "tagalog": "tl",
    "菲律宾语": "tl",
    "russian": "ru",
    "俄语": "ru",
    "arabic": "ar",
    "阿拉伯语": "ar",
    "polish": "pl",
    "波兰语": "pl",
    "dutch": "nl",
    "荷兰语": "nl",
    "turkish": "tr",
    "土耳其语": "tr",
}


def choices(kind: Kind, name: str) -> str:
    """What an operator takes, in the language of the ``name`` it was typed by."""
    if kind in VALUES:
        # each once, in the language of the operator
        own: dict[str, str] = {}
        for word, meant in VALUES[kind].items():
            if word.isascii() == name.isascii():
                own.setdefault(meant, word)
        known: tuple[str, ...] = tuple(own.values())
    else:
        known = EXAMPLES[kind] if name.isascii() else EXAMPLES_ZH.get(kind, EXAMPLES[kind])
    return " / ".join(f"{name}:{word}" for word in known)
