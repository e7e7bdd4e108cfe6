"""What a phrase file must look like for the book to be made of it. Pure."""

from __future__ import annotations

from typing import Any


def shape_of_slots(content: Any) -> str:
    """The first fault of a file of slot values, as ": what is wrong"; "" = none."""
    if not isinstance(content, dict) or not isinstance(content.get("kind"), str):
        return ": kind is missing"
    values = content.get("languages") if content["kind"] == "words" else content.get("values", content.get("languages"))
    return "" if isinstance(values, dict) else ": languages or values are missing"


def shape_of_entries(content: Any) -> str:
    """The first fault of a file of sentences, as ": what is wrong"; "" = none."""
    entries = content.get("entries") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        return ": entries are missing"
    for at, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not {"key", "by"} <= entry.keys():
            return f": entry {at}: key or by is missing"
        for language, texts in entry.items():
            if language in ("key", "by"):
                continue
            if not isinstance(texts, list) or not texts or not all(isinstance(each, str) and each for each in texts):
                return f": {entry['key']}: {language}: a list of sentences is wanted"
    return ""
