"""``seabridge search``: opens the archive read-only, also while the companion runs."""

from __future__ import annotations

import argparse
import datetime
import shlex
import sys

from ..locales import text
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import NoteHit, SearchHit, SearchParams, SearchResult
from ..protocol.values import Span
from ..runtime.paths import Paths
from .archives import archive_of
from .printing import BOLD, PLAIN, Say, as_json, complain, line, plain


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """Words and operators, --sort, --limit, --before, --json."""
    parser.add_argument("words", nargs="+", metavar="WORD", help=say("cli_search_words"))
    parser.add_argument("--sort", choices=("newest", "best"), default="newest", help=say("cli_search_sort"))
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=say("cli_search_limit"))
    parser.add_argument("--before", default="", metavar="MORE", help=say("cli_search_before"))
    parser.add_argument("--json", action="store_true", help=say("cli_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))
    parser.epilog = say("cli_search_operators")


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Print the hits; 1 when there are none, as grep does."""
    query = " ".join(options.words)
    params = SearchParams(
        query=query[:500], sort=options.sort, limit=max(1, min(options.limit, 100)), before=options.before[:200]
    )
    result = SearchResult(hits=[], notes=[], more="", filters=[])
    with archive_of(paths) as archive:
        empty = archive is None
        if archive is not None:
            try:
                result = archive.search(params)
            except SeabridgeError as exc:
                if exc.code is not ErrorCode.BAD_PARAMS or not options.before:
                    raise
                complain(text("cli_search_before_unclear", locale, before=options.before[:60]))
                return 2
    if options.json:
        as_json(result)
    elif empty:
        line(text("backup_no_archive", locale))
    elif not result.hits and not result.notes:
        line(text("cli_search_nothing", locale, query=query))
    else:
        for note in result.notes:
            line(_noted(note, locale))
        for hit in result.hits:
            line(_shown(hit, locale))
        if result.more:
            again = f"seabridge search --sort {options.sort} --before {result.more} -- {shlex.join(options.words)}"
            line(text("cli_search_more", locale, count=len(result.hits), command=again))
    return 0 if result.hits or result.notes else 1


def _noted(note: NoteHit, locale: str) -> str:
    buyer = _one_line(note.buyer) or text("cli_unknown_buyer", locale)
    head = f"{_at(note.at)}  {note.marketplace} · {_one_line(note.shop) or '?'} · {buyer}  #{note.thread_id}"
    return f"{head}\n   {text('mark_note', locale)}: {_marked(note.note)}"


def _shown(hit: SearchHit, locale: str) -> str:
    who = hit.name or [Span(text=hit.buyer or text("cli_unknown_buyer", locale), hit=False)]
    arrow = {"buyer": "←", "seller": "→", "system": "·"}[hit.direction]
    order = f"  {text('cli_search_order', locale)} {_marked(hit.order)}" if hit.order else ""
    head = f"{_at(hit.at)}  {hit.marketplace} · {_one_line(hit.shop) or '?'} · {_marked(who)}  #{hit.thread_id}{order}"
    rows = [head, f"   {arrow} {_marked(hit.text)}"]
    if hit.translation:
        rows.append(f"     {_marked(hit.translation)}")
    if hit.later:
        rows.append(f"     {text('talk_hit_later', locale)}: {_marked(hit.later)}")
    return "\n".join(rows)


def _at(at: float) -> str:
    return datetime.datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")


def _marked(spans: list[Span]) -> str:
    """Hits in bold on a terminal, in brackets elsewhere."""
    on, off = (BOLD, PLAIN) if sys.stdout.isatty() else ("[", "]")
    return "".join(f"{on}{_one_line(s.text)}{off}" if s.hit else _one_line(s.text) for s in spans)


def _one_line(content: str) -> str:
    """A buyer's text: it must neither steer the terminal nor look like a line of ours."""
    return plain(content).translate({ord(c): " " for c in "\n\t\u2028\u2029"})
