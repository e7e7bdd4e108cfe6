"""Which files a feed may hold, by their path. Pure."""

from __future__ import annotations

import re
from typing import Literal

from companion.marketplaces.own import is_name

#: A rule, words that go with all rules, a marketplace, one of its pages, what service figures are called.
FileKind = Literal["rule", "words", "marketplace", "page", "labels"]

LABELS = "labels/kpi.yml"
_SHAPES: tuple[tuple[FileKind, re.Pattern[str]], ...] = (
    ("words", re.compile(r"compliance/(?:cues|places)\.yml")),
    ("rule", re.compile(r"compliance/([^/]+)/([^/]+)\.yml")),
    ("marketplace", re.compile(r"marketplaces/([^/]+)/marketplace\.yml")),
    ("page", re.compile(r"marketplaces/([^/]+)/pages/([^/]+)\.yml")),
    ("labels", re.compile(re.escape(LABELS))),
)
#: What can be taken away: rules and pages. The other files are one of a kind.
_REMOVABLE = frozenset({"rule", "page"})
_LONGEST = 200


def kind_of(path: str) -> FileKind | None:
    """What a file is, None for one that no feed may hold. Names are small letters, digits and hyphens, so that no two
    of them are one file on any system."""
    if len(path) > _LONGEST:
        return None
    for kind, shape in _SHAPES:
        if found := shape.fullmatch(path):
            return kind if all(map(is_name, found.groups())) else None
    return None


def removable(path: str) -> bool:
    """Whether a feed may say that this shipped file no longer counts."""
    return kind_of(path) in _REMOVABLE


def id_of(path: str) -> str:
    """What a file is called in a list of changes: ``claims/cure``, ``amazon/orders``, ``amazon``, ``cues``."""
    inner = path.split("/", 1)[1].removesuffix(".yml")
    return inner.replace("/pages/", "/").removesuffix("/marketplace")
