"""The models on disk: one folder a direction, with a record of ours saying where it came from."""

from __future__ import annotations

import json
import re
import shutil
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from companion.protocol import ErrorCode, SeabridgeError

from ..packages.disk import disk_error
from ..packages.store import RECORD, Checksum

#: What a model consists of; only the shortlist may be missing.
ROLES = ("model", "source_vocab", "target_vocab", "shortlist")
_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,120}$")


@dataclass(frozen=True, slots=True)
class BergamotModel:
    """A model folder. ``files`` gives the file name of each role; source and target vocabulary may be one file."""

    path: Path
    source: str
    target: str
    version: str
    licence: str
    checksum: Checksum
    size: int
    files: dict[str, str]

    @property
    def folder(self) -> str:
        """Name of the folder, unique among the installed."""
        return self.path.name


class BergamotStore:
    """The folder of models. Listing reads small records only."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.RLock()
        self._known: list[BergamotModel] | None = None

    def installed(self) -> list[BergamotModel]:
        """The models, by direction."""
        with self._lock:
            if self._known is None:
                folders = sorted(self.root.iterdir()) if self.root.is_dir() else []
                found = [_read(folder) for folder in folders if not folder.name.startswith(".")]
                self._known = [model for model in found if model]
            return list(self._known)

    def rescan(self) -> None:
        """Look at the folder anew."""
        with self._lock:
            self._known = None

    def ready(self) -> None:
        """Create the folder; remove what a crash left. Raises storage errors."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise disk_error(exc, self.root) from exc
        for folder in self.root.glob(".new-*"):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in self.root.glob(".old-*"):
            shutil.rmtree(folder, ignore_errors=True)

    def take(self, fresh: Path, model: BergamotModel, **origin: Any) -> BergamotModel:
        """Move a filled folder into place in one step, instead of the model that was there."""
        with self._lock:
            place = self.root / f"{model.source}_{model.target}"
            aside = self.root / f".old-{place.name}"
            record = {name: value for name, value in asdict(model).items() if name != "path"} | origin
            try:
                (fresh / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
                shutil.rmtree(aside, ignore_errors=True)
                if place.exists():
                    place.rename(aside)
                fresh.rename(place)
            except OSError as exc:
                if aside.exists() and not place.exists():
                    aside.rename(place)
                raise disk_error(exc, self.root) from exc
            shutil.rmtree(aside, ignore_errors=True)
            self._known = None
            return BergamotModel(place, **{name: getattr(model, name) for name in _FIELDS})

    def remove(self, source: str, target: str) -> bool:
        """Delete a direction's model; renamed first, so that a crash leaves no half model."""
        with self._lock:
            found = next((m for m in self.installed() if (m.source, m.target) == (source, target)), None)
            if found is None:
                return False
            aside = self.root / f".old-{found.folder}"
            shutil.rmtree(aside, ignore_errors=True)
            try:
                found.path.rename(aside)
            except OSError as exc:
                raise disk_error(exc, self.root) from exc
            finally:
                self._known = None
            shutil.rmtree(aside, ignore_errors=True)
            return True


_FIELDS = ("source", "target", "version", "licence", "checksum", "size", "files")


def _read(folder: Path) -> BergamotModel | None:
    """A model by its record; None when record or files are not what they should be."""
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
        model = BergamotModel(folder, **{name: record[name] for name in _FIELDS})
        wanted = [model.files[role] for role in ROLES[:3]]
        wanted += [model.files["shortlist"]] if model.files.get("shortlist") else []
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    whole = all(isinstance(name, str) and _NAME.match(name) and (folder / name).is_file() for name in wanted)
    return model if whole else None


def sorted_files(names: list[str]) -> dict[str, str]:
    """Which file plays which role, by Mozilla's names. Raises ``package_damaged`` naming what is missing.

    ``model.enja.intgemm.alphas.bin``, ``lex.50.50.enja.s2t.bin``, ``vocab.enja.spm`` or ``srcvocab.…`` and
    ``trgvocab.…``.
    """

    def one(prefix: str) -> str:
        found = sorted(name for name in names if name.startswith(prefix) and _NAME.match(name))
        return found[0] if found else ""

    shared = one("vocab.")
    files = {
        "model": one("model."),
        "source_vocab": one("srcvocab.") or shared,
        "target_vocab": one("trgvocab.") or shared,
        "shortlist": one("lex."),
    }
    for role in ROLES[:3]:
        if not files[role]:
            raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"no file for {role}", package="bergamot")
    return files
