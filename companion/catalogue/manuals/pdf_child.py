"""The process in which a PDF is read: ``python -m companion.catalogue.manuals.pdf_child``.

A PDF can make its reader work for hours and fill the memory. Here it can be ended from outside, and takes no more
memory than the system lets it. One JSON line in, one out.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

#: Bytes of memory, where the system can bound it (it cannot on Windows and macOS).
_MEMORY = 1 << 30
MOST_PAGES = 2_000


def read(path: str, longest: int) -> dict[str, Any]:
    """``pages``: the text of each page; or ``problem``: "locked", "long" or what went wrong."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    try:
        reader = PdfReader(path, strict=False)
        # many are encrypted against printing alone, and open without a password
        if reader.is_encrypted and not reader.decrypt(""):
            return {"problem": "locked"}
        if len(reader.pages) > MOST_PAGES:
            return {"problem": "long"}
        pages, length = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > longest:
                return {"problem": "long"}
    except FileNotDecryptedError:
        return {"problem": "locked"}
    return {"pages": pages}


def main() -> int:
    """Answer until the input ends."""
    _bound()
    logging.disable(logging.CRITICAL)  # pypdf tells of every oddity
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = read(question["path"], question["longest"])
        except (Exception, RecursionError) as exc:  # a damaged file makes its reader raise whatever it comes upon
            answer = {"problem": f"{type(exc).__name__}: {exc}"[:200]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


def _bound() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    raise SystemExit(main())
