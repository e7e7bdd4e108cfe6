"""Names that buyers give away themselves: "my name is …", or a signature under a closing. Pure.

Only what is certain: what is found here is hidden from remote engines wherever it stands in the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST_CHARS = 2_000
_WORD = r"[^\W\d_][^\W\d_'’-]{1,29}"
#: Without "是" or a colon the word after 收件人 is a name only when it begins as one; surnames that begin everyday
#: words (高兴, 方便, 时间) are left out.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何林郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘袁董余叶蒋杜苏魏吕丁沈姚卢姜崔谭陆汪石廖贾韦"
    "邹孟熊秦邱薛侯雷龙段郝邵史陶贺毛龚"
)
_SAID = re.compile(
    r"(?:\bmy name is|\bme llamo|\bmeu nome é|\bich heiße|\bmein name ist|\bje m['’]appelle|\bnama saya|\bменя зовут)"
    rf"\s+(?P<words>{_WORD}(?: {_WORD}){{0,2}})"
    r"|(?:我叫|(?:收件人|收货人|联系人)(?:姓名)?\s?(?:是|[:：]))\s*(?P<joined>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
    rf"|(?:收件人|收货人|联系人)(?:姓名)?\s?(?P<surnamed>(?!何[时处])[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=[^\u4e00-\u9fff]|$|电话|手机|地址|先生|女士|小姐)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(rf"{_WORD}(?: {_WORD}){{0,2}}")
_CLOSING = re.compile(
    r"(?:(?:kind|best|warm) )?(?:regards|wishes)|sincerely|yours|cheers|(?:many )?thanks(?: a lot| so much)?|thank you|"
    r"(?:un )?saludos?|(?:muchas )?gracias|atentamente|abraços?|(?:muito )?obrigad[oa]|atenciosamente|"
    r"(?:viele|liebe|beste|mit freundlichen|freundliche) grüßen?|mfg|lg|vg|(?:vielen )?dank|danke|cordialement|"
    r"merci(?: beaucoup)?|terima kasih|makasih|salam|спасибо|с уважением",
    re.IGNORECASE,
)


def names_said(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in a buyer's messages, each once, in the order they were given."""
    found: dict[str, None] = {}
    for text in texts:
        for match in _SAID.finditer(text[:_MOST_CHARS]):
            found[match["joined"] or match["surnamed"] or _capitalised(match["words"])] = None
        found[_signed(text[-_MOST_CHARS:])] = None
    return tuple(name for name in found if name)


def _signed(text: str) -> str:
    """The last line where the one before it ends with a closing and nothing else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return ""
    last = lines[-1].rstrip(".!, ")
    sentence = re.split(r"[.!?。！？]\s*", lines[-2].rstrip(".!,~ "))[-1]
    return last if _CLOSING.fullmatch(sentence) and _SIGNATURE.fullmatch(last) and _capitalised(last) == last else ""


def _capitalised(words: str) -> str:
    """The words up to the first that is written small: "My name is Ana and …"."""
    out: list[str] = []
    for word in words.split():
        if not word[0].isupper():
            break
        out.append(word)
    return " ".join(out)
