"""What a package says about itself, read by argostranslate's own class so that its defaults are ours.

Importing argostranslate creates folders in the user's home; the import is steered into our packages folder instead.
The result is stored beside each package, so daily use never imports the library.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from companion.protocol import ErrorCode, SeabridgeError

_CODE = re.compile(r"^[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?$")
_VERSION = re.compile(r"^[0-9A-Za-z.+-]{1,20}$")
_SHA256 = re.compile(r"^[0-9a-fA-F]{64}$")
_importing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Metadata:
    """One translation package as described by its index entry or its own metadata.json."""

    source: str
    target: str
    source_name: str
    target_name: str
    version: str
    target_prefix: str
    links: tuple[str, ...] = ()
    #: Published digest of the archive, "" when none is published.
    sha256: str = ""
    #: Bytes to download, 0 = not published.
    size: int = 0

    @property
    def folder(self) -> str:
        """Name of its folder once installed; safe as a file name on every system."""
        return f"translate-{self.source}_{self.target}-{self.version}".replace(".", "_").replace("+", "_")


def argos_package(home: Path) -> Any:
    """The module ``argostranslate.package``; its folders go below ``home``.

    Raises SeabridgeError ``engine_missing`` when the distribution is not installed.
    """
    import sys

    with _importing:
        try:
            if "argostranslate.settings" not in sys.modules:
                wanted = {
                    "XDG_DATA_HOME": str(home / ".argos" / "data"),
                    "XDG_CONFIG_HOME": str(home / ".argos" / "config"),
                    "XDG_CACHE_HOME": str(home / ".argos" / "cache"),
                    "ARGOS_PACKAGES_DIR": str(home / ".argos" / "packages"),
                }
                before = {name: os.environ.get(name) for name in wanted}
                os.environ.update(wanted)
                try:
                    import argostranslate.settings
                finally:
                    for name, value in before.items():
                        if value is None:
                            os.environ.pop(name, None)
                        else:
                            os.environ[name] = value
            import argostranslate.package
        except ImportError as exc:
            raise SeabridgeError(ErrorCode.ENGINE_MISSING, str(exc), engine="argos") from exc
        return argostranslate.package


def read(raw: object, home: Path, base: str = "") -> Metadata | None:
    """Metadata of a translation package; None for other kinds of package and for entries we cannot trust.

    ``base`` is the address the index came from; links may be relative to it (a mirror).
    """
    if not isinstance(raw, dict):
        return None
    entry = argos_package(home).AvailablePackage(raw)
    texts = (entry.from_code, entry.to_code, entry.package_version)
    if entry.type != "translate" or not all(isinstance(text, str) for text in texts):
        return None
    if not (_CODE.match(entry.from_code) and _CODE.match(entry.to_code) and _VERSION.match(entry.package_version)):
        return None
    links = [urljoin(base, link) for link in entry.links or () if isinstance(link, str) and len(link) < 2000]
    digest, size = raw.get("sha256"), raw.get("size")
    return Metadata(
        source=entry.from_code,
        target=entry.to_code,
        source_name=str(entry.from_name or entry.from_code)[:80],
        target_name=str(entry.to_name or entry.to_code)[:80],
        version=entry.package_version,
        target_prefix=str(entry.target_prefix or "")[:40],
        links=tuple(link for link in links if urlsplit(link).scheme in ("https", "http", "file")),
        sha256=digest.lower() if isinstance(digest, str) and _SHA256.match(digest) else "",
        size=size if isinstance(size, int) and 0 < size < 2**40 else 0,
    )


def newer(one: Metadata, other: Metadata) -> bool:
    """Whether ``one`` has the higher version of the two."""

    def parts(version: str) -> tuple[int, ...]:
        return tuple(int(number) for number in re.findall(r"\d+", version))

    return parts(one.version) > parts(other.version)
