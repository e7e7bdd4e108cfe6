"""The child of the crash test: archives windows as fast as it can and says after each what was acknowledged."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef

THREADS, SIZE, STEP = 3, 12, 3


def line(thread: int, number: int) -> str:
    return f"线程{thread} 第{number}条消息 message {number}"


def window(thread: int, start: int, size: int = SIZE) -> MessageSeenParams:
    return MessageSeenParams(
        thread=ThreadRef(marketplace="shopee", shop="s", region="sg", thread=f"t{thread}"),
        messages=[
            SeenMessage(direction=("seller", "buyer")[n % 2], text=line(thread, n)) for n in range(start, start + size)
        ],
        observed_at=1_788_420_600.0 + start,
    )


def main(path: Path, seed: int, begin: int) -> None:
    chance = random.Random(seed)
    archive = Archive.open(path, path.parent / "files")
    out = sys.stdout
    for start in range(begin, begin + 100_000, STEP):
        for thread in range(THREADS):
            seen = archive.see(window(thread, start))
            # A row that was acknowledged is one the parent read whole.
            out.write("".join(f"{thread} {start + i} {row.id}\n" for i, row in enumerate(seen.rows)))
            out.flush()
            if chance.random() < 0.3:
                row = chance.choice(seen.rows)
                archive.add_translation(row.id, "zh", f"译文{row.id}", "argos", "machine", [], "en", True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
