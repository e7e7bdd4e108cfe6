"""A stand-in for the translator a browser carries: no browser of a test machine has its models.

It is put into the real offscreen page and into the options page through the browser's debugging protocol, so that the
extension is the one that ships. What is "downloaded" both pages see in ``localStorage``.
"""

from __future__ import annotations

import json

from playwright.sync_api import Page

from companion.practice.browser import PracticeBrowser

#: As Chromium 156 behaves: nothing is there until it was downloaded at a press, and a press serves one download.
SCRIPT = """globalThis.Translator = {
  availability: async ({sourceLanguage: from, targetLanguage: to}) =>
    [from, to].includes("th") ? "unavailable" : localStorage.getItem(`${from}-${to}`) ?? "downloadable",
  create: async ({sourceLanguage: from, targetLanguage: to, monitor}) => {
    const target = new EventTarget();
    monitor?.(target);
    if (localStorage.getItem(`${from}-${to}`) !== "available") {
      if (!navigator.userActivation.isActive) throw new DOMException("no press", "NotAllowedError");
      target.dispatchEvent(Object.assign(new Event("downloadprogress"), {loaded: 0.37}));
      await new Promise((resolve) => (globalThis.downloaded = resolve));
      delete globalThis.downloaded;
      localStorage.setItem(`${from}-${to}`, "available");
    }
    return {translate: async (text) => `浏览器译：${text}`, destroy: () => undefined};
  },
};"""
ENSURE = """async () => {
  const there = await chrome.runtime.getContexts({contextTypes: ["OFFSCREEN_DOCUMENT"]});
  if (!there.length)
    await chrome.offscreen.createDocument({url: "translator.html", reasons: ["DOM_PARSER"], justification: "test"});
}"""


def put_into_offscreen(browser: PracticeBrowser, page: Page) -> None:
    """Into the page the extension itself made, or would make; ``page``: any tab, to reach the protocol."""
    assert browser.worker is not None
    browser.worker.evaluate(ENSURE)
    session = browser.context.new_cdp_session(page)
    heard: list[str] = []
    session.on("Target.receivedMessageFromTarget", lambda event: heard.append(event["message"]))
    targets = session.send("Target.getTargets")["targetInfos"]
    (offscreen,) = (each for each in targets if each["url"] == browser.own_page("translator.html"))
    # Playwright does not know this kind of page, so it is spoken to over the tab's session
    attached = session.send("Target.attachToTarget", {"targetId": offscreen["targetId"], "flatten": False})["sessionId"]
    question = {"id": 1, "method": "Runtime.evaluate", "params": {"expression": f"{SCRIPT} typeof Translator.create"}}
    session.send("Target.sendMessageToTarget", {"sessionId": attached, "message": json.dumps(question)})
    while not heard:
        page.wait_for_timeout(10)
    assert json.loads(heard[0])["result"]["result"]["value"] == "function", heard
    session.detach()
