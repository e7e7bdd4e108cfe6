"""Personal data hidden in what leaves for other people's eyes."""

from __future__ import annotations

from .privacy import personal_spans

#: As many for every find: the length would tell something.
BAR = "█████"


def black_out(text: str, names: tuple[str, ...], keep: tuple[str, ...]) -> str:
    """The text with a bar for e-mail, telephone, card, address, handles and ``names``; ``keep`` (order numbers) stays.

    A whole that is one of the names, such as the buyer's own, is one bar.
    """
    if text in names:
        return BAR if text.strip() else text
    parts = []
    at = 0
    for start, end in personal_spans(text, names):
        found = text[start:end].strip()
        if not found or any(found in each for each in keep):
            continue
        parts += [text[at:start], BAR]
        at = end
    return "".join([*parts, text[at:]])
