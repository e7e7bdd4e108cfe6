import assert from "node:assert/strict";
import { test } from "node:test";
import { after, alarming, PATIENCE_S, SLEPT_S, verdict, type Facts, type Watch } from "../../src/background/watch/decide";
import { glanceOf } from "../../src/background/watch/tab";
import { inboxOf, words } from "../../src/background/watch/alarm";
import { badgeFor } from "../../src/background/badge";
import { inboxKey, type Glance } from "../../src/shared/inbox";
import type { Marketplace } from "../../src/shared/protocol.gen";

const REF = { marketplace: "mall", shop: "s1", region: "US" };
const URL_ = "https://seller.mall.example/chat/inbox?shop=s1";
const T = 1_790_000_000;
const watch: Watch = { inbox: REF, url: URL_, tab: 7, awake: true, pinned: false, reason: "", since: T - 5000, lookedAt: T - 30, checkedAt: T - 30, doubtSince: 0, gap: null };
const glance = (more: Partial<Glance> = {}): Glance => ({ inbox: { ref: REF, lost: [] }, empty: false, login: false, captcha: false, ...more });
const there = (more: Partial<Glance> = {}, url = URL_, fits = true): Facts => ({ tab: "there", url, fits, glance: glance(more) });
const none = { inbox: null };

const VERDICTS: [string, Facts, string, boolean][] = [
  ["the inbox stands there", there(), "", false],
  ["its tab was closed", { tab: "gone" }, "tab_gone", false],
  ["the browser unloaded it", { tab: "discarded" }, "tab_gone", false],
  ["the browser has just started and restores its tabs", { tab: "missing" }, "tab_gone", true],
  ["it does not answer", { tab: "silent" }, "frozen", true],
  ["the browser froze it", { tab: "frozen" }, "frozen", true],
  ["a password is asked for", there({ ...none, login: true }), "logged_out", false],
  ["a form to log in stands over the list", there({ login: true }), "logged_out", false],
  ["Lazada's login", there(none, "https://sellercenter.lazada.sg/apps/seller/login?redirect=1", false), "logged_out", false],
  ["Temu's lost session", there(none, "https://agentseller.temu.com/auth/authentication", false), "logged_out", false],
  ["Amazon's sign-in", there(none, "https://sellercentral.amazon.com/ap/signin?x=1", false), "logged_out", false],
  ["Coupang's Keycloak, where we may not enter", { tab: "barred", url: "https://xauth.coupang.com/auth/realms/seller" }, "logged_out", false],
  ["somewhere we may not enter", { tab: "barred", url: "" }, "elsewhere", true],
  ["a captcha over the list", there({ captcha: true }), "captcha", false],
  ["a captcha's address", there(none, "https://seller.mall.example/verify/captcha?from=1", false), "captcha", false],
  ["a captcha with a field for a password", there({ ...none, captcha: true, login: true }), "captcha", false],
  ["the list lost its marks", there({ inbox: { ref: REF, lost: ["rows.time"] } }), "changed", true],
  ["another shop", there({ inbox: { ref: { ...REF, shop: "s2" }, lost: [] } }), "elsewhere", true],
  ["an order page", there(none, "https://seller.mall.example/order", false), "elsewhere", true],
  ["an empty list that says so", there({ ...none, empty: true }), "", false],
  ["an empty order page", there({ ...none, empty: true }, "https://seller.mall.example/order", false), "elsewhere", true],
  // words of an address that only sound like it
  ["an inbox whose address names a login", there({}, "https://seller.mall.example/chat/inbox?next=/login"), "", false],
];
for (const [name, facts, reason, doubt] of VERDICTS)
  test(`a look: ${name}`, () => assert.deepEqual(verdict(facts, REF), { reason, doubt }));

test("what may pass by itself is waited out, then it counts from the last good look on", () => {
  const first = after(watch, there(none), T);
  assert.deepEqual([first.reason, first.doubtSince, first.lookedAt], ["", T, T - 30]);
  assert.deepEqual(after(first, there(), T + 30), { ...watch, lookedAt: T + 30, checkedAt: T + 30 }, "it passed");
  const later = after(first, there(none), T + PATIENCE_S);
  assert.deepEqual([later.reason, later.since], ["elsewhere", T - 30]);
  assert.ok(alarming(first, later));
  assert.ok(!alarming(later, after(later, there({ login: true }), T + 90)), "one alarm for one loss");
});

test("a closed tab counts at once and is no tab any more", () => {
  const now = after(watch, { tab: "gone" }, T);
  assert.deepEqual([now.reason, now.tab, now.since], ["tab_gone", -1, T - 30]);
  assert.ok(alarming(watch, now));
  const again = after({ ...now, tab: 9 }, there(), T + 600);
  assert.deepEqual([again.reason, again.since, again.gap], ["", T + 600, { from: T - 30, until: T + 600, reason: "tab_gone" }]);
});

test("a sleep is a gap, not an alarm, when the page answers afterwards", () => {
  const awake = T + SLEPT_S;
  const now = after(watch, there(), awake);
  assert.deepEqual([now.reason, now.since, now.gap], ["", awake, { from: T - 30, until: awake, reason: "asleep" }]);
  assert.ok(!alarming(watch, now));
});

test("a page that does not come back after a sleep is alarmed about, since it fell asleep", () => {
  const awake = T + 9_000;
  const dozing = after(watch, { tab: "silent" }, awake);
  assert.deepEqual([dozing.reason, dozing.since], ["asleep", T - 30]);
  assert.ok(!alarming(watch, dozing));
  const lost = after(dozing, there({ ...none, login: true }), awake + 5);
  assert.deepEqual([lost.reason, lost.since], ["logged_out", T - 30]);
  assert.ok(alarming(dozing, lost));
  const fine = after(dozing, there(), awake + 5);
  assert.deepEqual(fine.gap, { from: T - 30, until: awake + 5, reason: "asleep" });
});

test("a page speaks of its own marketplace's inboxes only, and in the shapes agreed on", () => {
  const owners = [{ name: "mall" }] as Marketplace[];
  assert.deepEqual(glanceOf(glance(), owners), glance());
  for (const ref of [{ ...REF, marketplace: "other" }, { ...REF, shop: "x".repeat(201) }, { ...REF, region: "<b>" }, { ...REF, shop: 7 }, null])
    assert.equal(glanceOf({ ...glance(), inbox: { ref, lost: [] } }, owners)?.inbox, null);
  for (const lost of [["<script>"], "rows.row", Array(41).fill("a")]) assert.equal(glanceOf({ ...glance(), inbox: { ref: REF, lost } }, owners)?.inbox, null);
  for (const nonsense of [undefined, null, 7, {}, { ...glance(), login: "yes" }]) assert.equal(glanceOf(nonsense, owners), null);
});

test("the notification says which shop, why, and what to do; a press on it finds the inbox again", () => {
  const texts = { inbox_lost: "Nobody watches {shop}", inbox_reason_captcha: "A check.", inbox_mend_captcha: "Complete it." };
  assert.deepEqual(words({ title: "Mall", inbox: REF, reason: "captcha" }, texts), { title: "Nobody watches Mall US", message: "A check.\nComplete it." });
  assert.deepEqual(inboxOf(`inbox:${inboxKey(REF)}`), REF);
  assert.equal(inboxOf("other"), null);
  assert.equal(inboxOf("inbox:{"), null);
});

test("the toolbar shows a lost watch, after what keeps messages from being stored", () => {
  const state = { link: "ready", detail: "", practice: false, queue: { waiting: 0, parked: 0, full: false, trouble: "" } } as const;
  assert.equal(badgeFor(state, 1).key, "inbox_badge");
  assert.equal(badgeFor({ ...state, link: "no_companion" }, 1).key, "inbox_badge");
  assert.equal(badgeFor({ ...state, link: "unpaired" }, 1).key, "popup_state_unpaired");
  assert.equal(badgeFor(state, 0).text, "");
});
