"""``seabridge search``: opens the archive read-only, also while the companion runs."""

from __future__ import annotations

import argparse
import datetime
import sys

from ..locales import text
from ..protocol.methods.archive import SearchHit, SearchParams, SearchResult
from ..protocol.values import Span
from ..runtime.paths import Paths
from .printing import BOLD, PLAIN, Say, as_json, line, plain


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """Words, --limit, --json."""
    parser.add_argument("words", nargs="+", help=say("cli_search_words"))
    parser.add_argument("--limit", type=int, default=20, metavar="N", help=say("cli_search_limit"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Print the hits, newest first; 1 when there are none, as grep does."""
    query = " ".join(options.words)
    result = SearchResult(hits=[], more="")
    if paths.archive.exists():
        from ..conversations import Archive

        archive = Archive.open(paths.archive, paths.files, read_only=True)
        try:
            result = archive.search(SearchParams(query=query[:500], limit=max(1, min(options.limit, 100))))
        finally:
            archive.close()
    if options.json:
        as_json(result)
    elif not result.hits:
        line(text("cli_search_nothing", locale, query=query))
    else:
        for hit in result.hits:
            line(_shown(hit, locale))
        if result.more:
            line(text("cli_search_more", locale, count=len(result.hits)))
    return 0 if result.hits else 1


def _shown(hit: SearchHit, locale: str) -> str:
    at = datetime.datetime.fromtimestamp(hit.at).strftime("%Y-%m-%d %H:%M")
    who = hit.buyer or text("cli_unknown_buyer", locale)
    arrow = {"buyer": "←", "seller": "→", "system": "·"}[hit.direction]
    head = f"{at}  {hit.marketplace} · {_one_line(hit.shop) or '?'} · {_one_line(who)}  #{hit.thread_id}"
    rows = [head, f"   {arrow} {_marked(hit.text)}"]
    if hit.translation:
        rows.append(f"     {_marked(hit.translation)}")
    return "\n".join(rows)


def _marked(spans: list[Span]) -> str:
    """Hits in bold on a terminal, in brackets elsewhere."""
    on, off = (BOLD, PLAIN) if sys.stdout.isatty() else ("[", "]")
    return "".join(f"{on}{_one_line(s.text)}{off}" if s.hit else _one_line(s.text) for s in spans)


def _one_line(content: str) -> str:
    """A buyer's text: it must neither steer the terminal nor look like a line of ours."""
    return plain(content).translate({ord(c): " " for c in "\n\t\u2028\u2029"})
