"""``bench protection``: is what must not change intact after each real engine that is here?

1. Generated shop messages full of ids, links, prices, names and terms, through the pipeline and the engine, for every
   pair it has: share with all items intact, share put together from pieces, share marked doubtful.
2. Which marks the engine gives back by itself: the table the styles of ``marks.py`` are chosen from.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from real_engines import ROOT, installed, libretranslate, test_models

from companion.marketplaces import rules_dir
from companion.protocol import SeabridgeError
from companion.translation.chat_rules import ChatRules
from companion.translation.engines.base import Engine
from companion.translation.guarded import Checked, translate_guarded
from companion.translation.marks import STYLES, MarkStyle
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.pipeline import Direction, cut, ready
from companion.translation.scripts import has_letters
from companion.translation.segment import segment

sys.path.insert(0, str(ROOT / "tests" / "unit"))
from translation.messages import KNOWN, Message, message

AIM = {"intact_share": 1.0}
BATCH = 32


def _plain(before: str, after: str) -> MarkStyle:
    """A candidate that counts only when it comes back as it was."""
    return MarkStyle(f"{before}0{after}", before, after, re.compile(re.escape(before) + r"(\d+)" + re.escape(after)))


#: What other programs use, beside ours. Each must come back as written; ours also in the forms they are read in.
CANDIDATES = tuple(
    _plain(before, after)
    for before, after in (
        ("{", "}"), ("{{", "}}"), ("[[", "]]"), ("[", "]"), ("(", ")"), ("<x", "/>"), ('<x id="', '"/>'), ("__", "__"),
        ("⟦", "⟧"), ("«", "»"), ("【", "】"), ("#", "#"), ("@", "@"), ("%", "%"), ("$", "$"), ("XQ", "Z"), ("ZX", ""),
        ("Q", "Q"), ("X", "X"), ("900", ""), ("№", ""), ("*", "*"), ("{#", "#}"),
    )
)  # fmt: skip


def direction(source: str, target: str, style: MarkStyle) -> Direction:
    """Lines of a pair as the service prepares them, with the names and terms of the generator."""
    chat = ChatRules(rules_dir() / "chat")
    return Direction(source, target, chat.of(source), chat.of(target), KNOWN, style)


def translated(engine: Engine, messages: Sequence[Message], way: Direction) -> list[Checked | None]:
    """Through the pipeline; None where the engine failed: then the original stands, and nothing is lost in it."""

    def ask(some: Sequence[Message]) -> list[Checked]:
        return translate_guarded(engine, [one.text for one in some], way.source, way.target, way)

    answers: list[Checked | None] = []
    for at in range(0, len(messages), BATCH):
        batch = messages[at : at + BATCH]
        try:
            answers += ask(batch)
        except SeabridgeError:
            for one in batch:
                try:
                    answers += ask([one])
                except SeabridgeError:
                    answers.append(None)
    return answers


def protection(engine: Engine, source: str, target: str, number: int, style: MarkStyle) -> dict[str, Any]:
    """Generated messages of one pair through pipeline and engine."""
    way = direction(source, target, style)
    messages = [message(seed, source, target) for seed in range(number)]
    begun = time.perf_counter()
    answers = translated(engine, messages, way)
    seconds = time.perf_counter() - begun
    done = [(said, answer) for said, answer in zip(messages, answers, strict=True) if answer is not None]
    lost = [
        {"missing": said.missing(answer.text), "doubt": answer.doubt, "said": said.text, "told": answer.text}
        for said, answer in done
        if said.missing(answer.text)
    ]
    doubts = Counter(code for _said, answer in done for code in answer.doubt)
    return {
        "messages": number,
        "engine_failed": number - len(done),
        "items": sum(len(said.shown) for said, _answer in done),
        "intact_share": round(1 - len(lost) / len(done), 4),
        "pieced_share": round(doubts["pieced_together"] / len(done), 3),
        "marked_share": round(sum(bool(answer.doubt) for _said, answer in done) / len(done), 3),
        "doubts": dict(doubts.most_common()),
        "ms_a_message": round(1000 * seconds / number, 1),
        "lost": lost[:5],
    }


def survival(engine: Engine, source: str, target: str, number: int, style: MarkStyle) -> dict[str, float]:
    """The share of marks, and of sentences with all their marks and no other, that the bare engine gives back.

    Only sentences with words: a mark that stands alone is never asked.
    """
    way = direction(source, target, style)
    texts = [
        piece.text
        for seed in range(number)
        for part in cut(message(seed, source, target).text, way)
        if not part.keep
        for piece in segment(ready(part.said, way).text, source)
        if style.back.search(piece.text) and has_letters(style.back.sub("", piece.text))
    ]
    answers, failed = asked(engine, texts, source, target)
    came = whole = 0
    wanted = [Counter(int(match[1]) for match in style.back.finditer(text)) for text in texts]
    for want, answer in zip(wanted, answers, strict=True):
        found = Counter(int(match[1]) for match in style.back.finditer(answer))
        came += sum(found[mark] == 1 for mark in want)
        whole += found == want
    marks = sum(want.total() for want in wanted)
    return {"marks": round(came / marks, 3), "sentences": round(whole / len(texts), 3), "failed": failed}


def asked(engine: Engine, texts: Sequence[str], source: str, target: str) -> tuple[list[str], int]:
    """Answers, and for how many the engine failed ("" then): a server fails for all 32 because of one."""
    answers: list[str] = []
    failed = 0
    for at in range(0, len(texts), BATCH):
        batch = list(texts[at : at + BATCH])
        try:
            answers += engine.translate_batch(batch, source, target)
        except SeabridgeError:
            for text in batch:
                try:
                    answers += engine.translate_batch([text], source, target)
                except SeabridgeError:
                    answers.append("")
                    failed += 1
    return answers, failed


def table(engine: Engine, source: str, target: str, number: int) -> dict[str, dict[str, float]]:
    """All candidates and our styles, the best first."""
    told = {style.name: survival(engine, source, target, number, style) for style in CANDIDATES}
    told |= {f"style {style.name}": survival(engine, source, target, number, style) for style in STYLES.values()}
    return dict(sorted(told.items(), key=lambda entry: -entry[1]["sentences"]))


@contextmanager
def engines(address: str) -> Iterator[dict[str, tuple[Engine, list[tuple[str, str]]]]]:
    """Every real engine that is here, with its direct pairs."""
    models = test_models()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        translator = installed(Path(name), Phrasebook(ROOT / "rules" / "phrases", Path(name)), models)
        argos = [(one, other) for one, other in (pair.split("_") for pair in sorted(models))]
        found: dict[str, tuple[Engine, list[tuple[str, str]]]] = {}
        if argos and translator.engines()["argos"].available():
            found["argos"] = (translator.engines()["argos"], argos)
        if translator.bergamot.engine.pairs():
            found["bergamot"] = (translator.bergamot.engine, sorted(translator.bergamot.engine.pairs()))
        if address:
            found["libretranslate"] = (libretranslate(address), argos)
        yield found
        translator.close()


def main(argv: list[str] | None = None) -> int:
    """Print the figures as JSON; 0 when every message of every engine was intact."""
    parser = argparse.ArgumentParser(prog="bench protection", description=__doc__)
    parser.add_argument("--json", action="store_true", help="accepted for symmetry; the output always is JSON")
    parser.add_argument("--messages", type=int, default=2000, help="a pair and engine")
    parser.add_argument("--candidates", type=int, default=200, help="messages a candidate for a mark; 0 = leave out")
    parser.add_argument("--style", choices=sorted(STYLES), help="another style of mark than the engine's own")
    parser.add_argument("--libretranslate", metavar="URL", help="a LibreTranslate server with the same packages")
    options = parser.parse_args(argv)
    result: dict[str, Any] = {"bench": "protection", "aims": AIM, "engines": {}}
    with engines(options.libretranslate) as found:
        for name, (engine, pairs) in found.items():
            style = STYLES[options.style or engine.capabilities.mark_style]
            result["engines"][name] = {"style": style.name, "pairs": {}}
            for source, target in pairs:
                told = protection(engine, source, target, options.messages, style)
                if options.candidates:
                    told["candidates"] = table(engine, source, target, options.candidates)
                result["engines"][name]["pairs"][f"{source}-{target}"] = told
    shares = [pair["intact_share"] for told in result["engines"].values() for pair in told["pairs"].values()]
    result["all_intact"] = bool(shares) and min(shares) >= AIM["intact_share"]
    sys.stdout.write(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    return 0 if result["all_intact"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
