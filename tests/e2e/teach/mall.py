"""A mall no rule knows: class names made by a machine, the composer in a shadow root, conversations by address."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Route

HOST = "seller.harbour-mall.example"
CHAT = f"https://{HOST}/im/inbox?lang=en&cid=840017"
#: The same conversation in a frame of the same origin; the address around it never changes.
FRAMED = f"https://{HOST}/desk/service"
LISTING = f"https://{HOST}/goods/edit/5520981?step=1"

#: Conversation id to the buyer's name and lines; b = buyer, s = seller, n = notice of the mall.
TALKS = {
    "840017": (
        "Lucía Ferrer",
        [
            ("n", "Lucía Ferrer asked about an order", ""),
            ("b", "Hola, ¿tienen este modelo en azul?", "09:12"),
            ("b", "Lo necesito para el viernes", "09:13"),
            ("s", "Yes, blue is in stock.", "09:20"),
            ("b", "¿Cuánto tarda el envío?", "09:21"),
            ("s", "About five days.", "09:24"),
        ],
    ),
    "840018": (
        "Pedro Ramos",
        [("b", "¿Hacen factura?", "11:02"), ("s", "Yes, with every order.", "11:05"), ("b", "Gracias", "11:06")],
    ),
}

_STYLE = """
*{box-sizing:border-box}body{margin:0;font:14px sans-serif;color:#222}
.css-1q8k2z{display:flex;height:100vh}.css-9d0p1x{width:220px;border-right:1px solid #ddd;padding:8px}
.css-7h2m4q{flex:1;display:flex;flex-direction:column;min-width:0}
.css-0z9y8x{padding:10px;border-bottom:1px solid #ddd}
.css-4v5b6n{flex:1;overflow-y:auto;padding:10px}
.css-m1n2b3{display:flex;margin:8px 0}.css-k3j4h5{justify-content:flex-end}
.css-u7i8o9{justify-content:center;color:#888}
.css-b8v7c6{max-width:60%;padding:6px 10px;border-radius:8px;background:#eee}.css-x5z4a3{background:#cfe8ff}
.css-t1i2m3{font-size:11px;color:#999}.css-w4q5e6{width:200px;padding:8px}
"""

_SCRIPT = """
const talks = __TALKS__;
window.sent = []; window.heard = [];
for (const type of ['click', 'mousedown', 'pointerdown', 'keydown'])
  document.addEventListener(type, event => { if (window.listening) window.heard.push(type); });
class Composer extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({mode: 'open'});
    root.innerHTML = `<style>textarea{width:100%;height:60px}div{padding:8px;border-top:1px solid #ddd}</style>
      <div><textarea placeholder="Write a message"></textarea><button type="button">Send</button></div>`;
    const field = root.querySelector('textarea');
    root.querySelector('button').addEventListener('click', () => { window.sent.push(field.value); field.value = ''; });
  }
}
customElements.define('hm-composer', Composer);
function draw() {
  const cid = new URLSearchParams(location.search).get('cid');
  const [name, lines] = talks[cid];
  document.querySelector('.css-h1e2a3').textContent = name;
  document.querySelector('.css-4v5b6n').innerHTML = lines.map(([who, text, time], at) => who === 'n'
    ? `<div class="css-m1n2b3 css-u7i8o9"><span class="css-t1i2m3">${text}</span></div>`
    : `<div class="css-m1n2b3 ${who === 's' ? 'css-k3j4h5' : 'css-l0p9o8'}"><div class="css-g6f5d4">
        <div class="css-b8v7c6
        ${who === 's' ? 'css-x5z4a3' : ''}"><span class="css-r2t3y4">${text}</span></div>
        <span class="css-t1i2m3">${time}</span></div></div>`).join('');
}
addEventListener('DOMContentLoaded', () => {
  document.querySelector('.css-9d0p1x').innerHTML = '<input placeholder="Search">' + Object.entries(talks).map(
    ([cid, [name, lines]]) => `<a href="/im/inbox?lang=en&cid=${cid}" data-open="${cid}"><div class="css-r2t3y4">${name}
      <span class="css-t1i2m3">${lines.at(-1)[2]}</span></div></a>`).join('');
  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-open]');
    if (!link) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    draw();
  });
  draw();
});
"""


def chat_page() -> str:
    """The inbox; it draws the conversation that its address names."""
    script = _SCRIPT.replace("__TALKS__", json.dumps(TALKS))
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Inbox</title><style>{_STYLE}</style>
<script>{script}</script><body><div id="root"><div class="css-1q8k2z"><nav class="css-9d0p1x"></nav>
<main class="css-7h2m4q"><div class="css-0z9y8x"><span class="css-h1e2a3"></span>
<b class="css-s7h8o9">Harbour No. 7</b>
</div><div class="css-4v5b6n"></div><hm-composer></hm-composer></main>
<aside class="css-w4q5e6"><label>Notes<textarea placeholder="Only you see this"></textarea></label></aside>
</div></div></body></html>"""


def listing_page() -> str:
    """A listing editor with several fields and a rich editor."""
    bullets = "".join(
        f'<div class="css-z1x2c3"><input name="goods.points.{at}" value="{text}"></div>'
        for at, text in enumerate(["Light", "Waterproof", ""])
    )
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Edit</title><body>
<header><input type="search" placeholder="Search the help"></header><form class="css-f9g8h7">
<label class="css-q1w2e3">Name<input class="css-i1n2p3" maxlength="120" value="Canvas backpack 20 L, blue"></label>
<label class="css-q1w2e3">Number<input class="css-i1n2p3" value="BP-20-BL"></label>
<fieldset><legend>Selling points</legend>{bullets}</fieldset>
<div class="css-d3s4c5"><div contenteditable="true" role="textbox" aria-label="Description">
<p>Two pockets, one strap.</p><p>Washable.</p></div></div></form></body></html>"""


def framed_page() -> str:
    """A desk with the inbox in a frame."""
    return """<!doctype html><html lang="en"><meta charset="utf-8"><title>Desk</title><style>body{margin:0}
iframe{width:100%;height:640px;border:0}</style><body><header>Service desk <input placeholder="Find"></header>
<iframe id="im" title="Messages" src="/im/inbox?lang=en&cid=840017"></iframe></body></html>"""


_PAGES = {"/im/": chat_page, "/goods/": listing_page, "/desk/": framed_page}


def page_at(url: str) -> str:
    """The page at one of the mall's addresses, "" for any other."""
    path = url.split(HOST, 1)[-1]
    return next((make() for start, make in _PAGES.items() if path.startswith(start)), "")


def serve(route: Route) -> None:
    """Answer the mall's addresses."""
    _answer(route, page_at(route.request.url))


def next_build(html: str) -> str:
    """The same page of the next build: every made-up name is another, and rows stand in boxes of their own."""
    renamed = re.sub(r"css-(\w{6})", lambda found: "css-" + found[1][::-1], html)
    return renamed.replace(".join('')", ".map(row => `<div>${row}</div>`).join('')", 1)


def serve_next(route: Route) -> None:
    """Answer with the next build."""
    _answer(route, next_build(page_at(route.request.url)))


def _answer(route: Route, body: str) -> None:
    route.fulfill(status=200 if body else 404, content_type="text/html; charset=utf-8", body=body)
