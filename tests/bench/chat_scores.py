"""Real support chat, the WMT24 validation set, by the bare engine and through the pipeline around it."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from companion.protocol.methods.translate import TranslateItem
from companion.translation import Translator
from companion.translation.protect import items_in

SLANG = re.compile(
    r"\b(vcs?|qto|qdo|pq|tb|tbm|blz|obg|obgd|hj|amg|cmg|msm|vlw|pls|plz|thx|u|ur|asap|btw|idk|im|dont|cant|wont|ok)\b",
    re.IGNORECASE,
)


def scores(said: list[str], wanted: list[str]) -> dict[str, float]:
    """BLEU and chrF by sacrebleu."""
    import sacrebleu

    return {
        "bleu": round(sacrebleu.corpus_bleu(said, [wanted]).score, 2),
        "chrf": round(sacrebleu.corpus_chrf(said, [wanted]).score, 2),
    }


def chat_set(file: Path, rows: int, translator: Translator) -> dict[str, Any]:
    """The first ``rows`` of each direction, by the bare engine and through the pipeline."""
    with file.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    out: dict[str, Any] = {}
    for source, target in (("en", "pt"), ("pt", "en")):
        taken = [row for row in found if row["source_language"].startswith(source)][:rows]
        texts, wanted = [row["source"] for row in taken], [row["reference"] for row in taken]
        engine = translator.bergamot.engine
        engine.translate_batch(["ok"], source, target)
        begun = time.perf_counter()
        bare = [engine.translate_batch([text], source, target)[0] for text in texts]
        bare_s = time.perf_counter() - begun
        begun = time.perf_counter()
        answers = [
            translator.translate([TranslateItem(ref="1", text=text)], source=source, target=target)[0] for text in texts
        ]
        ours_s = time.perf_counter() - begun
        ours = [answer.text or text for answer, text in zip(answers, texts, strict=True)]
        every = range(len(texts))
        hard = [n for n in every if SLANG.search(texts[n]) or items_in(texts[n], numbers=True)]

        def both(which: Sequence[int]) -> dict[str, Any]:
            return {
                "rows": len(which),
                **{
                    name: scores([said[n] for n in which], [wanted[n] for n in which])  # noqa: B023
                    for name, said in (("bare", bare), ("pipeline", ours))  # noqa: B023
                },
            }

        out[f"{source}-{target}"] = {
            "all": both(every),
            # The steps of the pipeline were looked at on the other half.
            "held_out": both(every[::2]),
            "slang_ids_prices": both(hard),
            "bare_ms_a_line": round(1000 * bare_s / len(texts), 1),
            "pipeline_ms_a_line": round(1000 * ours_s / len(texts), 1),
            "by": {k: sum(a.engine == k for a in answers) for k in sorted({a.engine for a in answers})},
            "doubtful": sum(bool(answer.doubt) for answer in answers),
        }
    return out


def judged(told: dict[str, Any]) -> dict[str, bool]:
    """The aims: never lower than the bare engine, and higher where the line has slang, ids or prices."""
    gains = {
        part: [pair[part]["pipeline"]["chrf"] - pair[part]["bare"]["chrf"] for pair in told.values()]
        for part in ("all", "held_out", "slang_ids_prices")
    }
    return {
        "chrf_not_lower": min(gains["all"]) >= 0,
        "chrf_not_lower_held_out": min(gains["held_out"]) >= 0,
        "chrf_higher_on_hard_lines": min(gains["slang_ids_prices"]) > 0,
    }
