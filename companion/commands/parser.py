"""An argument parser whose help is in one language throughout, and as wide as the terminal for Chinese too."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NoReturn

from ..locales import text

#: What a line may be broken between: a word with its spaces, or one wide character with what follows it.
_WIDE = "\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uff00-\uffef"
_CLOSING = "，。；：、！？）》」』”"
#: Compiled when help is asked for; every start would take 3 ms longer.
_PIECE = rf"[{_WIDE}]?[{_CLOSING}]+\s*|[{_WIDE}]\s*|(?:(?![{_WIDE}{_CLOSING}])\S)+[{_CLOSING}]*\s*"


def parser_in(locale: str) -> type[argparse.ArgumentParser]:
    """The kind of parser for a language; the parsers of subcommands are of the same kind."""

    class Parser(argparse.ArgumentParser):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{"formatter_class": Formatter, "add_help": False, **kwargs})
            self._asking = self.add_argument("-h", "--help", action="help")

        def parse_known_args(self, *args: Any, **kwargs: Any) -> Any:
            # what is missing is named by what may stand there, not by our own word for it
            for action in self._actions:
                if action.choices and not action.option_strings and action.metavar is None:
                    action.metavar = f"{{{','.join(map(str, action.choices))}}}"
            return super().parse_known_args(*args, **kwargs)

        def format_help(self) -> str:
            # Reading the texts takes longer than opening the port: only now are they asked for.
            self._positionals.title = text("cli_help_arguments", locale)
            self._optionals.title = text("cli_help_options", locale)
            self._asking.help = text("cli_help_help", locale)
            return super().format_help()

        def error(self, message: str) -> NoReturn:
            said = text("cli_not_understood", locale, command=self.prog, why=message)
            self.exit(2, f"{self.format_usage()}{said}\n")

    class Formatter(argparse.HelpFormatter):
        def add_usage(
            self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
        ) -> None:
            super().add_usage(usage, actions, groups, text("cli_help_usage", locale) if prefix is None else prefix)

        def _split_lines(self, text: str, width: int) -> list[str]:
            return wrapped(text, width)

        def _fill_text(self, text: str, width: int, indent: str) -> str:
            return "\n".join(indent + line for line in wrapped(text, width - len(indent)))

    return Parser


def wrapped(content: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns; a wide character takes two, and no line begins with closing punctuation."""
    lines, line = [], ""
    for piece in re.findall(_PIECE, " ".join(content.split())):
        if line and columns(line) + columns(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def columns(content: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in content)
