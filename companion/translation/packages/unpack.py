"""Opens a package archive as a stranger's: nothing outside its folder, nothing unexpected, nothing endless."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from companion.protocol import ErrorCode, SeabridgeError
from companion.runtime import unzip

from .disk import disk_error

MAX_FILES = 2_000
MAX_BYTES = 1_500_000_000
#: int8 weights hardly compress (1.1); text vocabularies reach about 5. A bomb is far above.
MAX_RATIO = 60
#: Files our runner reads; sentence models of other tools inside the package (stanza, spacy, minisbd) are left out.
_WANTED = re.compile(r"^(metadata\.json|README\.md|sentencepiece\.model|bpe\.model|model/[A-Za-z0-9_.-]+)$")


def unpack(archive: Path, into: Path) -> Path:
    """Unpack the wanted files of an ``.argosmodel`` below ``into`` and return ``into``.

    Raises SeabridgeError ``package_unsafe`` or ``package_damaged``; the caller removes ``into`` then.
    """
    try:
        with zipfile.ZipFile(archive) as bundle:
            members = unzip.members(bundle, most_files=MAX_FILES, most_bytes=MAX_BYTES)
            roots = {path.parts[0] for path, _info in members}
            if len(roots) != 1:
                raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"{len(roots)} folders at the top")
            budget = min(MAX_BYTES, MAX_RATIO * max(1, archive.stat().st_size))
            for path, info in members:
                inner = PurePosixPath(*path.parts[1:]).as_posix()
                if info.is_dir() or not _WANTED.match(inner):
                    continue
                place = into / inner
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("wb") as out:
                    budget -= unzip.copy(bundle, info, out, budget)
    except unzip.Unsafe as exc:
        raise SeabridgeError(ErrorCode.PACKAGE_UNSAFE, str(exc)) from exc
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError) as exc:
        raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, str(exc)) from exc
    except OSError as exc:
        raise disk_error(exc, into) from exc
    for needed in ("metadata.json", "model/model.bin"):
        if not (into / needed).is_file():
            raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"{needed} is missing")
    if not (into / "sentencepiece.model").is_file():
        if (into / "bpe.model").is_file():
            raise SeabridgeError(ErrorCode.PACKAGE_UNSUPPORTED, "tokenizer is BPE, not sentencepiece")
        raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, "no tokenizer")
    return into
