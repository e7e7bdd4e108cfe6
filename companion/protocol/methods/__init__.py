"""One file a group of methods; importing this package fills the table."""

from . import archive, desk, engines, languages, pages, session, translate

__all__ = ["archive", "desk", "engines", "languages", "pages", "session", "translate"]
