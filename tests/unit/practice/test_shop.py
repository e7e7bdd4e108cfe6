"""The shop's state and its one door, without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from companion.practice.shop import CONTROL_HOST, PracticeShop
from companion.practice.shops.serve import dress, hashed
from companion.practice.world import Settings

TIKTOK = "https://seller-us.tiktok.com"
EMILY = "7561209944410113001"


class Clock:
    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(clock: Clock) -> PracticeShop:
    return PracticeShop(clock=clock, settings=Settings(pace=1.0), live=False)


def get(shop: PracticeShop, url: str) -> Any:
    answer = shop.handle("GET", url)
    assert answer.status == 200, answer
    return json.loads(answer.body)


def post(shop: PracticeShop, url: str, body: object) -> Any:
    answer = shop.handle("POST", url, {"Content-Type": "application/json"}, json.dumps(body).encode())
    return answer.status, json.loads(answer.body) if answer.status == 200 else None


def test_lines_come_when_their_typing_time_is_over(shop: PracticeShop, clock: Clock) -> None:
    shop.arrive("emily")
    before = len(shop.thread("emily").messages)
    clock.now += 1.0
    assert len(shop.thread("emily").messages) == before
    clock.now += 5.0
    assert [one.text for one in shop.thread("emily").messages[before:]] == [
        "hi there",
        "When will order 576461890213347221 ship?",
    ]
    assert shop.thread("emily").unread == 2


def test_arriving_twice_is_arriving_once(shop: PracticeShop, clock: Clock) -> None:
    shop.arrive("emily")
    shop.arrive("emily")
    clock.now += 20
    assert [one.text for one in shop.thread("emily").messages].count("hi there") == 1


def test_live_buyers_come_by_themselves(clock: Clock) -> None:
    shop = PracticeShop(clock=clock)
    shop.tick()
    here = {key for key, mood in shop.moods.items() if mood.ask >= 0}
    assert "emily" in here
    assert "omar" not in here
    clock.now += 151
    shop.tick()
    assert all(mood.ask >= 0 for mood in shop.moods.values())


def test_a_buyer_still_typing_is_not_impatient(shop: PracticeShop, clock: Clock) -> None:
    shop.arrive("emily")
    clock.now += 5
    shop.tick()
    clock.now += 80
    shop.tick()
    clock.now += 10
    assert shop.thread("emily").messages[-1].text == "are you there?"


def test_the_same_client_id_is_stored_once(shop: PracticeShop) -> None:
    url = f"{TIKTOK}/chat/api/v1/send"
    first = post(shop, url, {"conversation": EMILY, "text": "We ship today", "client": "c1"})
    assert post(shop, url, {"conversation": EMILY, "text": "We ship today", "client": "c1"}) == first
    assert shop.sent("emily") == ["We ship today"]
    post(shop, url, {"conversation": EMILY, "text": "We ship today", "client": "c2"})
    assert shop.sent("emily") == ["We ship today", "We ship today"], "a page that sends twice is seen sending twice"


@pytest.mark.parametrize("body", [{"conversation": "nobody", "text": "x"}, {"conversation": EMILY, "text": "  "}])
def test_senseless_sends_are_refused(shop: PracticeShop, body: dict[str, str]) -> None:
    assert post(shop, f"{TIKTOK}/chat/api/v1/send", body)[0] == 400


def test_polling_says_nothing_when_nothing_is_new(shop: PracticeShop) -> None:
    url = f"{TIKTOK}/chat/api/v1/sync?conversation={EMILY}"
    first = get(shop, url)
    assert first["open"]["name"] == "emily_hart92"
    assert get(shop, f"{url}&since={first['revision']}") == {"revision": first["revision"]}


def test_a_page_sees_only_its_own_account(shop: PracticeShop) -> None:
    cards = get(shop, "https://seller.shopee.sg/webchat/api/v1.2/sync")["conversations"]
    assert [card["name"] for card in cards] == ["haruka.ito"]
    other = get(shop, f"https://seller.shopee.sg/webchat/api/v1.2/sync?conversation={EMILY}")
    assert other["open"] is None


def test_older_messages_come_with_a_larger_limit(shop: PracticeShop) -> None:
    thread = shop.stress("tiktok-us", 500)
    shop.configure(page=40)
    url = f"{TIKTOK}/chat/api/v1/sync?conversation={thread.id}"
    assert len(get(shop, url)["open"]["messages"]) == 40
    more = get(shop, f"{url}&limit=70")["open"]
    assert len(more["messages"]) == 70
    assert more["earlier"] is True


def test_a_stress_thread_has_n_different_messages(shop: PracticeShop) -> None:
    thread = shop.stress("shopee-sg", 500)
    assert len({one.text for one in thread.messages}) == 500
    assert len({one.id for one in thread.messages}) == 500
    assert shop.settings.page >= 500


def test_reset_is_the_first_day_again(shop: PracticeShop, clock: Clock) -> None:
    shop.arrive("emily")
    shop.stress("tiktok-us", 10)
    clock.now += 30
    shop.tick()
    shop.reset()
    assert shop.sent("emily") == []
    assert len(shop.of_account("tiktok-us")) == 2
    assert shop.thread("emily").unread == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://www.tiktok.com/",
        "https://seller.shopee.sg.evil.com/",
        "https://seller-us.tiktok.com.evil/",
        "https://x/",
    ],
)
def test_unknown_hosts_get_the_practice_404(shop: PracticeShop, url: str) -> None:
    answer = shop.handle("GET", url)
    assert answer.status == 404
    assert "practice.seabridge.invalid" in answer.body.decode()


def test_the_404_cannot_be_made_to_carry_markup(shop: PracticeShop) -> None:
    assert b"<script>" not in shop.handle("GET", "https://<script>alert(1)</script>/").body


def test_pages_are_strict_and_name_no_test_hook(shop: PracticeShop) -> None:
    for url in (f"{TIKTOK}/chat/inbox/current", "https://seller.shopee.sg/new-webchat/conversations"):
        answer = shop.handle("GET", url)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        page = answer.body.decode()
        assert "seabridge" not in page.lower()
        assert "_x_" not in page, "the page's own classes leave the server hashed"
        assert "{{" not in page


def test_no_shop_source_names_the_extension() -> None:
    import companion.practice.shops as shops

    for folder in ("tiktok", "shopee", "kit"):
        for path in (Path(shops.__file__).parent / folder).iterdir():
            if path.suffix in {".js", ".css", ".html"}:
                assert "seabridge" not in path.read_text("utf-8").lower(), path.name


def test_hashed_names_look_like_a_builds_and_depend_on_it() -> None:
    assert hashed("row", "a") != hashed("row", "b")
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{9}", hashed("row", "a"))
    assert dress("._x_row-head ._x_row {}", "s") == f".{hashed('row-head', 's')} .{hashed('row', 's')} {{}}"


def test_a_picture_needs_its_signature(shop: PracticeShop) -> None:
    good = "https://p16-im-sign-sg.tiktokcdn.com/file/broken-lamp.png"
    assert shop.handle("GET", good).status == 403
    assert shop.handle("GET", f"{good}?x-expires=9999999999&x-signature=00").status == 403


def test_the_control_page_turns_the_knobs(shop: PracticeShop) -> None:
    base = f"https://{CONTROL_HOST}"
    assert post(shop, f"{base}/settings", {"mount_ms": 60_000})[1]["mount_ms"] == 60_000
    assert post(shop, f"{base}/settings", {"nonsense": 1})[0] == 400
    assert post(shop, f"{base}/arrive", {"buyer": "nobody"})[0] == 404
    assert post(shop, f"{base}/arrive", {"buyer": "omar"})[0] == 200
    assert shop.moods["omar"].waiting
    state = get(shop, f"{base}/state?lang=zh")
    assert state["texts"]["practice_home_title"] == "练习店铺"
    stages = {one["id"]: one["stage"] for each in state["shops"] for one in each["buyers"]}
    assert stages["omar"] == "waiting"
    assert stages["emily"] == "coming"
    assert post(shop, f"{base}/stress", {"account": "tiktok-us", "messages": 30})[1]["messages"] == 30
    assert post(shop, f"{base}/storm", {"times": 3})[1] == {"id": 1}
    post(shop, f"{TIKTOK}/chat/api/v1/refreshed", {"id": 1, "took_ms": 12.5})
    assert get(shop, f"{base}/state")["storm"]["done"] is True


def test_conversations_survive_closing_the_window(clock: Clock, tmp_path: Path) -> None:
    file = tmp_path / "shop.json"
    shop = PracticeShop(clock=clock, live=False, keep=file)
    shop.arrive("emily")
    clock.now += 10
    shop.tick()
    shop.send(EMILY, "We will ship your order today.", "c1")  # her reaction is still being typed
    shop.save()
    clock.now += 60
    again = PracticeShop(clock=clock, live=False, keep=file)
    lines = [one.text for one in again.thread("emily").messages]
    assert lines[-3:] == ["We will ship your order today.", "Okay, got it.", "How long does delivery take?"]
    assert again.sent("emily") == ["We will ship your order today."]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 99}'])
def test_a_damaged_memory_begins_a_first_day(clock: Clock, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "shop.json"
    file.write_bytes(content)
    shop = PracticeShop(clock=clock, live=False, keep=file)
    assert shop.thread("emily").name == "emily_hart92"


def test_starting_over_brings_new_people_with_new_threads(clock: Clock, tmp_path: Path) -> None:
    file = tmp_path / "shop.json"
    shop = PracticeShop(clock=clock, live=False, keep=file)
    before = {one.id: (one.name, one.conversation, one.user) for one in shop.buyers.values()}
    shop.reset(new_people=True)
    after = {one.id: (one.name, one.conversation, one.user) for one in shop.buyers.values()}
    for buyer, old in before.items():
        assert not set(old) & set(after[buyer])
        assert [len(part) for part in old[1:]] == [len(part) for part in after[buyer][1:]]
    assert len({one for _, one, _ in after.values()}) == len(after)
    shop.save()
    assert PracticeShop(clock=clock, live=False, keep=file).buyers["emily"].name == after["emily"][0]
