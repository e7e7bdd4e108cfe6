"""``seabridge inbox``: who waits for an answer, and which inboxes are watched. Opens the archive read-only."""

from __future__ import annotations

import argparse
import datetime

from ..locales import text
from ..protocol.methods.inbox import InboxCoverage, InboxListParams, InboxListResult, Unanswered
from ..runtime.paths import Paths
from .archives import archive_of
from .printing import Say, as_json, line, plain


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """--limit, --json."""
    parser.add_argument("--limit", type=int, default=50, metavar="N", help=say("cli_inbox_limit"))
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Print who waits, longest first; 1 when a watched inbox is not looked at, since then the list says too little."""
    found = InboxListResult(unanswered=[], total=0, inboxes=[])
    with archive_of(paths) as archive:
        if archive is not None:
            from ..marketplaces import rules_dir
            from ..translation.closings import ClosingWords

            archive.closings = ClosingWords(rules_dir())
            found = archive.inboxes.waiting(InboxListParams(limit=max(1, min(options.limit, 200))))
    if options.json:
        as_json(found)
    else:
        line("\n".join(_lines(found, locale)))
    return 1 if any(each.watched and each.reason for each in found.inboxes) else 0


def _lines(found: InboxListResult, locale: str) -> list[str]:
    lines = [row for each in found.unanswered for row in _last_words(each, f"inbox_since_{each.since_is}", locale)]
    if not lines:
        known = any(each.watched for each in found.inboxes)
        lines.append(text("inbox_none" if known else "inbox_none_unwatched", locale))
    if found.total > len(found.unanswered):
        lines.append(text("inbox_more", locale, count=found.total - len(found.unanswered)))
    if found.closed:
        lines += ["", text("inbox_closed", locale)]
    for each in found.closed:
        lines += _last_words(each, "inbox_closed_since", locale)
        if each.counted:
            lines.append("   " + text("inbox_closed_counted", locale))
    lines.append("")
    for inbox in found.inboxes:
        lines += _coverage(inbox, locale)
    if not any(each.watched for each in found.inboxes):
        lines.append(text("inbox_how", locale))
    return lines


def _last_words(each: Unanswered, how: str, locale: str) -> list[str]:
    buyer = _one_line(each.buyer) or text("inbox_nameless", locale)
    since = text(how, locale, time=_clock(each.since, each.span))
    thread = f"  #{each.thread_id}" if each.thread_id else ""
    return [f"{buyer} · {_shop(each.marketplace, each.region)} · {since}{thread}", f"   ← {_one_line(each.preview)}"]


def _coverage(each: InboxCoverage, locale: str) -> list[str]:
    shop = _shop(each.inbox.marketplace, each.inbox.region)
    looked = text("inbox_last_look", locale, time=_clock(each.looked_at))
    if not each.watched:
        return [f"- {text('inbox_unwatched', locale, shop=shop)} · {looked}"]
    if not each.reason:
        lines = [f"✓ {text('inbox_watching', locale, shop=shop, time=_clock(each.since))}"]
    else:
        why = text(f"inbox_reason_{each.reason}", locale)
        mend = text(f"inbox_mend_{each.reason}", locale)
        lines = [f"! {text('inbox_not_watching', locale, shop=shop)} · {looked}", f"   {why}", f"   → {mend}"]
    if each.gap_from is not None and each.gap_until is not None:
        why = text(f"inbox_reason_{each.gap_reason}", locale)
        times = {"from": _clock(each.gap_from), "until": _clock(each.gap_until)}
        lines.append(f"   {text('inbox_gap', locale, reason=why, **times)}")
    return lines


def _shop(marketplace: str, region: str) -> str:
    return f"{marketplace} {_one_line(region)}".strip()


def _clock(at: float, span: int = 60) -> str:
    """A day alone where the page told no more."""
    shape = "%Y-%m-%d" if span >= 86_400 else "%Y-%m-%d %H:%M"
    return datetime.datetime.fromtimestamp(at).strftime(shape)


def _one_line(content: str) -> str:
    """A buyer's text: it must neither steer the terminal nor look like a line of ours."""
    return plain(content).translate({ord(c): " " for c in "\n\t\u2028\u2029"})
