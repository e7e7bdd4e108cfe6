"""Which practice page an address gets, and how it is served."""

from __future__ import annotations

import re

from companion.practice.described import DescribedPage, by_marketplace, shipped
from companion.practice.shop import CONTROL_HOST, PracticeShop
from companion.practice.shops.pages import Described

HOST = "seller.example.com"
BODY = "<style>p{}</style><p class=_x_row>"
PAGES = [
    DescribedPage("m", "plain", f"https://{HOST}/inbox", f"{BODY}plain"),
    DescribedPage("m", "tab", f"https://{HOST}/inbox?tab=2&x=1", f"{BODY}tab"),
    DescribedPage(
        "m", "tab-again", f"https://{HOST}/inbox?tab=2&x=1#top", f"{BODY}again<iframe srcdoc='&lt;style&gt;'>"
    ),
]


def body(found: tuple[int, dict[str, str], bytes] | None) -> str:
    assert found is not None
    return found[2].decode()


def test_exact_address_then_the_path_and_other_paths_and_hosts_are_nothing() -> None:
    here = Described(PAGES)
    assert body(here.answer(HOST, "/inbox")).endswith("plain")
    assert body(here.answer(HOST, "/inbox?tab=2&x=1")).endswith("tab")
    assert body(here.answer(HOST, "/inbox?tab=9")).endswith("plain")
    assert here.answer(HOST, "/inbox/7") is None
    assert here.answer("other.example.com", "/inbox") is None


def test_a_case_can_be_asked_for_by_name_and_has_an_address_of_its_own() -> None:
    here = Described(PAGES)
    assert "again" in body(here.answer(HOST, "/inbox?practice_page=tab-again"))
    assert here.answer(HOST, "/inbox?practice_page=nothing") is None
    addresses = [here.address(page) for page in PAGES]
    assert addresses == [
        f"https://{HOST}/inbox",
        f"https://{HOST}/inbox?tab=2&x=1",
        f"https://{HOST}/inbox?tab=2&x=1&practice_page=tab-again#top",
    ]


def test_class_names_differ_from_load_to_load_and_the_policy_is_strict() -> None:
    here = Described(PAGES)
    first, second = (here.answer(HOST, "/inbox") for _ in range(2))
    names = [re.search(r"class=(\w+)>", body(one)) for one in (first, second)]
    assert all(names)
    assert len({name[1] for name in names if name}) == 2
    assert first is not None
    policy = first[1]["content-security-policy"]
    nonce = re.search(r"style nonce=([\w-]+)>", body(first))
    assert nonce
    assert f"style-src 'self' 'nonce-{nonce[1]}'" in policy
    assert "script-src 'self';" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")


def test_styles_in_a_frame_get_the_nonce_too() -> None:
    assert re.search(
        r"&lt;style nonce=[\w-]+&gt;", body(Described(PAGES).answer(HOST, "/inbox?practice_page=tab-again"))
    )


def test_a_late_page_is_a_skeleton_first_and_nonsense_is_no_delay() -> None:
    here = Described(PAGES)
    assert "/assets/practice/late.js" in body(here.answer(HOST, "/inbox?late=500"))
    assert here.answer(HOST, "/assets/practice/late.js") is not None
    for nonsense in ("0", "-1", "1e9", "9" * 40, "x"):
        assert body(here.answer(HOST, f"/inbox?late={nonsense}")).endswith("plain")
    for query in ("tab=2&x=1&late=0", "late=0&tab=2&x=1", "tab=2&late=0&x=1"):
        assert body(here.answer(HOST, f"/inbox?{query}")).endswith("tab")


def test_every_shipped_page_stands_behind_the_door_under_its_link() -> None:
    shop, here = PracticeShop(live=False), Described(shipped())
    for page in shipped():
        answer = shop.handle("GET", here.address(page).partition("#")[0])
        assert answer.status == 200, page.address
        assert b"/app.js" not in answer.body, "the living shop answers instead"
        title = re.search(r"<title>.*?</title>", page.source)
        assert title is None or title[0].encode() in answer.body


def test_the_living_shops_keep_their_chats_and_give_way_elsewhere() -> None:
    shop = PracticeShop(live=False)
    for url in (
        "https://seller.shopee.sg/new-webchat/conversations?lang=en",
        "https://seller.shopee.sg/portal/product/list/live/all",
        "https://seller-us.tiktok.com/chat/inbox/current?oec_seller_id=1&shop_region=US&lang=en",
    ):
        assert b"/app.js" in shop.handle("GET", url).body, url
    assert b"/app.js" not in shop.handle("GET", "https://seller.shopee.sg/portal/accounthealth/home").body
    assert shop.handle("GET", "https://seller.shopee.sg/portal/other").status == 200


def test_marketplaces_are_listed_by_kind() -> None:
    listed = by_marketplace(shipped())
    titles = [title for title, _pages in listed]
    assert titles == sorted(titles, key=str.casefold)
    assert sum(len(pages) for _title, pages in listed) == len(shipped())
    kinds = {page.case: kind for _title, pages in listed for kind, page in pages if page.marketplace == "temu"}
    assert kinds["orders"] == "orders"
    answer = PracticeShop(live=False).handle("GET", f"https://{CONTROL_HOST}/described")
    assert b'"kind":"orders"' in answer.body.replace(b" ", b"")


def test_a_form_that_is_sent_stands_in_the_page_until_the_first_day_again() -> None:
    shop = PracticeShop(live=False)
    page = next(page for page in shipped() if (page.marketplace, page.case) == ("etsy", "listing"))
    query = "title=New+%3Cb%3E+title&description=One%0D%0ATwo&instructions=&weight=0.5"
    moved = shop.handle("GET", f"{page.address}?{query}").body.decode()
    assert f'url={page.url.path}"' in moved
    saved = shop.handle("GET", page.address).body.decode()
    assert "New &lt;b&gt; title</textarea>" in saved
    assert ">One\nTwo</textarea>" in saved
    assert 'value="24.50"' in saved, "a field without a name is not sent"
    # an address with something else behind it saves nothing
    assert (
        "New"
        not in shop.handle(
            "GET", "https://www.etsy.com/your/shops/PapierMondAtelier/listing-editor/create?a=1&b=2"
        ).body.decode()
    )
    shop.reset()
    assert shop.handle("GET", page.address).body.decode().count("Linen notebook") == 1
