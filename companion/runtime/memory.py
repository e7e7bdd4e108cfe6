"""Memory that is no longer used goes back to the system where the C library would keep it."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress


def give_back() -> None:
    """After something large was dropped. glibc keeps freed memory for itself unless it is told; others need no word."""
    gc.collect()
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):  # musl has no malloc_trim
            ctypes.CDLL("libc.so.6").malloc_trim(0)
