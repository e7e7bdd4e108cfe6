"""What a failed write means to the seller."""

from __future__ import annotations

import errno
from pathlib import Path

from companion.protocol import ErrorCode, SeabridgeError


def disk_error(exc: OSError, path: Path) -> SeabridgeError:
    """Full, or not to be written."""
    if exc.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", -1)):
        return SeabridgeError(ErrorCode.STORAGE_FULL, str(exc))
    return SeabridgeError(ErrorCode.STORAGE_READ_ONLY, str(exc), path=str(path))
