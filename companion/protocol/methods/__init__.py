"""One file a group of methods; importing this package fills the table."""

from . import (
    archive,
    browser,
    buyer,
    catalogue,
    checks,
    desk,
    engines,
    glossary,
    inbox,
    languages,
    memory,
    pages,
    session,
    team,
    translate,
)

__all__ = [
    "archive",
    "browser",
    "buyer",
    "catalogue",
    "checks",
    "desk",
    "engines",
    "glossary",
    "inbox",
    "languages",
    "memory",
    "pages",
    "session",
    "team",
    "translate",
]
