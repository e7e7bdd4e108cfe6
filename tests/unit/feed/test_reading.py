"""A feed is opened only when all of it is as its maker signed it; whatever else comes is refused by name."""

from __future__ import annotations

import json
import stat
import zipfile
from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.compliance.feed import container, manifest, signing
from companion.compliance.feed.container import MANIFEST, SIGNATURE, closed, opened
from companion.protocol.errors import ErrorCode, SeabridgeError

from .making import KEY, OTHER_KEY, PRINT, feed, members_of, rule, zipped
from .making import manifest as head_of

PATH = "compliance/made/cure.yml"


def refused(data: bytes) -> SeabridgeError:
    with pytest.raises(SeabridgeError) as caught:
        opened(data)
    return caught.value


def test_a_feed_says_what_it_is_and_whose() -> None:
    found = opened(feed(version=7, removed=["compliance/shipped/one.yml"]))
    assert (found.manifest.name, found.manifest.title, found.manifest.version) == ("made", "Made 规则", 7)
    assert found.manifest.removed == ["compliance/shipped/one.yml"]
    assert found.fingerprint == PRINT
    assert found.files == {PATH: rule().encode()}


def test_the_same_content_gives_the_same_bytes() -> None:
    assert feed() == feed()


@pytest.mark.parametrize("name", [MANIFEST, PATH])
def test_what_was_changed_after_signing_is_refused(name: str) -> None:
    data = zipped([(path, content + b" " if path == name else content) for path, content in members_of(feed())])
    error = refused(data)
    assert error.code is (ErrorCode.FEED_SIGNATURE if name == MANIFEST else ErrorCode.FEED_UNSAFE)


def test_a_file_of_the_same_length_but_other_content_is_refused() -> None:
    other = rule().replace("zyxcure", "zyxcare").encode()
    data = zipped([(path, other if path == PATH else content) for path, content in members_of(feed())])
    assert refused(data).data["problem"] == f"{PATH} is not what its maker signed"


def test_the_signature_of_another_feed_does_not_fit() -> None:
    signature = dict(members_of(feed(version=2)))[SIGNATURE]  # type: ignore[index]
    data = zipped([(path, signature if path == SIGNATURE else content) for path, content in members_of(feed())])
    assert refused(data).code is ErrorCode.FEED_SIGNATURE


@pytest.mark.parametrize(
    "signature",
    [b"", b"x" * 200, b"seabridge-feed-signature-1\n\n\n", b"seabridge-feed-signature-1\nAAAA\nAAAA\n", b"\xff" * 90],
)
def test_what_is_no_signature_is_refused_before_the_manifest_is_read(
    signature: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "read", lambda raw: pytest.fail("read before it was signed"))
    error = refused(zipped([(MANIFEST, b"{}"), (SIGNATURE, signature)]))
    assert error.code in (ErrorCode.FEED_UNREADABLE, ErrorCode.FEED_SIGNATURE)


def test_an_unsigned_manifest_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "read", lambda raw: pytest.fail("read before it was signed"))
    raw = head_of({})
    wrong = signing.signed(raw + b" ", KEY)
    assert refused(closed({}, raw, wrong)).code is ErrorCode.FEED_SIGNATURE


@pytest.mark.parametrize("missing", [MANIFEST, SIGNATURE, PATH])
def test_a_member_that_is_missing_is_named(missing: str) -> None:
    data = zipped([(path, content) for path, content in members_of(feed()) if path != missing])
    assert refused(data).data["problem"] == f"no {missing}"


@pytest.mark.parametrize(
    "path",
    [
        "../compliance/made/cure.yml", "/compliance/made/cure.yml", "C:/compliance/made/cure.yml",
        "compliance\\made\\cure.yml", "compliance/../compliance/made/cure.yml", "compliance/Made/cure.yml",
        "compliance/made/cure.yml/x.yml", "compliance/made/cure.yaml", "compliance/made/.cure.yml",
        "compliance/con/cure.yml", "compliance/rejected.yml", "compliance/made/deep/cure.yml", "compliance/made/x.py",
        "marketplaces/amazon/cases/orders.html", "marketplaces/amazon/pages/orders.js", "marketplaces/amazon/other.yml",
        "phrases/greeting.yml", "labels/other.yml", "schemas/page.schema.json", "feed.yml",
        "compliance/made/" + "a" * 41 + ".yml", "compliance/" + "a/" * 120 + "b.yml",
    ],
)  # fmt: skip
def test_files_that_no_feed_may_hold_are_refused(path: str) -> None:
    raw = {path: b"x: 1\n"}
    head = head_of(raw)
    data = zipped([(MANIFEST, head), (SIGNATURE, signing.signed(head, KEY)), (path, b"x: 1\n")])
    assert refused(data).code is ErrorCode.FEED_UNSAFE


@pytest.mark.parametrize(
    "removed", ["compliance/cues.yml", "marketplaces/amazon/marketplace.yml", "labels/kpi.yml", ""]
)
def test_only_rules_and_pages_can_be_removed(removed: str) -> None:
    assert refused(feed(removed=[removed])).code is ErrorCode.FEED_UNSAFE


def test_a_file_that_the_manifest_does_not_name_is_refused() -> None:
    error = refused(zipped([*members_of(feed()), ("compliance/made/other.yml", b"x: 1\n")]))
    assert "does not stand in feed.json" in error.data["problem"]


@pytest.mark.parametrize("name", [PATH, "compliance/made/CURE.yml"])
def test_two_members_that_are_one_file_somewhere_are_refused(name: str) -> None:
    with pytest.warns(UserWarning, match="Duplicate") if name == PATH else nullcontext():
        data = zipped([*members_of(feed()), (name, b"x: 1\n")])
    assert refused(data).code is ErrorCode.FEED_UNSAFE


def test_links_are_refused() -> None:
    link = zipfile.ZipInfo(PATH)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = zipped([(link if path == PATH else path, content) for path, content in members_of(feed())])
    assert refused(data).code is ErrorCode.FEED_UNSAFE


def test_a_bomb_is_refused_by_what_it_says_and_by_what_comes_out() -> None:
    large = zipped([*members_of(feed()), ("compliance/made/large.yml", b"\0" * (34 << 20))])
    assert len(large) < container.MOST_ZIP
    assert "too many files or bytes" in refused(large).data["problem"]
    assert refused(b"\0" * (container.MOST_ZIP + 1)).code is ErrorCode.FEED_UNSAFE
    head = head_of({PATH: rule().encode()})
    pairs = [(MANIFEST, head + b" " * (2 << 20)), (SIGNATURE, signing.signed(head, KEY)), (PATH, rule().encode())]
    assert "bounds" in refused(zipped(pairs)).data["problem"]  # type: ignore[arg-type]


def test_too_many_members_are_refused() -> None:
    many = [(f"compliance/made/a{at}.yml", b"") for at in range(manifest.MOST_FILES + 3)]
    assert refused(zipped([*members_of(feed()), *many])).code is ErrorCode.FEED_UNSAFE


@pytest.mark.parametrize(
    "given",
    [
        {"version": 0}, {"version": "1"}, {"version": 2**40}, {"name": "Made feed"}, {"title": ""},
        {"title": "turned \u202e round"}, {"title": "x" * 101}, {"made": "2026-13-01"}, {"expires": "soon"},
        {"expires": "2026-11-01"}, {"expires": "2028-11-01"}, {"files": {}, "removed": []}, {"more": 1},
        {"files": {PATH: {"size": -1, "sha256": "0" * 64}}}, {"files": {PATH: {"size": 1, "sha256": "zz"}}},
        {"removed": [PATH]},
    ],
)  # fmt: skip
def test_a_manifest_of_another_shape_is_refused(given: dict[str, Any]) -> None:
    raw = json.dumps({**json.loads(head_of({PATH: rule().encode()})), **given}).encode()
    data = closed({PATH: rule().encode()}, raw, signing.signed(raw, KEY))
    assert refused(data).code is ErrorCode.FEED_UNREADABLE


@pytest.mark.parametrize("given", [{"format": 2}, {"format": 2, "shape": "new"}])
def test_a_format_of_later_asks_for_a_newer_program(given: dict[str, Any]) -> None:
    assert refused(feed(**given)).code is ErrorCode.FEED_NEWER


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b'{"format": 1}', b"[" * 100_000, b"\xff\xfe"])
def test_a_manifest_that_is_none_is_refused(raw: bytes) -> None:
    data = closed({}, raw, signing.signed(raw, KEY))
    assert refused(data).code is ErrorCode.FEED_UNREADABLE


def test_other_ways_to_pack_are_refused() -> None:
    info = zipfile.ZipInfo(PATH)
    info.compress_type = zipfile.ZIP_LZMA
    data = zipped([(info if path == PATH else path, content) for path, content in members_of(feed())])
    assert refused(data).code is ErrorCode.FEED_UNSAFE


FEED = feed()
REFUSED = (ErrorCode.FEED_UNREADABLE, ErrorCode.FEED_UNSAFE, ErrorCode.FEED_SIGNATURE, ErrorCode.FEED_NEWER)


def outcome(data: bytes) -> Any:
    """The files of a feed, or why it is refused; anything else it raises fails the test."""
    try:
        return opened(data).files
    except SeabridgeError as error:
        return error.code


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_refused(data: bytes) -> None:
    assert refused(data).code is ErrorCode.FEED_UNREADABLE


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(FEED) - 1), st.integers(0, 255)), min_size=1, max_size=6),
    st.integers(0, len(FEED)),
)
def test_a_spoilt_feed_is_the_same_feed_or_refused(changes: list[tuple[int, int]], cut: int) -> None:
    spoilt = bytearray(FEED)
    for at, value in changes:
        spoilt[at] = value
    for data in (bytes(spoilt), FEED[:cut], FEED[cut:] + FEED[:cut]):
        found = outcome(data)
        assert found in REFUSED or found == opened(FEED).files


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["format", "name", "title", "version", "made", "expires", "files", "removed"]),
)
def test_any_value_in_a_signed_manifest_is_taken_or_refused(value: Any, name: str) -> None:
    head = {**json.loads(head_of({})), name: value}
    raw = json.dumps(head).encode()
    found = outcome(closed({}, raw, signing.signed(raw, KEY)))
    assert found in REFUSED or found == {}


def test_keys_are_told_by_their_fingerprint_however_it_is_typed() -> None:
    assert signing.plain(signing.spaced(PRINT).upper().replace(" ", ":")) == PRINT
    assert len(signing.spaced(PRINT).split()) == 16
    assert signing.fingerprint(signing.public_key(OTHER_KEY)) != PRINT


@pytest.mark.parametrize("file", [b"", b"x", b"seabridge-feed-private-key-1\nAAAA\n", b"-----BEGIN PRIVATE KEY-----\n"])
def test_what_is_no_private_key_is_refused(file: bytes) -> None:
    with pytest.raises(SeabridgeError) as caught:
        signing.public_key(file)
    assert caught.value.code is ErrorCode.FEED_UNREADABLE
