"""Offline language packages."""

from __future__ import annotations

from typing import Literal

from ..base import Language, Wire
from ..registry import Method, method
from ..values import Pair

#: Engines that run on this machine.
Offline = Literal["argos", "bergamot"]


class LanguagePackage(Wire, kw_only=True):
    """One direction of an offline engine."""

    source: Language
    target: Language
    source_name: str
    target_name: str
    version: str
    engine: str
    installed: bool
    #: Bytes on disk when installed, else bytes to download; 0 = not known.
    size: int
    #: "verified" against a published SHA-256, "unverified" when none was published, "" when not installed.
    checksum: Literal["verified", "unverified", ""]
    #: Licence of the model as its publisher names it; "" = not known.
    licence: str = ""


class LanguagesListParams(Wire, kw_only=True):
    """``refresh`` asks the index anew; else the last known index is used."""

    refresh: bool = False
    engine: Offline = "argos"


class LanguagesListResult(Wire, kw_only=True):
    """``index_at`` 0 = the index was never reached."""

    packages: list[LanguagePackage]
    index_at: float
    #: Error code of the last try to reach the index, "" = none.
    index_error: str


class LanguagesInstallParams(Wire, kw_only=True):
    """Installs what it takes to go from source to target, through English where there is no direct package."""

    source: Language
    target: Language
    engine: Offline = "argos"


class InstallProgress(Wire, kw_only=True):
    """Bytes done of total for the package at hand; total 0 = not known."""

    stage: Literal["index", "download", "check", "unpack", "load"]
    package: Pair
    done: int
    total: int


class LanguagesInstallResult(Wire, kw_only=True):
    """What is installed now for this pair."""

    packages: list[LanguagePackage]


class LanguagesRemoveParams(Wire, kw_only=True):
    """Removes one package."""

    source: Language
    target: Language
    engine: Offline = "argos"


class LanguagesRemoveResult(Wire, kw_only=True):
    """Whether there was one."""

    removed: bool


method(Method("languages.list", LanguagesListParams, LanguagesListResult, timeout_s=60, doc="Offline packages."))
method(
    Method(
        "languages.install",
        LanguagesInstallParams,
        LanguagesInstallResult,
        timeout_s=3600,
        progress=InstallProgress,
        doc="Install offline languages.",
    )
)
method(Method("languages.remove", LanguagesRemoveParams, LanguagesRemoveResult, doc="Remove an offline package."))
