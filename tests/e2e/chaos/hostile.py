"""A page with the marketplace's address and anchors and none of its good intentions."""

from __future__ import annotations

import json
from zlib import crc32

from playwright.sync_api import Page, Route

from .world import World

#: Counts every script of a message that ran.
PWNED = "globalThis.pwned = (globalThis.pwned || 0) + 1"

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>chat</title><body>
<div class="chatd-header-title"></div>
<div class="chatd-root" style="height:600px;overflow:auto"><div class="chatd-message-list"></div></div>
<footer><textarea placeholder="Send a message"></textarea>
<div><button id="chat-input-send-button" type="button">Send</button></div></footer>
<script>
  globalThis.sent = [];
  document.querySelector('.chatd-header-title').textContent = BUYER;
  const list = document.querySelector('.chatd-message-list');
  globalThis.draw = texts => list.append(...texts.map(text => {
    const row = document.createElement('div');
    row.dataset.testid = 'chat.chatroom.message_card';
    row.innerHTML = '<div class="chatd-message chatd-message--left">' +
      '<div class="chatd-bubble chatd-bubble-main--other">' +
      '<div class="chatd-message-body-info-message"><pre></pre></div></div></div>';
    row.querySelector('pre').textContent = text;
    return row;
  }));
  draw(TEXTS);
  const field = document.querySelector('textarea');
  const send = () => { sent.push(field.value); field.value = ''; };
  document.addEventListener('keydown', event => {
    if (event.target === field && event.key === 'Enter') { event.preventDefault(); send(); }
  });
  document.querySelector('#chat-input-send-button').addEventListener('click', send);
</script>"""


def visit(world: World, buyer: str, texts: list[str]) -> Page:
    """The page in a new tab, with these bubbles."""

    def answer(route: Route) -> None:
        # JSON inside a script: "<" would end it
        boot = {"BUYER": buyer, "TEXTS": texts}
        html = _PAGE
        for name, value in boot.items():
            html = html.replace(name, json.dumps(value).replace("<", "\\u003c"), 1)
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page = world.browser.context.new_page()
    page.route("https://seller-us.tiktok.com/**", answer)
    where = f"oec_seller_id=7495000111222333444&shop_region=US&conversation={crc32(buyer.encode())}"
    page.goto(f"https://seller-us.tiktok.com/chat/inbox/current?{where}")
    return page
