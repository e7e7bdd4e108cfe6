"""The languages of both offline engines: what is there, installing, removing, and their memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.languages import (
    InstallProgress,
    LanguagePackage,
    LanguagesInstallResult,
    LanguagesListResult,
)

from .bergamot.models import BergamotModels
from .codes import primary
from .packages.argos import ArgosPackages
from .packages.download import Opener


class OfflineLanguages:
    """``engine`` is "argos" or "bergamot" throughout. ``index_url`` and ``opener`` are those of the translator."""

    def __init__(self, root: Path, *, index_url: str = "", opener: Opener | None = None) -> None:
        self.argos = ArgosPackages(root, index_url=index_url, opener=opener)
        self.bergamot = BergamotModels(root / "bergamot", opener=opener)

    def list(self, refresh: bool = False, engine: str = "argos") -> LanguagesListResult:
        """Installed and installable packages of an offline engine; asks the network only when told to."""
        return self.bergamot.listing(refresh) if engine == "bergamot" else self.argos.listing(refresh)

    def install(
        self,
        source: str,
        target: str,
        progress: Callable[[InstallProgress], None] = lambda _progress: None,
        cancelled: Callable[[], bool] = lambda: False,
        engine: str = "argos",
    ) -> LanguagesInstallResult:
        """Install what the pair needs, through English where there is no direct package, and load it once."""
        source, target = primary(source), primary(target)
        if not source or not target or source == target:
            raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, language=source or target)
        models = self.bergamot if engine == "bergamot" else self.argos
        return models.install(source, target, progress, cancelled)

    def install_file(self, path: Path, source: str = "", target: str = "") -> LanguagePackage:
        """Install a local ``.argosmodel``, or a folder with the files of a Bergamot model."""
        if path.is_dir():
            return self.bergamot.import_folder(path, primary(source), primary(target))
        return self.argos.import_file(path)

    def remove(self, source: str, target: str, engine: str = "argos") -> bool:
        """Remove one direction; whether there was one."""
        return (self.bergamot if engine == "bergamot" else self.argos).remove(source, target)

    def preload(self, engine: str, source: str, target: str) -> None:
        """Load what a pair needs, if ``engine`` is one of these. Raises what loading raises."""
        if engine == "bergamot":
            self.bergamot.engine.preload(source, target)
        elif engine == "argos":
            self.argos.engine.preload(source, target)

    def unload_idle(self, seconds: float) -> int:
        """Give back the memory of models unused for that long."""
        return self.argos.engine.unload_idle(seconds) + self.bergamot.engine.unload_idle(seconds)

    def unload(self) -> None:
        """Give back the memory of all models."""
        self.argos.engine.unload()
        self.bergamot.engine.unload()
