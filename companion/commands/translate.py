"""``seabridge translate --from es --to zh``: texts as arguments, lines of a file, or lines as they come in."""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import msgspec

from ..locales import catalogue, text
from ..opening import stores_of
from ..protocol.decode import convert
from ..protocol.methods.translate import Translated, TranslateItem, TranslateResult
from ..protocol.values import Tone
from ..runtime import control
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from ..runtime.settings import SettingsStore
from ..translation.tone.manner import Manner
from .engines import engine_names
from .models import argos_gaps
from .offline import open_translator, runs
from .printing import Say, complain, escaped, line

#: Lines translated in one go; engines are fastest in batches of about this size.
BATCH = 32
MAX_CHARS = 20_000
Ask = Callable[[list[TranslateItem]], list[Translated]]


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """Texts or a file, both languages, the engine."""
    parser.description = say("cli_translate_json")
    parser.add_argument("texts", nargs="*", metavar="TEXT", help=say("cli_translate_texts"))
    parser.add_argument("--from", dest="source", default="", metavar="CODE", help=say("cli_translate_from"))
    parser.add_argument("--to", dest="target", required=True, metavar="CODE", help=say("cli_translate_to"))
    parser.add_argument("--engine", default="", metavar="NAME", help=say("cli_translate_engine"))
    parser.add_argument("--tone", default="", choices=get_args(Tone), help=say("cli_translate_tone"))
    parser.add_argument("--file", type=Path, help=say("cli_translate_file"))
    parser.add_argument("--kind", choices=("chat", "listing"), default="chat", help=say("cli_translate_kind"))
    parser.add_argument("--json", action="store_true", help=say("cli_translate_as_json"))
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Print the translations in order; 1 when a text got none."""
    if options.file is not None and not options.file.is_file():
        complain(text("cli_languages_no_file", locale, path=options.file))
        return 1
    if options.kind == "listing" and options.tone:
        complain(text("cli_translate_listing_tone", locale))
        return 2
    if options.engine and options.engine not in (known := engine_names(paths)):
        complain(text("cli_translate_no_engine", locale, name=options.engine, names=", ".join(known)))
        return 2
    whole = True
    with _asking(paths, options) as ask, _lines(options) as lines:
        if options.kind == "listing":
            for one in options.texts or ["\n".join(lines)]:
                whole &= _field(one, ask, options.json, locale)
            return 0 if whole else 1
        for batch in batches(lines):
            whole &= _batch(batch, ask, options.json, locale)
    return 0 if whole else 1


def batches(lines: Iterable[str]) -> Iterator[list[str]]:
    """At most ``BATCH`` lines each."""
    waiting = iter(lines)
    while batch := list(itertools.islice(waiting, BATCH)):
        yield batch


@contextmanager
def _lines(options: argparse.Namespace) -> Iterator[Iterable[str]]:
    if options.texts:
        yield options.texts
    elif options.file is not None:
        with options.file.open(encoding="utf-8-sig", errors="replace") as stream:
            yield (one.rstrip("\r\n") for one in stream)
    else:
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        yield (one.rstrip("\r\n") for one in sys.stdin)


@contextmanager
def _asking(paths: Paths, options: argparse.Namespace) -> Iterator[Ask]:
    """The running companion, which has its models loaded; else a translator of our own."""
    words = {"source": options.source, "target": options.target, "engine": options.engine}
    # with a tone the texts are a seller's for a buyer, else a buyer's for the seller
    purpose = "listing" if options.kind == "listing" else "write" if options.tone else "read"
    if runs(paths):

        def ask_running(items: list[TranslateItem]) -> list[Translated]:
            params = {"items": msgspec.to_builtins(items), "purpose": purpose, "tone": options.tone, **words}
            return convert(control.call(paths, "translate", params, timeout_s=120), TranslateResult).items

        yield ask_running
        return
    with DataLock(paths), stores_of(paths) as stores:
        translator = open_translator(paths, stores)
        try:
            manner = Manner(options.tone, SettingsStore(stores.documents).get().thai_particle)
            yield lambda items: translator.translate(items, purpose=purpose, manner=manner, **words)
        finally:
            translator.close()


def _batch(batch: list[str], ask: Ask, in_json: bool, locale: str) -> bool:
    """Whether every text of it got a translation."""
    wanted = [(at, one) for at, one in enumerate(batch) if one.strip() and len(one) <= MAX_CHARS]
    answers = ask([TranslateItem(ref=str(at), text=one) for at, one in wanted]) if wanted else []
    told = {int(answer.ref): answer for answer in answers}
    whole = True
    for at, one in enumerate(batch):
        answer = told.get(at)
        whole &= answer is not None and answer.match != "none" if one.strip() else True
        if len(one) > MAX_CHARS:
            complain(text("cli_translate_too_long", locale, limit=MAX_CHARS))
        if in_json:
            line(escaped(json.dumps(fields(one, answer), ensure_ascii=False)))
        else:
            line(answer.text if answer is not None and answer.match != "none" else one)
            _explain(answer, locale)
    return whole


def _field(one: str, ask: Ask, in_json: bool, locale: str) -> bool:
    """One field of a listing, whole, portion by portion: each has a time of its own. Whether it got a translation."""
    from ..translation.listing import portions

    answers = [ask([TranslateItem(ref=str(at), text=part)])[0] for at, part in enumerate(portions(one))]
    answer = together(answers) if answers else None
    if in_json:
        line(escaped(json.dumps(fields(one, answer), ensure_ascii=False)))
    else:
        for row in (answer.text if answer is not None and answer.match != "none" else one).splitlines():
            line(row)
        _explain(answer, locale)
    return not one.strip() or (answer is not None and answer.match != "none")


def together(answers: list[Translated]) -> Translated:
    """One answer out of those for the portions of a field; one that has no translation leaves none for the whole."""
    lost = next((answer for answer in answers if answer.match == "none"), None)
    told = next((answer for answer in answers if answer.match != "same"), answers[0])
    return msgspec.structs.replace(
        lost or told,
        text="" if lost else "".join(answer.text for answer in answers),
        sure=all(answer.sure for answer in answers),
        doubt=list(dict.fromkeys(code for answer in answers for code in answer.doubt)),
        destination=" ".join(dict.fromkeys(host for answer in answers for host in answer.destination.split())),
    )


def fields(original: str, answer: Translated | None) -> dict[str, object]:
    """One text in JSON; the fields are in the help and in README."""
    if answer is None:
        return {"text": original, "translation": "", "match": "same" if not original.strip() else "none"}
    told = msgspec.to_builtins(answer)
    del told["ref"]
    return {"text": original, "translation": told.pop("text"), **told}


def _explain(answer: Translated | None, locale: str) -> None:
    """Doubts and what is missing, on the error stream: the output stays one line a text."""
    if answer is None:
        return
    reasons = [text(f"doubt_{code}", locale) for code in answer.doubt if f"doubt_{code}" in catalogue()]
    if reasons:
        complain("  ! " + " ".join(reasons))
    if answer.match == "none" and answer.missing:
        gaps = set(argos_gaps())
        lost = [pair for pair in answer.missing if gaps & {pair.source, pair.target}]
        pairs = ", ".join(f"{pair.source} → {pair.target}" for pair in lost or answer.missing)
        complain("  ! " + text("cli_translate_lacking" if lost else "cli_translate_missing", locale, pairs=pairs))
