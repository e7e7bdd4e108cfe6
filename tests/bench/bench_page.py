"""``bench page``: a 500-message conversation with and without the extension.

Reports the time from a new bubble to its placed translation minus the engine's own time, tasks over 50 ms, and the
bytes of the content script. The desk, the wire and the browser are the real ones; the engine answers at once, and the
time it takes is subtracted. Both windows show the same shop and get the same messages.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.practice.browser import PracticeBrowser, open_practice
from companion.practice.shop import PracticeShop
from companion.practice.world import Settings

ROOT = Path(__file__).resolve().parents[2]
if TYPE_CHECKING:
    from playwright.sync_api import Page

AIM_P95_MS = 30
AIM_BYTES = 60_000
LONG_TASK_MS = 50

#: Runs before the page's own scripts: notes when a buyer's row comes in, when its translation stands in it, and long
#: tasks. A translation is looked for in the open shadow root of our host, which the page itself cannot do better.
WATCH = """
(() => {
  const bench = window.bench = { born: {}, placed: {}, drawn: {}, tasks: [] };
  const note = list => { for (const one of list.getEntries()) bench.tasks.push([one.startTime, one.duration]); };
  new PerformanceObserver(note).observe({ type: 'longtask', buffered: true });
  const noteHost = (host, text) => {
    const look = () => {
      const part = host.shadowRoot.querySelector('[part=translation]');
      if (part && part.textContent.includes(text)) bench.placed[text] ??= performance.now();
      return Boolean(part);
    };
    if (!look()) new MutationObserver(look).observe(host.shadowRoot, { childList: true, subtree: true });
  };
  new MutationObserver(records => {
    for (const record of records) for (const node of record.addedNodes) {
      if (node.nodeType !== 1) continue;
      if (node.dataset.seabridge === 'bubble') {
        const text = node.closest('.chatd-message')?.querySelector('pre')?.textContent;
        if (text) noteHost(node, text);
        continue;
      }
      const rows = node.matches('.chatd-message--left') ? [node] : node.querySelectorAll('.chatd-message--left');
      for (const row of rows) {
        const text = row.querySelector('pre')?.textContent;
        if (!text || bench.born[text]) continue;
        bench.born[text] = performance.now();
        requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => { bench.drawn[text] = performance.now(); }; port2.postMessage(0); });
      }
    }
  }).observe(document, { childList: true, subtree: true });
})();
"""


def serve(folder: Path) -> int:
    """The companion of the bench, a process of its own like the real one; tells its port, then on end of input what
    the engine was asked and how long each text took it, in seconds."""
    # the stand-in companion of the page tests, which are no package; one of that name lies among the libraries
    tests = types.ModuleType("tests")
    tests.__path__ = [str(ROOT / "tests")]
    sys.modules["tests"] = tests
    spec = importlib.util.spec_from_file_location("bench_stand_in", ROOT / "tests" / "e2e" / "page" / "stand_in.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    office = module.Office(folder).open()
    sys.stdout.write(f"{office.port}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    office.confirm_pairing()
    sys.stdin.read()
    office.close()
    sys.stdout.write(json.dumps(office.translator.took) + "\n")
    return 0


def pair(browser: PracticeBrowser, companion: subprocess.Popen[str]) -> None:
    """Through the options page; the companion agrees by itself."""
    assert companion.stdin
    page = browser.page(browser.own_page("options.html"))
    page.evaluate("() => chrome.runtime.sendMessage({type: 'own.pair.start'})")
    page.locator("#same").click()
    companion.stdin.write("confirm\n")
    companion.stdin.flush()
    ready = "async () => (await chrome.runtime.sendMessage({type: 'own.state'})).ok?.state.link === 'ready'"
    page.wait_for_function(ready, polling=100)
    page.close()


def built(folder: Path) -> Path:
    """A fresh build with granted hosts; raises CalledProcessError."""
    node = shutil.which("node")
    if node is None:
        raise SystemExit("node is missing: run scripts/run.py once, then again")
    out = folder / "extension"
    command = [node, "build.mjs", "--target", "chrome", "--granted", "--outdir", str(out)]
    subprocess.run(command, cwd=ROOT / "extension", check=True, capture_output=True)
    return out


def drive(browser: PracticeBrowser, shop: PracticeShop, messages: int, gap_ms: int) -> dict[str, Any]:
    """Open the long conversation, let it settle, add messages one by one, read what the page noted."""
    shop.reset()
    shop.settings = Settings(mount_ms=60, poll_ms=50, every_ms=0, pace=0, on_message="reuse")
    thread = shop.stress("tiktok-us", 500)
    # a window of exactly 500 would drop a row for each new one, and with it move the times of half the list
    shop.configure(page=500 + messages)
    account = shop.accounts["tiktok-us"]
    page: Page = browser.context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.add_init_script(WATCH)
    query = f"oec_seller_id={account.shop_id}&shop_region={account.region}&conversation={thread.id}"
    page.goto(f"https://{account.host}/chat/inbox/current?{query}")
    page.locator(".chatd-message").nth(499).wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(4_000)
    loaded = page.evaluate("performance.now()")
    for number in range(messages):
        thread.add("buyer", f"¿Ha salido ya mi pedido número {number}?", shop.clock())
        shop.revision += 1
        page.wait_for_timeout(gap_ms)
    page.wait_for_timeout(1_500)
    noted: dict[str, Any] = page.evaluate("({...bench, hosts: document.querySelectorAll('[data-seabridge]').length})")
    page.close()
    return noted | {"loaded": loaded, "new": [f"¿Ha salido ya mi pedido número {n}?" for n in range(messages)]}


def tasks(noted: dict[str, Any]) -> dict[str, Any]:
    """Long tasks while loading and while messages come in."""

    def of(durations: list[float]) -> dict[str, int]:
        longest = round(max(durations, default=0))
        return {"count": len(durations), "longest_ms": longest, "sum_ms": round(sum(durations))}

    return {
        "loading": of([d for at, d in noted["tasks"] if at < noted["loaded"]]),
        "messages": of([d for at, d in noted["tasks"] if at >= noted["loaded"]]),
    }


def drawing(noted: dict[str, Any]) -> dict[str, Any]:
    """Bubble to the end of the frame that draws it: the page's own time, which every translation has to wait out."""
    spans = [noted["drawn"][text] - noted["born"][text] for text in noted["new"] if text in noted["drawn"]]
    return {"p50_ms": round(statistics.median(spans), 1), "p95_ms": round(percentile(spans, 0.95), 1)} if spans else {}


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def placing(noted: dict[str, Any], took: dict[str, float]) -> dict[str, Any]:
    """Bubble to placed translation, without the engine's time, in ms."""
    spans, missing = [], 0
    for text in noted["new"]:
        if text not in noted["placed"] or text not in noted["born"]:
            missing += 1
            continue
        spans.append(noted["placed"][text] - noted["born"][text] - 1_000 * took.get(text, 0.0))
    if not spans:
        return {"placed": 0, "missing": missing}
    return {
        "placed": len(spans),
        "missing": missing,
        "p50_ms": round(statistics.median(spans), 1),
        "p95_ms": round(percentile(spans, 0.95), 1),
        "longest_ms": round(max(spans), 1),
    }


def main(argv: list[str] | None = None) -> int:
    """Print the figures as JSON; 0 when every message got its translation."""
    parser = argparse.ArgumentParser(prog="bench page", description=__doc__)
    parser.add_argument("--json", action="store_true", help="accepted for symmetry; the output always is JSON")
    parser.add_argument("--messages", type=int, default=60, help="new messages after the 500")
    parser.add_argument("--gap-ms", type=int, default=150, help="between two messages")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.serve:
        return serve(options.serve)
    shop = PracticeShop(live=False)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        extension = built(folder)
        content_bytes = (extension / "content.js").stat().st_size
        with open_practice(shop, folder / "bare", headless=True) as browser:
            bare = drive(browser, shop, options.messages, options.gap_ms)
        command = [sys.executable, __file__, "--serve", str(folder / "office")]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as companion:
            assert companion.stdout
            port = int(companion.stdout.readline())
            with open_practice(shop, folder / "with", extension=extension, headless=True) as browser:
                browser.set_ports([port])
                pair(browser, companion)
                noted = drive(browser, shop, options.messages, options.gap_ms)
            took: dict[str, float] = json.loads(companion.communicate(timeout=20)[0])
    figures = placing(noted, took)
    without, with_it = tasks(bare), tasks(noted)
    result = {
        "bench": "page",
        "thread_messages": 500,
        "placing_minus_engine": figures,
        "aim_p95_ms": AIM_P95_MS,
        "page_draws_the_bubble_itself": {"without_extension": drawing(bare), "with_extension": drawing(noted)},
        "long_tasks_over_ms": LONG_TASK_MS,
        "without_extension": without,
        "with_extension": with_it,
        "long_task_ratio": {
            part: round(with_it[part]["sum_ms"] / without[part]["sum_ms"], 2) if without[part]["sum_ms"] else None
            for part in ("loading", "messages")
        },
        "content_bytes": content_bytes,
        "content_bytes_share_of_aim": round(content_bytes / AIM_BYTES, 3),
        # on a busy machine every figure here grows; compare only runs with a low one
        "load_average": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "texts_asked_of_the_engine": len(took),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    return 0 if figures.get("missing") == 0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
