"""Where things lie. One companion owns one data folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from .atomic import storage_errors

#: The folder that holds the package: the source checkout, or where Python keeps installed packages.
_ABOVE = Path(__file__).resolve().parents[2]


def source_checkout() -> bool:
    """Whether this is a source checkout, with its scripts and the extension beside the package."""
    return (_ABOVE / "scripts" / "run.py").is_file() and (_ABOVE / "extension" / "build.mjs").is_file()


@dataclass(frozen=True, slots=True)
class Paths:
    """The places inside a data folder. Nothing is created until somebody writes."""

    root: Path
    practice: bool = False

    @classmethod
    def default(cls, practice: bool = False) -> Paths:
        """``SEABRIDGE_HOME``, else the user's data folder; the practice shop has a folder of its own inside."""
        chosen = os.environ.get("SEABRIDGE_HOME")
        if chosen:
            base = Path(chosen).expanduser()
        else:
            import platformdirs

            base = Path(platformdirs.user_data_dir("Seabridge", appauthor=False))
        return cls(base / "practice" if practice else base, practice)

    def ready(self) -> Paths:
        """Create the folder, readable by its owner only. Raises ``storage_read_only`` or ``storage_full``."""
        with storage_errors(self.root):
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self

    @property
    def archive(self) -> Path:
        """The archive's database."""
        return self.root / "archive.db"

    @property
    def memory(self) -> Path:
        """The translation memory's database."""
        return self.root / "memory.db"

    @property
    def documents(self) -> Path:
        """The seller's small documents, human-readable."""
        return self.root / "documents.json"

    @property
    def team_memory(self) -> Path:
        """This computer's copy of a team's translation memory; the team's database has it."""
        return self.root / "memory.team.db"

    @property
    def team_seen(self) -> Path:
        """What was last seen of the team's documents, where a team shares a database."""
        return self.root / "team.json"

    @property
    def files(self) -> Path:
        """Images and captures by SHA-256."""
        return self.root / "files"

    @property
    def erasures(self) -> Path:
        """What was erased, without saying whose it was: outlives the archive, so that no older copy brings it back."""
        return self.root / "erasures.jsonl"

    @property
    def backups(self) -> Path:
        """Where backups go while the seller named no other folder."""
        return self.root / "backups"

    @property
    def backup_folders(self) -> Path:
        """Folders in which backups were made, a line each."""
        return self.root / "backup-folders.jsonl"

    @property
    def marketplaces(self) -> Path:
        """Page descriptions of the seller's own, in the shape of ``rules/marketplaces``."""
        return self.root / "marketplaces"

    @property
    def rules(self) -> Path:
        """Rules for listings and messages of the seller's own, in the shape of ``rules/compliance``."""
        return self.root / "compliance"

    @property
    def feed(self) -> Path:
        """What a rules feed brought: a folder for each version that is kept, and which of them counts."""
        return self.root / "feed"

    @property
    def packages(self) -> Path:
        """Installed offline language packages."""
        return self.root / "packages"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.root / "cache"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """Process id, port and control token of the running companion."""
        return self.root / "companion.json"

    @property
    def lock(self) -> Path:
        """The file whose lock says that a companion runs here."""
        return self.root / "companion.lock"

    @property
    def secrets(self) -> Path:
        """Secrets, where there is no system keyring."""
        return self.root / "secrets.json"
