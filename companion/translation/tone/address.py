"""du becomes Sie, and tu becomes vous, in sentences whose every familiar form is in a closed table. Pure."""

from __future__ import annotations

import re

from ..protect import Known, items_in
from .rules import Address, Levels
from .sentences import each_sentence
from .words import WORD, passages


def politely(text: str, levels: Levels, rules: Address, language: str, known: Known) -> str:
    """The text with the buyer addressed politely; a sentence that is not wholly covered stays as it is."""

    def change(sentence: str) -> str:
        items = [(item.start, item.end) for item in items_in(sentence, known=known)]
        items += passages(sentence, levels.excepted)
        found = [
            match
            for match in WORD.finditer(sentence)
            if not any(start < match.end() and match.start() < end for start, end in items)
        ]
        put = _german(found, rules) if language == "de" else _french(sentence, found, rules)
        left = any(_word(match) in levels.familiar for match in found if match.start() not in put)
        if not put or left or _requests(sentence, found, rules):
            return sentence
        out, at = "", 0
        for match in found:
            new = put.get(match.start())
            if new is None:
                continue
            out += sentence[at : match.start()] + _cased(new, match, sentence)
            at = match.end()
        return out + sentence[at:]

    return each_sentence(text, language, change)


def _word(match: re.Match[str]) -> str:
    return match[0].replace("’", "'").casefold()


def _requests(sentence: str, found: list[re.Match[str]], rules: Address) -> bool:
    """Whether a part of the sentence begins as a request may: its verb says du or tu and is in no table."""
    begins = True
    for at, match in enumerate(found):
        word = _word(match)
        after = sentence[match.end() : found[at + 1].start() if at + 1 < len(found) else None]
        # A French verb before its pronoun has a hyphen; without one "fais ton choix" is a request.
        asks = word in rules.verbs and (not rules.between or after.startswith("-"))
        if begins and not asks and word not in rules.begins and word not in rules.words:
            return True
        begins = word in rules.joins or re.search("[,;:]", after) is not None
    return bool(re.search(r"\w-(?:moi|nous|le|la|les|toi)\b", sentence))


def _german(found: list[re.Match[str]], rules: Address) -> dict[int, str]:
    """What takes the place of the words, by where they begin; {} when one of them is not covered."""
    said = [_word(match) for match in found]
    pronouns = [word for word in said if word in rules.pronoun]
    # A verb said to a friend ends in -st; one that is not in the table would be left hanging.
    unknown = [
        match[0]
        for match, word in zip(found, said, strict=True)
        if word.endswith("st") and word not in rules.verbs and word not in rules.other and match[0][0].islower()
    ]
    verbs = [word for word in said if word in rules.verbs]
    if pronouns and (unknown or len(verbs) < len(pronouns) or any(word in rules.back for word in said)):
        return {}
    if not pronouns and verbs:
        return {}
    table = {**rules.words, **rules.verbs}
    return {match.start(): table[word] for match, word in zip(found, said, strict=True) if word in table}


def _french(sentence: str, found: list[re.Match[str]], rules: Address) -> dict[int, str]:
    """As for German; the verb stands right beside its pronoun."""
    said = [_word(match) for match in found]
    put = {match.start(): rules.words[word] for match, word in zip(found, said, strict=True) if word in rules.words}
    for at, word in enumerate(said):
        if word == "t'" and said[at + 1 : at + 2] and said[at + 1] in rules.verbs and said[at - 1 : at] != ["tu"]:
            return {}  # t'as for tu as
        if word not in rules.pronoun:
            continue
        if at and sentence[found[at].start() - 1 : found[at].start()] == "-":
            verb = at - 1  # peux-tu
        else:
            verb = at + 1
            while verb < len(said) and said[verb] in rules.between:
                verb += 1
        if not 0 <= verb < len(said) or said[verb] not in rules.verbs:
            return {}
        put[found[verb].start()] = rules.verbs[said[verb]]
    return put


def _cased(new: str, match: re.Match[str], sentence: str) -> str:
    """At the beginning of the sentence as the old word was; Sie, Ihnen and Ihr keep their capital."""
    first = not re.search(r"\w", sentence[: match.start()])
    return new[0].upper() + new[1:] if first and match[0][0].isupper() else new
