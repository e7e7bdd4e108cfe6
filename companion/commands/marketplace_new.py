"""``seabridge marketplace new``: a folder that explains itself and does not pass until it is filled in."""

from __future__ import annotations

import sys
from pathlib import Path

from ..locales import text
from .printing import line

_HEAD = """\
# {name}: what Seabridge needs to know of a marketplace. Fill in what is empty, then run
#   seabridge marketplace check {name}
# It names every fault with file and line, and this fresh folder is full of them on purpose.
name: {name}
# As sellers call it, e.g. "TikTok Shop".
title: ""
# The seller back-end's hosts, exactly as the address bar shows them: https://seller.example.com/*
hosts: []
# Hosts that serve the pictures buyers send, where they are others; leave out what you do not know.
# image_hosts:
#   - https://*.example-cdn.com/*
"""

_PAGE = """\
# The conversation page: how to find the messages, who wrote them, and where the seller writes.
#
# Every entry is one way of finding something. They stand best first; the first that finds anything wins.
#   css      a CSS selector; ` >>> ` steps into an open shadow root or a frame of the same origin.
#            Good anchors last: data-testid, data-cy, role, name, id. Bad ones change overnight: css-1x8f0, _a1b2.
#   trust    high: several independent sources agree; medium: one source; low: a guess
#   because  why you believe it; a guess says "assumed: …" and is trust: low
#   expect   on which case page it finds how many, e.g. {{chat: 3}}. For what is inside a row: in how many rows.
page: chat
id: chat
# done: sources agree; provisional: one source, or known by structure only; assumed: without a source.
state: assumed
# How sure you are of the page as a whole: high, medium or low.
trust: low
# Where this is known from: "own shop, page saved on …", a link, a document. Without a source it is only assumed.
source: ""
# The day somebody last compared this with the real page, e.g. "2026-11-22".
checked: ""

# Patterns for the path of the address; one must fit, e.g. ["^/messages(/|$)"].
paths: []
# Where only the part of the address from its "?" on tells this page from another one, e.g. ['[?&]group=buyers(&|$)'].
# queries: []
# "any" when the page can also be a frame of another one.
frames: top
# The page counts as this page only when one of these is there.
root: []
#  - {{css: '[data-testid="chat"]', trust: medium, expect: {{chat: 1}}}}

# Who talks to whom. Best from the address ({{query: conversation_id, …}}), else from what the page shows.
# Without a readable shop nothing is ever put into the composer.
identity:
  thread: []
  #  - {{query: conversation, trust: medium, expect: {{chat: 1}}}}
  shop: []
  buyer: []

messages:
  # What scrolls, and one selector that finds every message row, notices too.
  scroller: []
  row: []
  # Marks inside a row (or on it) that say who wrote it. A row with neither is a notice of the platform.
  buyer: []
  seller: []
  system: []
  # Inside a row: its words, its time.
  text: []
  time: []
  # "reverse" when the document has the newest row first, "offset" when rows are drawn in any order at written positions
  # (top: 120px), else "document".
  sequence: document
  # true when only some rows show a time and the others share the one above.
  inherit_time: false

composer:
  field: []
  # The page's send button; leave out when Enter sends.
  # send: []

# Where a translation goes: below the anchor inside the row, or beside it.
placement:
  anchor: []
  mode: below

# What must be found, or the page has changed and Seabridge steps back instead of guessing.
health:
  - {{field: messages.row, min: 1}}
  - {{field: messages.text, min: 1}}
  - {{field: composer.field, min: 1, max: 1}}
  - {{field: identity.shop, min: 1, max: 1}}
  - {{field: identity.thread, min: 1, max: 1}}

# Save the real page into ../cases/chat.html, remove scripts and replace names, numbers and texts by invented ones.
# Then write down what a person reads there. A second case that must not be recognised (an empty inbox) has reads: null.
cases: {{}}
#  chat:
#    url: https://seller.example.com/messages?conversation=1001
#    reads:
#      thread: {{shop: my-shop, region: "", thread: "1001", buyer: ana}}
#      rows:
#        - {{direction: buyer, text: "Is it in stock?", time: "14:23"}}
#        - {{direction: seller, text: "Yes.", time: "14:25"}}
#      composer: {{kind: textarea, send: true}}
"""


def new(name: str, folder: Path, locale: str) -> int:
    """Write the skeleton; 1 when the name is not one or the folder is there already. Never overwrites."""
    from .marketplace import NAME

    if not NAME.fullmatch(name) or len(name) > 40:
        sys.stderr.write(text("marketplace_new_name", locale, name=name) + "\n")
        return 1
    target = folder / name
    try:
        target.mkdir(parents=True)
        (target / "pages").mkdir()
        (target / "cases").mkdir()
        (target / "marketplace.yml").write_text(_HEAD.format(name=name), "utf-8")
        (target / "pages" / "chat.yml").write_text(_PAGE.format(name=name), "utf-8")
    except FileExistsError:
        sys.stderr.write(text("marketplace_new_exists", locale, path=target) + "\n")
        return 1
    except OSError as exc:
        sys.stderr.write(text("marketplace_new_failed", locale, path=target, reason=exc.strerror or exc) + "\n")
        return 1
    line(text("marketplace_new_done", locale, path=target))
    return 0
