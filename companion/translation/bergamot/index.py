"""Which models there are: the list that ships, and Mozilla's own list once somebody asked for it."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from companion.marketplaces import rules_dir
from companion.protocol import ErrorCode, SeabridgeError

from ..codes import primary
from ..packages.address import as_url
from ..packages.download import Opener
from ..packages.kept import KeptList
from .store import ROLES

MAX_INDEX_BYTES = 20_000_000
_CODE = re.compile(r"^[a-z]{2,3}$")
_SHA256 = re.compile(r"^[0-9a-fA-F]{64}$")
_PATH = re.compile(r"^[A-Za-z0-9_./-]{1,300}$")
#: Mozilla's names of the files, and the roles they play.
_FILES = {
    "model": ("model",),
    "lexicalShortlist": ("shortlist",),
    "vocab": ("source_vocab", "target_vocab"),
    "srcVocab": ("source_vocab",),
    "trgVocab": ("target_vocab",),
}
#: Better first; the desktop Firefox prefers them in this order too.
_ARCHITECTURES = ("base-memory", "base", "tiny")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file to fetch, gzipped where the address says so. ``sha256`` of what is unpacked, "" = none published."""

    url: str
    sha256: str = ""

    @property
    def name(self) -> str:
        """File name once unpacked."""
        return self.url.rsplit("/", 1)[-1].removesuffix(".gz")


@dataclass(frozen=True, slots=True)
class Offer:
    """A model to be had. Sizes in bytes, 0 = not known; ``files`` is empty until the live list was fetched."""

    source: str
    target: str
    architecture: str
    licence: str
    size: int = 0
    download: int = 0
    version: str = ""
    files: tuple[tuple[str, ModelFile], ...] = ()


@dataclass(frozen=True, slots=True)
class Shipped:
    """The list that ships. ``checked`` is the date it was looked up."""

    index: str
    licence: str
    licence_url: str
    by: str
    checked: str
    models: tuple[Offer, ...]


@cache
def shipped() -> Shipped:
    """``rules/engines/bergamot.json``."""
    raw = json.loads((rules_dir() / "engines" / "bergamot.json").read_text("utf-8"))
    offers = [
        Offer(m["source"], m["target"], m["architecture"], raw["licence"], m["size"], m["download"])
        for m in raw["models"]
    ]
    return Shipped(raw["index"], raw["licence"], raw["licence_url"], raw["by"], raw["checked"], tuple(offers))


def parse(raw: object, licence: str) -> list[Offer]:
    """The best released model of each direction in Mozilla's list; entries that cannot be trusted are passed over."""
    if not isinstance(raw, dict) or not isinstance(raw.get("models"), dict) or not isinstance(raw.get("baseUrl"), str):
        raise ValueError("no list of models")
    base = raw["baseUrl"].rstrip("/") + "/"
    best: dict[tuple[str, str], Offer] = {}
    for pair, entries in raw["models"].items():
        for entry in entries if isinstance(entries, list) else []:
            offer = _offer(str(pair), entry, base, licence)
            if offer and _rank(offer) < _rank(best.get((offer.source, offer.target))):
                best[offer.source, offer.target] = offer
    return [best[pair] for pair in sorted(best)]


def _rank(offer: Offer | None) -> int:
    return _ARCHITECTURES.index(offer.architecture) if offer else len(_ARCHITECTURES)


def _offer(pair: str, entry: Any, base: str, licence: str) -> Offer | None:
    if not isinstance(entry, dict) or entry.get("releaseStatus") != "Release":
        return None
    source, _, target = pair.partition("-")
    source, target = (
        str(entry.get(key) or code) for key, code in (("sourceLanguage", source), ("targetLanguage", target))
    )
    source, target = primary(source), primary(target)
    files = entry.get("files")
    architecture = entry.get("architecture")
    if not (_CODE.match(source) and _CODE.match(target) and isinstance(files, dict) and architecture in _ARCHITECTURES):
        return None
    wanted: dict[str, ModelFile] = {}
    size = 0
    for kind, roles in _FILES.items():
        told = files.get(kind)
        if not isinstance(told, dict):
            continue
        path, digest, bytes_ = told.get("path"), told.get("uncompressedHash"), told.get("uncompressedSize")
        if not isinstance(path, str) or not _PATH.match(path) or ".." in path:
            return None
        known = digest.lower() if isinstance(digest, str) and _SHA256.match(digest) else ""
        wanted |= {role: ModelFile(urljoin(base, path), known) for role in roles}
        size += bytes_ if isinstance(bytes_, int) and 0 < bytes_ < 2**32 else 0
    if not set(ROLES[:3]) <= wanted.keys():
        return None
    version = wanted["model"].sha256[:12] or wanted["model"].url.split("/")[-2][:40]
    return Offer(source, target, str(architecture), licence, size, 0, version, tuple(sorted(wanted.items())))


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be had. ``at`` 0 = the live list was never fetched; ``error`` is the code of the last try."""

    at: float
    error: str
    models: tuple[Offer, ...]

    def find(self, source: str, target: str) -> Offer | None:
        """The model of a direction."""
        return next((offer for offer in self.models if (offer.source, offer.target) == (source, target)), None)


class BergamotIndex:
    """The live list when it was fetched once, else the one that ships. SEABRIDGE_BERGAMOT_INDEX names a mirror."""

    def __init__(
        self, root: Path, address: str = "", opener: Opener | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        chosen = address or os.environ.get("SEABRIDGE_BERGAMOT_INDEX", "") or shipped().index
        self.address = as_url(chosen)
        self._list = KeptList(root, self.address, opener, clock, MAX_INDEX_BYTES, lambda raw: isinstance(raw, dict))
        self._lock = threading.Lock()

    def offers(self) -> Offers:
        """As last known; never asks the network."""
        kept = self._list.load()
        if kept is not None:
            try:
                models = parse(kept.content, shipped().licence)
                return Offers(kept.at, self._list.error, tuple(_with_known_sizes(models)))
            except ValueError:
                return Offers(0.0, str(ErrorCode.DOWNLOAD_FAILED), shipped().models)
        return Offers(0.0, self._list.error, shipped().models)

    def refresh(self, cancelled: Callable[[], bool] = lambda: False) -> Offers:
        """Fetch anew; a failure is remembered in the answer and the last known list stays."""
        with self._lock:
            self._list.fetch(cancelled)
        return self.offers()

    def live(self, cancelled: Callable[[], bool] = lambda: False) -> Offers:
        """The live list, fetched when it never was. Raises why it could not be."""
        offers = self.offers()
        if not offers.at:
            offers = self.refresh(cancelled)
        if not offers.at:
            raise SeabridgeError(ErrorCode(offers.error or ErrorCode.DOWNLOAD_FAILED), "list of models", host="")
        return offers


def _with_known_sizes(models: list[Offer]) -> list[Offer]:
    """Sizes out of the shipped list where the live one gives none and names the same kind of model."""
    known = {(m.source, m.target, m.architecture): m for m in shipped().models}
    out = []
    for model in models:
        told = known.get((model.source, model.target, model.architecture))
        if told and not model.size:
            model = Offer(
                model.source, model.target, model.architecture, model.licence,
                told.size, told.download, model.version, model.files,
            )  # fmt: skip
        out.append(model)
    return out
