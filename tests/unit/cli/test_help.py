"""Help of every command: one language throughout, nothing unexplained, nothing wider than the terminal."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from companion import cli
from companion.commands.parser import columns, parser_in, wrapped


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from commands(below)


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
@pytest.mark.parametrize("command", list(cli.COMMANDS))
def test_every_command_explains_each_of_its_arguments(
    command: str, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for parser in commands(cli._parser([command, "--help"], locale)):
        shown = parser.format_help()
        unexplained = [
            one.dest for one in parser._actions if not one.help and not isinstance(one, argparse._SubParsersAction)
        ]
        assert not unexplained, f"{parser.prog}: {unexplained}"
        explained = [line for line in shown.split("\n\n", 1)[1].splitlines() if not re.match(r" *(--?\w|\{)", line)]
        assert [line for line in explained if columns(line) > 80] == []
        if locale == "zh_CN":
            assert not re.search(r"usage|positional|options:|show this|exit", shown)
        else:
            assert not re.search(r"[\u4e00-\u9fff]", shown)


def test_lines_break_between_chinese_characters_and_never_inside_a_word() -> None:
    assert wrapped("以 JSON 输出：left_out（不是买家消息的）、shortened", 20) == [
        "以 JSON 输出：",
        "left_out（不是买家消",
        "息的）、shortened",
    ]
    assert wrapped("一二三，四", 6) == ["一二", "三，四"]


def test_what_is_not_understood_ends_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    parser = parser_in("zh_CN")(prog="seabridge search")
    parser.add_argument("words", nargs="+", metavar="WORD")
    with pytest.raises(SystemExit) as left:
        parser.parse_args([])
    assert left.value.code == 2
    assert "运行 seabridge search --help 查看用法。" in capsys.readouterr().err


def test_what_is_missing_is_named_by_what_may_stand_there(capsys: pytest.CaptureFixture[str]) -> None:
    for command, words in ((["rules", "feed"], "{project,own,off}"), (["check"], "{listing,message}")):
        with pytest.raises(SystemExit):
            cli.main(command)
        assert f"required: {words}" in capsys.readouterr().err
