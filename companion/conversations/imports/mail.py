"""Mails as conversations: one file (.eml), or a mailbox (.mbox).

A mail counts when one side is a marketplace's relay address, or an address the seller named as his own. All others are
left out: a mailbox holds much that is no conversation with a buyer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses

from companion.pages.document import PageUnreadable, Saved
from companion.pages.text import tidy, words
from companion.protocol.errors import ErrorCode, SeabridgeError

from ..identity import clean, ident
from ..transcript import Line
from .mail_times import posted_at, sent_at
from .parsed import MOST_MESSAGES, LeftOut, Options, Parsed, conversation, message
from .relays import order_in, relayed
from .table import in_time

#: Bytes of one mail, with its attachments.
_MOST_MAIL = 40 * 1024 * 1024
#: Parts in parts; the parser compares every line with the end of each that is open.
_MOST_NESTED = 50
_LONGEST, _NAME, _LABEL = 20_000, 200, 100
_FROM_LINE = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
#: What Amazon's relay puts behind a buyer's name.
_TAIL = re.compile(r"\s+[-–]\s+Amazon\s?Marketplace\Z", re.IGNORECASE)
_NESTED = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_AHEAD_S = 86_400


def read_mails(data: bytes, options: Options) -> Parsed:
    """The mails with buyers, by buyer. Raises ``messages_format``, ``messages_many`` and ``messages_sellers``."""
    found: dict[tuple[str, str], tuple[str, list[Line]]] = {}
    left_out: Counter[str] = Counter()
    number = shortened = 0
    for raw, posted in _mails(data):
        number += 1
        if number > MOST_MESSAGES:
            raise SeabridgeError(ErrorCode.MESSAGES_MANY, limit=MOST_MESSAGES)
        read = _read(raw, posted, number, options)
        if isinstance(read, str):
            left_out[read] += 1
            continue
        marketplace, address, name, line, cut = read
        shortened += cut
        known, lines = found.setdefault((marketplace, address), (name, []))
        if name and not known:
            found[marketplace, address] = (name, lines)
        lines.append(line)
    if not number:
        raise SeabridgeError(ErrorCode.MESSAGES_FORMAT, "no mail", kind="EML")
    if not found:
        raise SeabridgeError(ErrorCode.MESSAGES_SELLERS, f"left out: {dict(left_out)}")
    transcripts = [
        conversation(marketplace, options.region, options.shop, address[:_NAME], name, in_time(lines), options.now)
        for (marketplace, address), (name, lines) in found.items()
    ]
    return Parsed("mail", transcripts, left_out=left_out.total(), reasons=left_out, shortened=shortened)


def _mails(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The mails of a mailbox, each with its line "From …"; a file that begins otherwise is one mail."""
    if not data.startswith(b"From "):
        if data.strip():
            yield data, b""
        return
    starts = [match for match in _FROM_LINE.finditer(data) if _begins(data, match.start())]
    ends = [match.start() for match in starts[1:]] + [len(data)]
    for match, end in zip(starts, ends, strict=True):
        yield _QUOTED_FROM.sub(rb"\1", data[match.end() : end]), match[0]


def _begins(data: bytes, at: int) -> bool:
    """Whether a line "From …" begins a mail: at the start of the file or behind an empty line."""
    return at == 0 or data.endswith((b"\n\n", b"\n\r\n"), max(0, at - 3), at)


def _read(raw: bytes, posted: bytes, number: int, options: Options) -> tuple[str, str, str, Line, bool] | LeftOut:
    """Marketplace, the buyer's address and name, the message, whether it was cut; else why it is left out."""
    if len(raw) > _MOST_MAIL or len(_NESTED.findall(raw)) > _MOST_NESTED:
        return "large"
    try:
        mail = message_from_bytes(raw, policy=default)
        sender, receivers = _people(mail, "from"), _people(mail, "to")
        subject, key = str(mail["subject"] or ""), str(mail["message-id"] or "")
        said = _words_of(mail)
    except Exception:  # the standard library's parser fails in many ways on what no mail program wrote
        return "damaged"
    parties = _parties(sender, receivers, options)
    if parties is None:
        return "others"
    if not (said or subject).strip():
        return "empty"
    sent = next((one for one in (sent_at(mail), posted_at(posted)) if one and one.at <= options.now + _AHEAD_S), None)
    if sent is None:
        return "undated"
    direction, marketplace, address, name = parties
    text = clean(said or subject)
    line = message(
        direction,
        text[:_LONGEST],
        arrival=number,
        observed_at=options.now,
        ident=ident(direction, text[:_LONGEST]),
        label=clean(sent.label)[:_LABEL],
        sent_at=sent.at,
        sent_span=sent.span,
        key=clean(key.strip())[:_NAME],
        order=order_in(marketplace, subject) or order_in(marketplace, text),
    )
    return marketplace, address, name, line, len(text) > _LONGEST


def _people(mail: Message, header: str) -> list[tuple[str, str]]:
    """(name, address in small letters) of a header."""
    values = [str(value) for value in mail.get_all(header, [])][:5]
    return [(clean(name)[:_NAME], clean(address).lower()) for name, address in getaddresses(values)[:50] if address]


def _parties(
    sender: list[tuple[str, str]], receivers: list[tuple[str, str]], options: Options
) -> tuple[str, str, str, str] | None:
    """Direction, marketplace, the buyer's address and name."""
    for direction, people in (("buyer", sender), ("seller", receivers)):
        for name, address in people:
            if marketplace := relayed(address):
                return direction, marketplace, address, _TAIL.sub("", name) if direction == "buyer" else ""
    if not options.sellers or not options.marketplace or not sender:
        return None
    name, address = sender[0]
    if address not in options.sellers:
        mine = any(each in options.sellers for _name, each in receivers)
        return ("buyer", options.marketplace, address, name) if mine else None
    other = next((each for _name, each in receivers if each not in options.sellers), "")
    return ("seller", options.marketplace, other, "") if other else None


def _words_of(mail: EmailMessage) -> str:
    """The mail's text; of HTML what a person sees of it."""
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = str(body.get_content())
    except (LookupError, UnicodeError):  # a charset nobody knows
        raw = body.get_payload(decode=True)
        content = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    if body.get_content_type() == "text/html":
        try:
            saved = Saved(content.encode("utf-8", "replace"))
        except PageUnreadable:
            return ""
        content = words(saved.top.root, saved.look)
    return tidy(content)
