"""The tables as the code sees them. ``migrations`` make them; a test holds the two together."""

from __future__ import annotations

from .base import metadata, shared_metadata
from .check import checks
from .conversation import holds, links, note_words, shops, tags, thread_tags, threads
from .fact import facts, subjects
from .inbox import inbox_entries, inboxes
from .log import events, revisions
from .manual import manual_passages, manual_skus, manuals
from .message import BACK, GONE, SHOWN, drafts, images, imports, messages, translations
from .shared import files

__all__ = [
    "BACK",
    "GONE",
    "SHOWN",
    "checks",
    "drafts",
    "events",
    "facts",
    "files",
    "holds",
    "images",
    "imports",
    "inbox_entries",
    "inboxes",
    "links",
    "manual_passages",
    "manual_skus",
    "manuals",
    "messages",
    "metadata",
    "note_words",
    "revisions",
    "shared_metadata",
    "shops",
    "subjects",
    "tags",
    "thread_tags",
    "threads",
    "translations",
]
