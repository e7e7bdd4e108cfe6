"""Who translates: the seller sets a service up, sees where texts go, and asks another engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from companion.protocol.methods.engines import EnginesOrderParams, EnginesResult, EnginesSaveParams
from companion.translation.board import EngineBoard
from tests.unit.translation.remote.stand_in import StandIn, serving

from .conftest import Desk, bar, bubbles
from .own_translator import SCRIPT, put_into_offscreen
from .stand_in import made

KEY = "sk-test-do-not-show-4711"


@pytest.fixture
def service() -> Iterator[StandIn]:
    """A LibreTranslate server on this machine."""
    with serving(
        StandIn(translate=lambda text: f"服务译好了 {''.join(c for c in text if c.isdigit())}".strip())
    ) as stand:
        yield stand


@pytest.fixture
def ready(desk: Desk, service: StandIn) -> Iterator[StandIn]:
    """The service set up, to be asked only at a press."""
    board = desk.office.translator.board
    board.save(EnginesSaveParams(name="libretranslate", preset="libretranslate", base_url=service.url))
    yield service
    board.remove("libretranslate")


def options(desk: Desk, width: int = 1280) -> Page:
    page = desk.browser.page(desk.browser.own_page("options.html"))
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.locator("#engine-add")).to_be_visible()
    # a name that stands twice leads keyboard and tests to the wrong one
    ids = page.evaluate("() => Array.from(document.querySelectorAll('[id]'), one => one.id)")
    assert sorted(ids) == sorted(set(ids))
    return page


def set_up(page: Page, service: StandIn, when: str) -> None:
    """Through the form, as a seller fills it."""
    page.locator("#engine-add").click()
    page.locator("#engine-preset").select_option("libretranslate")
    page.locator("#engine-address").fill(service.url)
    page.locator("#engine-key").fill(KEY)
    page.locator("#engine-when").select_option(when)
    page.locator("#engine-key").press("Enter")
    expect(page.locator("[data-engine=libretranslate]")).to_be_visible()


@contextmanager
def slowly() -> Iterator[Callable[[], None]]:
    """Orders are taken once the function it gives is called."""
    gate, order = threading.Event(), EngineBoard.order

    def late(board: EngineBoard, params: EnginesOrderParams) -> EnginesResult:
        assert gate.wait(30)
        return order(board, params)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EngineBoard, "order", late)
        yield gate.set


def test_a_service_is_set_up_tried_put_in_order_and_forgotten(
    desk: Desk, service: StandIn, eventually: Callable[..., None]
) -> None:
    board = desk.office.translator.board
    page = options(desk)
    expect(page.locator("#first-offline")).to_be_checked()
    page.locator("#engine-add").click()
    where = page.locator("#engine-where")
    expect(where).to_contain_text("api.deepseek.com")  # said before anything is saved
    page.locator("#engine-preset").select_option("libretranslate")
    page.locator("#engine-address").fill("http://translate.example.com")
    page.locator("#engine-save").click()
    expect(page.locator("form [role=alert]")).to_contain_text("https")  # texts never travel in the clear
    assert [engine.name for engine in board.all().engines] == ["argos", "bergamot", "browser"]

    set_up(page, service, "last")
    eventually(lambda: board.all().order == ["argos", "bergamot", "libretranslate"])
    page.locator("#engine-libretranslate-test").click()
    expect(page.locator("[data-trial=libretranslate]")).to_contain_text("服务译好了 4711")
    assert [asked.body["api_key"] for asked in service.asked] == [KEY]
    assert KEY not in page.content(), "the key was shown again"
    assert KEY not in str(page.evaluate("async () => JSON.stringify(await chrome.storage.local.get())"))

    up = page.locator("#engine-libretranslate-up")
    up.focus()
    up.press("Enter")
    up.press("Enter")
    expect(page.locator("#engine-libretranslate-down")).to_be_focused()  # at the top there is only one way
    expect(page.locator(".engine").first).to_have_attribute("data-engine", "libretranslate")
    expect(page.locator("#first-own")).to_be_checked()
    page.locator("#first-offline").check()
    expect(page.locator(".engine").first).to_have_attribute("data-engine", "argos")
    with slowly() as go_on:
        page.locator("#engine-bergamot").uncheck()
        page.locator(".pairs summary").click()
        page.locator("#pair-languages").select_option("ja-zh")
        page.locator("#pair-engine").select_option("bergamot")
        said = page.locator("section:has(#engines) > [role=status]")
        said.evaluate("line => { line.textContent = '' }")
        go_on()
        expect(said).to_have_text("已保存。")
    assert board.all().order == ["argos", "libretranslate"]
    expect(page.locator("#pair-languages")).to_have_value("ja-zh")  # what the seller is about is not drawn anew
    page.locator("#pair-add").click()
    expect(page.locator(".pairs li")).to_contain_text("日语")
    eventually(lambda: board.all().pairs == {"ja-zh": ["bergamot", "argos", "libretranslate"]})
    page.locator(".pairs li button").click()
    expect(page.locator(".pairs li")).to_have_count(0)
    expect(page.locator("section:has(#engines)")).to_contain_text("Argos 离线引擎没有：越南语")

    gone = page.locator("[data-engine=libretranslate] button").last
    gone.click()
    gone.click()
    expect(page.locator("[data-engine=libretranslate]")).to_have_count(0)
    assert board.all().order == ["argos"]


def test_a_doubtful_translation_says_why_and_another_engine_makes_it_anew(desk: Desk, ready: StandIn) -> None:
    text = "¿Llega hoy?"
    desk.office.translator.say[text] = made("", "今天 3 点到吗？", "es", "zh", doubt=["number_changed"])
    desk.shop.say("lucia", text)
    page = desk.tiktok("lucia")
    said = page.locator("[data-seabridge=bubble]:has-text('今天 3 点到吗')")
    expect(said.locator("[part=notes]")).to_contain_text("存疑 · 译文里的数字和原文不一致")
    another = said.locator("[part=another]")
    expect(another).to_have_text("换 LibreTranslate 再译（不出本机）")  # where it goes is said before the press
    ready.wrong = [500] * 4
    another.click()
    expect(said.locator("[role=status]")).to_contain_text("没有译出来")
    expect(bubbles(page).filter(has_text="今天 3 点到吗")).to_have_count(1)  # a failure takes nothing away
    ready.wrong = []
    another.focus()
    another.press("Enter")
    better = bubbles(page).filter(has_text="服务译好了")
    expect(better).to_be_focused()
    engine = page.locator("[data-seabridge=bubble]:has-text('服务译好了') [part=engine]")
    expect(engine).to_contain_text("libretranslate · 不出本机")
    expect(engine.locator("[part=another]")).to_have_count(0)  # there is no further engine
    assert desk.office.translator.named == [("libretranslate", [text])] * 2


def test_the_composer_bar_offers_another_engine_too(
    desk: Desk, ready: StandIn, eventually: Callable[..., None]
) -> None:
    desk.office.translator.say["今天发货"] = made("", "Lo enviamos hoy", "zh", "es", destination="api.example.com")
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("今天发货")
    expect(bar(page, "engine")).to_contain_text("发到 api.example.com")
    bar(page, "another").click()
    expect(bar(page, "target")).to_have_text("服务译好了")
    expect(bar(page)).to_be_focused()
    bar(page).press("Enter")
    expect(page.locator("textarea:not([part])").last).to_have_value("服务译好了")
    eventually(lambda: [draft.engine for draft in desk.office.archive.drafts] == ["libretranslate"])


WARNINGS = """async () => {
  const {permissions, ...rest} = chrome.runtime.getManifest();
  const warned = (names) =>
    chrome.management.getPermissionWarningsByManifest(JSON.stringify({...rest, permissions: names}));
  return [await warned(permissions), await warned(permissions.filter((name) => name !== "offscreen"))];
}"""


def downloaded(page: Page) -> None:
    """The download that is on its way arrives."""
    page.wait_for_function("() => 'downloaded' in globalThis")
    page.evaluate("downloaded()")


def test_the_browsers_own_translator_is_downloaded_in_the_options_and_asked_beside_a_message(desk: Desk) -> None:
    page = desk.browser.context.new_page()
    page.add_init_script(SCRIPT)
    put_into_offscreen(desk.browser, page)
    page.goto(desk.browser.own_page("options.html"))
    row = page.locator("[data-engine=browser]")
    expect(row).to_contain_text("不离开这台电脑")
    expect(row).to_contain_text("还没有下载好的语言")
    expect(row).to_contain_text("这个浏览器没有：泰语")
    page.locator("#browser-language").select_option("es")
    page.locator("#browser-download").click()
    expect(row.locator("progress")).to_have_attribute("value", "0.37")
    expect(row).to_contain_text("37%")
    downloaded(page)
    expect(row).to_contain_text("西班牙语 → 中文 已可使用")
    expect(page.locator("#browser-download")).to_have_text(
        "下载 中文 → 西班牙语"
    )  # the answers take a press of their own
    page.locator("#browser-download").click()
    downloaded(page)
    expect(row).to_contain_text("这个浏览器里已有：西班牙语")
    page.locator("#engine-browser-test").click()
    expect(page.locator("[data-trial=browser]")).to_contain_text("浏览器译：这件衣服")
    info = next(each for each in desk.office.translator.board.all("es", "zh").engines if each.name == "browser")
    assert (info.ready, info.problem, info.missing) == (True, "", [])

    text = "¿Llega el pedido 4711?"
    desk.office.translator.say[text] = made("", "今天到吗？", "es", "zh", doubt=["number_changed"])
    desk.shop.say("lucia", text)
    chat = desk.tiktok("lucia")
    another = chat.locator("[data-seabridge=bubble]:has-text('今天到吗') [part=another]")
    expect(another).to_have_text("换 浏览器自带翻译 再译（不出本机）")
    another.click()
    better = chat.locator("[data-seabridge=bubble]:has-text('浏览器译')")
    expect(better).to_contain_text("4711")
    expect(better.locator("[part=engine]")).to_contain_text("浏览器自带翻译 · 不出本机")

    worker = desk.browser.worker
    assert worker
    before, after = worker.evaluate(WARNINGS)
    assert before == after, "the offscreen page must not make the browser warn at install"
