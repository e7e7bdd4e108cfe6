"""The seller keeps glossary, memory and own rules in the side panel, and searches the archive there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from playwright.sync_api import Page, expect

from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams, ThreadMarkParams
from companion.protocol.values import SeenMessage, ThreadRef

from ..conftest import Seabridge

#: Thursday, 3 September 2026, 15:30 in Shanghai.
NOW = 1788420600.0
REPLY = "我们今天就给您发货。"
TMX = """<?xml version="1.0" encoding="UTF-16"?><tmx version="1.4"><header srclang="zh"/><body>
<tu><tuv xml:lang="zh"><seg>我们今天就给您发货。</seg></tuv><tuv xml:lang="en"><seg>Off it goes today!</seg></tuv></tu>
<tu><tuv xml:lang="zh"><seg>今天给您发货</seg></tuv><tuv xml:lang="en"><seg>We ship it today.</seg></tuv></tu>
</body></tmx>"""


def open_panel(seabridge_page: Seabridge) -> Page:
    """The side panel, as narrow as it gets."""
    page = seabridge_page.browser.page(seabridge_page.browser.own_page("panel.html"))
    page.set_viewport_size({"width": 360, "height": 760})
    return page


def upload(panel: Page, name: str, content: bytes) -> None:
    """Choose a file to import in the view at hand."""
    panel.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})


def narrow_enough(panel: Page) -> bool:
    """Nothing sticks out to the side."""
    return bool(panel.evaluate("document.querySelector('main').scrollWidth <= document.documentElement.clientWidth"))


def test_a_glossary_is_made_by_hand_and_from_a_file(seabridge_page: Seabridge, tmp_path: Path) -> None:
    panel = open_panel(seabridge_page)
    panel.get_by_role("tab", name="会话").focus()
    panel.keyboard.press("ArrowRight")
    expect(panel.get_by_role("heading", name="词汇表还是空的")).to_be_visible()

    panel.locator("[data-do=add]").click()
    expect(panel.locator("#term-text")).to_be_focused()
    panel.keyboard.type("Anker")
    panel.keyboard.press("Enter")
    expect(panel.locator("[data-term]")).to_contain_text(["Anker"])
    assert narrow_enough(panel)

    panel.locator("[data-do=add]").click()
    panel.locator("#term-text").fill("加大码")
    panel.get_by_label("固定译法").check()
    panel.locator("#term-text").press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("至少写一种语言")
    panel.locator(".rendering input").first.fill("plus size")
    panel.keyboard.press("Enter")
    expect(panel.locator("[data-term]")).to_have_count(2)

    # a spreadsheet on a Chinese Windows writes its own encoding; a fault is named with its line, and nothing is taken
    upload(panel, "terms.csv", "text,kind,en\r\n藏青,colour,navy\r\n米白,paint,off-white\r\n".encode("gb18030"))
    expect(panel.locator(".exchange [role=status]")).to_contain_text("第 3 行的“kind”")
    expect(panel.locator("[data-term]")).to_have_count(2)
    upload(panel, "terms.csv", "text,kind,en\r\n藏青,colour,navy\r\n米白,colour,off-white\r\n".encode("gb18030"))
    expect(panel.locator("[data-term]")).to_have_count(4)
    with panel.expect_download() as saved:
        panel.locator("[data-do=export-csv]").click()
    saved.value.save_as(tmp_path / "terms.csv")
    assert "off-white" in (tmp_path / "terms.csv").read_text("utf-8")

    panel.get_by_role("searchbox").fill("navy")
    expect(panel.locator("[data-term]")).to_have_count(1)
    panel.get_by_role("button", name="删除").click()
    panel.get_by_role("button", name="再按一次删除").click()
    expect(panel.locator("[data-term]")).to_have_count(0)
    panel.get_by_role("searchbox").fill("")
    expect(panel.locator("[data-term]")).to_have_count(3)

    # larger than a request may be: it is uploaded first
    big = "text,keep,note\r\n" + "".join(f"Brand {n},1,{'x' * 290}\r\n" for n in range(1_200))
    upload(panel, "big.csv", big.encode())
    expect(panel.locator(".exchange [role=status]")).to_contain_text("1200")


def test_what_was_sent_is_remembered_and_a_word_of_the_chat_becomes_a_term(seabridge_page: Seabridge) -> None:
    chat = seabridge_page.chat("emily")
    chat.translation_of(seabridge_page.shop.thread("emily").messages[-1].text)
    target, _ = chat.write_in_bar(REPLY)
    chat.insert(target)
    chat.bar("input").press_sequentially("x")
    chat.bar("input").fill("")
    chat.bar("input").fill(REPLY)
    chat.until(lambda: "以前发过" in chat.text_of(chat.bar("engine")), "the words sent before")
    assert chat.text_of(chat.bar("target")) == target

    panel = open_panel(seabridge_page)
    panel.get_by_role("tab", name="翻译记忆").click()
    expect(panel.locator("[data-pair]")).to_have_count(1)
    expect(panel.locator("[data-pair]")).to_contain_text(target)

    upload(panel, "broken.tmx", b"<tmx><body>\n<tu>")
    expect(panel.locator(".exchange [role=status]")).to_contain_text("第 2 行")
    upload(panel, "pairs.tmx", TMX.encode("utf-16"))
    expect(panel.locator("[data-pair]")).to_have_count(2)
    assert narrow_enough(panel)

    chat.page.bring_to_front()
    chat.bar("input").fill("")
    chat.bar("input").fill(REPLY)
    chat.until(lambda: chat.text_of(chat.bar("target")) == "Off it goes today!", "what the file says now")
    chat.bar("input").press("Alt+ArrowDown")
    chat.until(lambda: chat.text_of(chat.bar("target")) == target, "the phrasebook's words again")
    chat.until(lambda: "第 2 种说法" in chat.text_of(chat.bar("note")), "which way it is")
    chat.insert(target)

    panel.bring_to_front()
    panel.get_by_role("tab", name="会话").click()
    panel.locator("[data-thread]").first.click()
    word = panel.locator(".bubble.buyer [dir]").first
    text = word.text_content() or ""
    word.evaluate(
        """node => {
            const range = document.createRange();
            range.setStart(node.firstChild, 0);
            range.setEnd(node.firstChild, node.textContent.indexOf(' '));
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    panel.locator("[data-do=select-term]").click()
    expect(panel.locator("#term-text")).to_have_value(text.split(" ")[0].rstrip(","))
    expect(panel.get_by_label("哪个店铺")).not_to_have_value('["",""]')


def test_what_is_sent_over_a_finding_stands_in_the_log(seabridge_page: Seabridge) -> None:
    chat = seabridge_page.chat("emily")
    chat.write_in_page("Please write to nubo.service@gmail.com")
    # a companion that just started reads its rules first, and meanwhile keeps nothing back
    chat.scope.locator("[data-seabridge=found] [part=found-error]").wait_for()
    chat.press_send()
    chat.guard("change").wait_for()
    assert seabridge_page.shop.sent("emily") == []
    chat.guard("send-anyway").click()
    log = sqlite3.connect(f"{seabridge_page.companion.paths.archive.as_uri()}?mode=ro", uri=True)
    try:
        told = "SELECT detail FROM events WHERE kind = 'overruled'"
        chat.until(lambda: "messages/email" in str(log.execute(told).fetchall()), "the log names the rule")
    finally:
        log.close()
    assert seabridge_page.shop.sent("emily") == ["Please write to nubo.service@gmail.com"]


def fill(seabridge: Seabridge) -> None:
    """A long conversation and a short one, put into the archive as if they had been seen."""
    archive = Archive.open(seabridge.companion.paths.archive, seabridge.companion.paths.files)
    long = [SeenMessage(direction="buyer", text=f"hola {number}", key=f"k{number}") for number in range(90)]
    long[4] = SeenMessage(direction="buyer", text="Quiero un reembolso, ¡reembolso ya!", key="k4", order="2409-0312")
    threads = []
    for buyer, rows in (
        ("Lucía Peña", long),
        ("Mateo", [SeenMessage(direction="seller", text="Su reembolso salió ayer")]),
    ):
        ref = ThreadRef(marketplace="shopee", region="sg", shop="deepsea", thread=buyer, buyer=buyer)
        seen = archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=NOW + len(buyer)))
        threads.append(seen.thread_id)
    archive.mark(ThreadMarkParams(thread_id=threads[0], star=True, tags=["催单"], note="下次送小礼物"))
    # the page shows another text for one message, and no longer shows another one
    ref = ThreadRef(marketplace="shopee", region="sg", shop="deepsea", thread="Lucía Peña", buyer="Lucía Peña")
    changed = [SeenMessage(direction="buyer", text="¿Y mi dinero?", key="k40"), *long[41:45], *long[46:60]]
    archive.see(MessageSeenParams(thread=ref, messages=changed, observed_at=NOW + 60))
    archive.close()


def test_the_archive_in_the_side_panel(seabridge_page: Seabridge) -> None:
    fill(seabridge_page)
    panel = open_panel(seabridge_page)
    field = panel.get_by_role("searchbox", name="搜索聊天记录")
    hits = panel.locator("button[data-message]")
    marked = panel.locator("[data-thread]").filter(has_text="催单")
    expect(marked.get_by_role("img", name="已加星标")).to_be_visible()
    expect(marked).to_contain_text("Lucía Peña")
    field.fill("reembolso")
    expect(hits).to_have_count(2)
    panel.get_by_role("button", name="最相关的在前").click()
    expect(hits.first).to_contain_text("reembolso ya")
    panel.get_by_role("button", name="筛选").click()
    panel.get_by_role("button", name="我说的").click()
    expect(hits).to_have_count(1)
    expect(field).to_have_value("reembolso 来自:我")
    panel.get_by_role("button", name="我说的").click()
    expect(hits).to_have_count(2)
    assert narrow_enough(panel)

    field.fill("reembolso 之前：明天")
    expect(panel.get_by_role("status").filter(has_text="“明天”不是日期")).to_be_visible()
    field.fill("订单：2409 店铺：shopee")
    expect(hits.locator("mark")).to_have_text(["2409"])
    panel.get_by_role("button", name="去掉 店铺：shopee").click()
    expect(field).to_have_value("订单：2409")
    field.fill("pena reembolso")
    expect(hits.locator(".who mark")).to_have_text(["Peña"])

    field.press("ArrowDown")
    panel.keyboard.press("Enter")
    expect(panel.locator(".bubble.found")).to_contain_text("reembolso ya")
    expect(panel.locator(".bubble.found")).to_be_in_viewport()
    expect(panel.get_by_role("textbox", name="备注")).to_have_value("下次送小礼物")
    panel.keyboard.press("Escape")
    expect(hits).to_have_count(1)
    expect(field).to_have_value("pena reembolso")

    # marks are changed where the conversation is read
    field.fill("dinero")
    expect(hits).to_contain_text("页面后来显示的文字")
    hits.click()
    found = panel.locator(".bubble.found")
    expect(found.locator("mark")).to_have_text(["dinero"])
    expect(found.locator("summary")).to_have_text("页面后来改过 1 次")
    expect(panel.locator(".bubble", has_text="hola 45")).to_contain_text("不再显示")
    panel.get_by_role("button", name="加星标").click()
    expect(panel.get_by_role("button", name="加星标")).to_have_attribute("aria-pressed", "false")
    panel.get_by_role("textbox", name="标签").fill("<b>VIP")
    panel.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="去掉标签 <b>VIP")).to_be_visible()
    panel.get_by_role("button", name="去掉标签 催单").click()
    panel.get_by_role("textbox", name="备注").fill("dinero: 已退 20 美元")
    panel.get_by_role("button", name="保存").click()
    expect(panel.get_by_text("备注已保存。")).to_be_visible()

    # and words are found in it: counted, stepped through, marked
    inside = panel.get_by_role("searchbox", name="在这个会话里找")
    inside.fill("hola")
    expect(panel.locator(".find [role=status]")).to_have_text("1 / 89")
    expect(found).to_contain_text("hola 89")
    inside.press("Enter")
    expect(found).to_contain_text("hola 88")
    panel.get_by_role("button", name="更晚的一处").click()
    panel.get_by_role("button", name="更晚的一处").click()
    expect(found.locator("mark")).to_have_text(["hola"])
    expect(found).to_contain_text("hola 0")
    expect(found).to_be_in_viewport()
    assert narrow_enough(panel)
    inside.press("Escape")
    expect(panel.locator(".bubble mark")).to_have_count(0)
    panel.keyboard.press("Escape")
    field.fill("美元")
    expect(panel.locator("[data-note]")).to_contain_text("已退 20 美元")
    field.fill("")
    expect(panel.locator("[data-thread]").filter(has_text="<b>VIP")).to_contain_text("Lucía Peña")


def test_own_rules_are_kept_in_the_panel(seabridge_page: Seabridge) -> None:
    panel = open_panel(seabridge_page)
    panel.get_by_role("tab", name="自家规定").click()
    expect(panel.get_by_role("status").filter(has_text="还没有禁用词")).to_be_visible()
    panel.locator("[data-do=add]").click()
    expect(panel.locator("#own-words")).to_be_focused()
    panel.keyboard.type("…")
    save = panel.get_by_role("button", name="保存")
    save.click()
    expect(panel.get_by_role("alert")).to_contain_text("请至少写一个词")
    panel.locator("#own-words").fill("Rival\n绿联")
    panel.locator("#own-why").fill("竞品 <b>名</b>")
    save.click()
    entry = panel.locator("[data-entry]")
    expect(entry).to_contain_text("Rival · 绿联")
    expect(entry).to_contain_text("竞品 <b>名</b>")
    entry.get_by_role("button", name="修改“Rival”").click()
    panel.locator("#own-level").select_option("error")
    save.click()
    expect(entry.locator(".tag")).to_have_text("违规")

    panel.locator("[data-part=brands]").click()
    panel.locator("[data-do=add]").click()
    expect(panel.locator("#own-name")).to_be_focused()
    panel.keyboard.type("Velcro")
    panel.locator("#own-until").fill("2020-12-31")
    save.click()
    expect(entry).to_contain_text("2020-12-31 已过期，不再算数")
    assert narrow_enough(panel)
    entry.get_by_role("button", name="删除").click()
    entry.get_by_role("button", name="确定删除？").click()
    expect(entry).to_have_count(0)

    panel.locator("[data-part=waivers]").click()
    expect(panel.get_by_role("status").filter(has_text="这条不适用")).to_be_visible()
    assert seabridge_page.errors == []
    panel.close()
