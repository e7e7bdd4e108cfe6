"""One file a group of methods; importing this package fills the table."""

from . import archive, desk, languages, pages, session, translate

__all__ = ["archive", "desk", "languages", "pages", "session", "translate"]
