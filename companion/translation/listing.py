"""The fields of a listing on their way to an engine and back: lines, headings and markup stay where they are. Pure.

A listing is no chat: nothing of it is taken for slang or laughter. A description may be HTML source; its tags are kept,
and an engine can add none.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence

from .pipeline import Part, words_of
from .segment import BREAK

#: Longest text asked for at once, in code points: an offline engine needs seconds for it, and each answer has its time.
PORTION = 2_000

TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BLOCKS = (
    "address|article|aside|blockquote|br|caption|center|col|colgroup|dd|div|dl|dt|figure|figcaption|footer|form|h[1-6]"
    "|header|hr|iframe|img|li|main|nav|ol|option|p|pre|section|select|source|table|tbody|td|tfoot|th|thead|tr|ul|video"
)
#: Nobody reads these; without an end they run to the end of the text, as browsers take them.
_UNREAD = r"<!--.*?(?:-->|\Z)|<(?P<unread>script|style)\b.*?(?:</(?P=unread)\s*>|\Z)|<![A-Za-z][^<>]*>"
_BLOCK_TAG = rf"</?(?:{_BLOCKS})(?![A-Za-z0-9:-])[^<>]*>"
_BULLET = r"^[ \t]*(?:[•●○▪■□◆◇►▶➤·※*–—-]|\d{1,2}[.)、]|[①-⑳])[ \t]+"
#: Where a field is cut beside line breaks and emoji: markup, a bullet's sign, headings in 【】, bars between parts.
_CUTS = re.compile(
    rf"{_UNREAD}|{_BLOCK_TAG}|(?:(?m:{_BULLET}))|[【】]|(?<=[^\s|])\s+[|｜]\s+",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_EDGE_TAGS = re.compile(rf"^(?:\s*{TAG.pattern})+\s*|\s*(?:{TAG.pattern}\s*)+$")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_MARKUP = re.compile(rf"{TAG.pattern}|[<>]")
#: A portion ends behind one of these, the best first: an empty line, the end of a block, a line, a sentence, a blank.
_ENDS = (
    re.compile(r"\n[ \t]*\n\s*"),
    re.compile(r"</(?:p|div|ul|ol|table|h[1-6]|section)\s*>\s*", re.IGNORECASE),
    re.compile(r"</(?:li|tr)\s*>\s*|<br\s*/?>\s*|\n", re.IGNORECASE),
    re.compile(r"[。！？]|[.!?]\s+"),
    re.compile(r"\s+"),
)


def is_html(text: str) -> bool:
    """Whether a field holds HTML source rather than words."""
    return TAG.search(text) is not None


def cut(text: str) -> list[Part]:
    """The parts of a field; entities among the words are the characters they stand for, all but those of markup."""
    marked = is_html(text)
    spans = sorted((match.span() for match in (*_CUTS.finditer(text), *BREAK.finditer(text))), key=_longest_first)
    parts: list[Part] = []
    at = 0
    for start, end in spans:
        if end <= at:
            continue
        if start < at:  # a line break in front of a tag took the blanks behind it, or the other way round
            start = at
        parts += _words(text[at:start], marked)
        parts.append(_kept(text[start:end]))
        at = end
    return parts + _words(text[at:], marked)


def _longest_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def _words(text: str, marked: bool) -> list[Part]:
    """Words between cuts; inline tags at their edges are nothing an engine has to carry along."""
    parts: list[Part] = []
    at = 0
    for match in _EDGE_TAGS.finditer(text) if marked else ():
        parts += words_of(_plain(text[at : match.start()]))
        parts.append(_kept(match[0]))
        at = match.end()
    rest = text[at:]
    return parts + words_of(_plain(rest) if marked else rest)


def _kept(text: str) -> Part:
    return Part(text, text, True)


def _plain(words: str) -> str:
    """Entities as characters; what would become markup stays as it is."""

    def meant(match: re.Match[str]) -> str:
        char = html.unescape(match[0])
        return match[0] if char == match[0] or set(char) & set('<>&"') else char

    return _ENTITY.sub(meant, words)


def visible(text: str) -> str:
    """The words of a field without markup, for telling its language."""
    if not is_html(text):
        return text
    return html.unescape(TAG.sub(" ", re.sub(_UNREAD, " ", text, flags=re.IGNORECASE | re.DOTALL)))


def fenced(answer: str, said: str) -> str:
    """An answer to a part of HTML source, with no markup but that of what was ``said``."""
    own = Counter(TAG.findall(said))

    def judged(match: re.Match[str]) -> str:
        found = match[0]
        own[found] -= 1
        return found if own[found] >= 0 else found.replace("<", "&lt;").replace(">", "&gt;")

    return _MARKUP.sub(judged, answer)


def markup_added(parts: Sequence[Part], answers: Sequence[str]) -> bool:
    """Whether an engine put tags where none were."""
    said = [part.said for part in parts if not part.keep]
    return any(Counter(TAG.findall(told)) - Counter(TAG.findall(one)) for one, told in zip(said, answers, strict=True))


def portions(text: str, most: int = PORTION) -> list[str]:
    """A long field in pieces of at most ``most`` code points, cut where a reader would pause; joined they are the text.

    A tag is never cut, unless it alone is longer.
    """
    out = []
    while len(text) > most:
        end = _end(text, most)
        out.append(text[:end])
        text = text[end:]
    return [*out, text] if text else out


def _end(text: str, most: int) -> int:
    """Where the first portion ends: behind the last good place in its second half, else the last at all."""
    for least in (most // 2, 0):
        for place in _ENDS:
            ends = [match.end() for match in place.finditer(text, 0, most) if match.end() > least]
            for end in reversed(ends):
                if not _inside_tag(text, end):
                    return end
    return most


def _inside_tag(text: str, at: int) -> bool:
    opened = text.rfind("<", 0, at)
    return opened > text.rfind(">", 0, at) and TAG.match(text, opened) is not None
