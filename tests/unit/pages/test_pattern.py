"""JavaScript's patterns in Python: the same, or refused."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.pages.pattern import WINDOW, PatternRefused, compiled_pattern, first_group, search


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^(\d{6,30})$", "7494000000000000001", "7494000000000000001"),
        (r"(\d{1,2}:\d{2})\s*$", "Yes 2 9:06 ", "9:06"),
        (r"^/(new-)?webchat(?!/mini)(/|$)", "/webchat/mini", None),
        (r"^/(new-)?webchat(?!/mini)(/|$)", "/new-webchat/conversations", "new-"),
        (r"\.([a-z]{2})$", "seller.shopee.com.br", "br"),
        (r"(a)?b", "b", "b"),  # a group that took no part: the whole match, as the live reader does
        (r"\d", "٣", None),  # an Arabic digit is none in a browser
        (r"\w+", "añb", "a"),
        (r"\s", "\u3000", "\u3000"),
        (r"\s", "\ufeff", "\ufeff"),
        (r"\S", "\u00a0x", "x"),
        (r"a$", "a\n", None),  # Python's own $ would fit
        (r"a.b", "a\u2028b", None),
        (r"[\s,]+", "x,\u3000y", ",\u3000"),
        (r"[^\s]+", "\u3000ab", "ab"),
        (r"[[&&~]", "[", "["),  # no nested sets, no warnings
        (r"[a\-z]+", "-", "-"),
        (r"[-a]+", "-a", "-a"),
        (r"[a-c]+", "abcd", "abc"),
        (r"\u{1F381}", "🎁", "🎁"),
        (r"\u00e9\x41", "éA", "éA"),
        (r"\/x", "/x", "/x"),
        (r"(?<=#)\d+", "#12", "12"),
    ],
)
def test_what_fits_in_a_browser_fits_here(pattern: str, text: str, found: str | None) -> None:
    assert first_group(pattern, text) == found


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{L}", r"(?P<a>x)", r"(?<a>x)", r"(?i)x", r"(?>x)", r"(?#x)", r"a++", r"a*+", r"a{2}+", r"(a)\1", r"\k<a>",
        r"\Ax", r"x\Z", r"[^]", r"[]", r"[a", r"(a", r"a)", r"*a", r"a**", r"{", r"a{,3}", r"]", r"\ca", "\\",
        r"[\S]", r"\u{110000}", r"(?<=a+)b", r"^*",
    ],
)  # fmt: skip
def test_what_differs_is_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused):
        compiled_pattern(pattern)


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|aa)+$", r"(?:\s*\d+)*x", r"((a{1,99})b?){2,}", r"a*" * 9])
def test_what_could_take_for_ever_is_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused):
        compiled_pattern(pattern)


def test_a_long_value_is_looked_at_where_the_pattern_points() -> None:
    text = "9:05" + " " * 50_000 + "x" * 10_000 + "9:06"
    began = time.perf_counter()
    assert first_group(r"^(\d{1,2}:\d{2})", text) == "9:05"
    assert first_group(r"(\d{1,2}:\d{2})\s*$", text) == "9:06"
    assert search(r"^9:06$", "x" * WINDOW + "9:06") is None, "the window's edge is no beginning"
    assert search(r"\s*\d{1,2}:\d{2}\s*$", " " * 20_000 + "x" + " " * 20_000) is None
    assert time.perf_counter() - began < 2


@given(st.text(alphabet="ab()[]{}*+?|^$.\\dsS-1,:<=!P", max_size=14), st.text(alphabet="ab1 :\n-", max_size=12))
def test_any_text_is_a_pattern_or_refused(pattern: str, text: str) -> None:
    try:
        found = first_group(pattern, text)
    except PatternRefused:
        return
    assert found is None or found in text


ATOMS = (
    r"\d \w \s \S a b [a-c] [^\s] [\s,] . \. (?:ab|c) (a) (b)? \b ^ $ (?=a) (?!b) : 1 é 🎁 \u{1F381} \u3000 - [-x] \/"
)
REPEATS = ["", "", "", "*", "+", "?", "{1,2}", "*?"]
TEXTS = ["", "a", "ab abc", "12:30", "é1 b", "a\u2028b", "x\u3000y", "\ufeffa", "🎁 a", "a\n", "b\na", "9:05 AM", "٣"]
SCRIPT = """const [patterns, texts] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const find = (source, text) => { const found = new RegExp(source, 'u').exec(text);
    return found ? found[1] ?? found[0] : null; };
process.stdout.write(JSON.stringify(patterns.map(one => texts.map(text => find(one, text)))));"""


def test_thousands_of_patterns_read_as_in_javascript() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node.js")
    dice, atoms = random.Random(3), ATOMS.split()
    patterns: list[str] = []
    while len(patterns) < 2_000:
        pattern = "".join(dice.choice(atoms) + dice.choice(REPEATS) for _ in range(dice.randint(1, 4)))
        try:
            compiled_pattern(pattern)
        except PatternRefused:
            continue
        patterns.append(pattern)
    here = [[first_group(pattern, text) for text in TEXTS] for pattern in patterns]
    asked = json.dumps([patterns, TEXTS])
    done = subprocess.run([node, "-e", SCRIPT], input=asked, capture_output=True, check=True, encoding="utf-8")
    assert dict(zip(patterns, here, strict=True)) == dict(zip(patterns, json.loads(done.stdout), strict=True))
