"""Packages as the protocol shows them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from companion.protocol.methods.languages import LanguagePackage, LanguagesListResult

from .packages.index import Snapshot
from .packages.metadata import Metadata
from .packages.store import InstalledPackage


def installed_package(package: InstalledPackage, engine: str) -> LanguagePackage:
    """An installed package."""
    return LanguagePackage(
        source=package.source,
        target=package.target,
        source_name=package.source_name,
        target_name=package.target_name,
        version=package.version,
        engine=engine,
        installed=True,
        size=package.size,
        checksum=package.checksum,
    )


def listing(snapshot: Snapshot, installed: Sequence[InstalledPackage], engine: str) -> LanguagesListResult:
    """What is installed, and the newest of what the index offers beside it."""
    packages = [installed_package(package, engine) for package in installed]
    have = {(package.source, package.target) for package in installed}
    offered: dict[tuple[str, str], Metadata] = {}
    for entry in snapshot.packages:
        pair = (entry.source, entry.target)
        best = snapshot.find(*pair)
        if pair not in have and best:
            offered[pair] = best
    for entry in offered.values():
        packages.append(
            LanguagePackage(
                source=entry.source,
                target=entry.target,
                source_name=entry.source_name,
                target_name=entry.target_name,
                version=entry.version,
                engine=engine,
                installed=False,
                size=entry.size,
                checksum="",
            )
        )
    packages.sort(key=lambda package: (package.source, package.target))
    return LanguagesListResult(packages=packages, index_at=snapshot.at, index_error=snapshot.error)
