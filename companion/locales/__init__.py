"""The one catalogue of texts: every sentence a seller reads, in every locale.

Each ``<area>.yml`` maps keys to one text per locale; keys start with their area. Placeholders are ``{name}``.
The extension's ``_locales`` are generated from the same files.
"""

from __future__ import annotations

import locale as _system_locale
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = ("zh_CN", "en")
_SLOT = re.compile(r"\{([a-z_]+)\}")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All texts: key to locale to text. Raises ValueError when a key stands in two files."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.yml")):
        for key, entry in (yaml.load(path.read_text("utf-8"), loader) or {}).items():  # noqa: S506  a safe loader
            if key in texts:
                raise ValueError(f"{path.name}: {key} stands in two files")
            texts[key] = entry
    return texts


def text(key: str, locale: str, /, **data: Any) -> str:
    """The text of a key; placeholders without a value stay visible rather than vanish.

    Raises KeyError for an unknown key.
    """
    entry = catalogue()[key]
    template = entry.get(locale) or entry["en"]
    return _SLOT.sub(lambda m: str(data.get(m[1], m[0])), template)


def resolve(choice: str) -> str:
    """The locale for a setting: "auto" asks the system, anything unknown becomes English."""
    if choice in LOCALES:
        return choice
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((n for n in names if n), "") or (_system_locale.getlocale()[0] or "")
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"
