"""One file a group of methods; importing this package fills the table."""

from . import archive, desk, inbox, languages, pages, session, translate

__all__ = ["archive", "desk", "inbox", "languages", "pages", "session", "translate"]
