"""The child of the crash test: archives windows as fast as it can and notes after each what was acknowledged."""

from __future__ import annotations

import os
import random
import sys
import threading
from pathlib import Path

from companion.conversations import Archive
from companion.protocol.methods.archive import DraftInsertedParams, MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef

#: Threads archived at the same time, each by a thread of its own; rows in a window, and how far it moves each time.
THREADS, SIZE, STEP = 3, 12, 3
_PICTURE = "https://img.example/{}-{}.png"


def line(thread: int, number: int) -> str:
    return f"线程{thread} 第{number}条消息 message {number}"


def window(thread: int, start: int, size: int = SIZE) -> MessageSeenParams:
    return MessageSeenParams(
        thread=ref(thread),
        messages=[row(thread, n) for n in range(start, start + size)],
        observed_at=1_788_420_600.0 + start,
    )


def ref(thread: int) -> ThreadRef:
    return ThreadRef(marketplace="shopee", shop="s", region="sg", thread=f"t{thread}")


def row(thread: int, number: int) -> SeenMessage:
    pictures = [_PICTURE.format(thread, number)] if number % 10 == 0 else []
    return SeenMessage(direction=("seller", "buyer")[number % 2], text=line(thread, number), images=pictures)


def main(path: Path, seed: int, begins: list[int], acknowledged: Path) -> None:
    """Archive from ``begins`` on until killed. A line of ``acknowledged``: thread, number, archive id."""
    archive = Archive.open(path, path.parent / "files")
    out = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    writers = [
        threading.Thread(target=_hammer, args=(archive, out, thread, begin, seed))
        for thread, begin in enumerate(begins)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def _hammer(archive: Archive, out: int, thread: int, begin: int, seed: int) -> None:
    chance = random.Random(seed * THREADS + thread)
    for start in range(begin, begin + 1_000_000, STEP):
        seen = archive.see(window(thread, start))
        # One write a window: what was killed in between is read whole or not at all.
        os.write(out, "".join(f"{thread} {start + i} {one.id}\n" for i, one in enumerate(seen.rows)).encode())
        if chance.random() < 0.3:
            one = chance.choice(seen.rows)
            archive.translations.add(one.id, "zh", f"译文{one.id}", "argos", "machine", [], "en", True)
        for wanted in seen.images:
            archive.pictures.keep(wanted.message, wanted.url, b"\x89PNG\r\n\x1a\n" + wanted.url.encode())
        if chance.random() < 0.1:
            draft = line(thread, start + SIZE)
            archive.add_draft(
                DraftInsertedParams(
                    thread=ref(thread),
                    written="好",
                    written_language="zh",
                    text=draft,
                    language="en",
                    engine="argos",
                    match="machine",
                    inserted_at=1_788_420_600.0 + start,
                )
            )


def nursery() -> None:
    """Bear a child for each line of the standard input ("seed begin,begin,begin path acknowledged" with tabs); say its
    process id, and "gone" once somebody killed it. Loading the archive once makes 200 rounds a matter of minutes."""
    for text in sys.stdin:
        seed, begins, path, acknowledged = text.rstrip("\n").split("\t")
        child = os.fork()
        if not child:
            main(Path(path), int(seed), [int(begin) for begin in begins.split(",")], Path(acknowledged))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    nursery()
