// Is this inbox looked at? Decided from values alone: what was so, what a look at its tab found, and the clock.

import { inboxKey, type Glance, type WatchReason } from "../../shared/inbox";
import type { InboxRef } from "../../shared/protocol.gen";

/** An inbox the seller asked to watch. Times in seconds since 1970. */
export interface Watch {
  inbox: InboxRef;
  /** Address of the page when the watch began. */
  url: string;
  /** -1 = none known: closed, or the browser was started anew. */
  tab: number;
  /** Whether the browser agreed not to put the tab to sleep; whether the seller had pinned it himself. */
  awake: boolean;
  pinned: boolean;
  /** "" = it is looked at. */
  reason: WatchReason;
  since: number;
  /** When its list was last understood, and when the tab was last looked into. */
  lookedAt: number;
  checkedAt: number;
  /** Since when its tab is not as it should be, while that may still pass; 0 = it is. */
  doubtSince: number;
  gap: { from: number; until: number; reason: WatchReason } | null;
}

/** What a look at the tab found. `barred`: a page the extension may not enter; `silent`: it did not answer in time. */
export type Facts =
  | { tab: "gone" | "missing" | "discarded" | "frozen" | "silent" }
  | { tab: "barred"; url: string }
  /** `fits`: the address is one of a described inbox of that marketplace. */
  | { tab: "there"; url: string; fits: boolean; glance: Glance };

/** Pages are redrawn, tabs restored and sessions renewed within this; only then it counts. */
export const PATIENCE_S = 45;
/** The browser looks twice a minute. Where this much passed the computer slept, or the browser was not running. */
export const SLEPT_S = 150;

/** Words of addresses that ask to log in: Lazada's /apps/seller/login, Temu's /auth/authentication, Amazon's /ap/signin … */
const LOGIN = /^https:\/\/(?:[^/?#]*\.)?(?:log-?in|sign-?in|glogin|xauth|passport|sso|accounts?)\.[^/?#]+\/|^https:\/\/[^/?#]+\/(?:[^?#]*\/)?(?:log-?in|sign-?in|authentication|passport|sso)(?:[/.?#]|$)/i;
const CAPTCHA = /^https:\/\/[^?#]*(?:captcha|\/punish(?:[/.?#]|$)|_____tmd_____)/i;

/** The reason for which nobody looks; "" = somebody does; `doubt`: it may pass by itself. */
export function verdict(facts: Facts, inbox: InboxRef): { reason: WatchReason; doubt: boolean } {
  switch (facts.tab) {
    case "gone":
    case "discarded":
      return { reason: "tab_gone", doubt: false };
    case "missing":
      return { reason: "tab_gone", doubt: true };
    case "frozen":
    case "silent":
      return { reason: "frozen", doubt: true };
    case "barred":
      return LOGIN.test(facts.url) ? { reason: "logged_out", doubt: false } : { reason: "elsewhere", doubt: true };
    case "there":
      return seen(facts, inbox);
  }
}

function seen({ url, fits, glance }: Extract<Facts, { tab: "there" }>, inbox: InboxRef): { reason: WatchReason; doubt: boolean } {
  if (glance.captcha || CAPTCHA.test(url)) return { reason: "captcha", doubt: false };
  if (glance.login || (glance.inbox === null && LOGIN.test(url))) return { reason: "logged_out", doubt: false };
  // a list without conversations has nothing by which it is recognised, but it says so
  if (glance.inbox === null) return fits && glance.empty ? { reason: "", doubt: false } : { reason: "elsewhere", doubt: true };
  if (inboxKey(glance.inbox.ref) !== inboxKey(inbox)) return { reason: "elsewhere", doubt: true };
  return glance.inbox.lost.length ? { reason: "changed", doubt: true } : { reason: "", doubt: false };
}

/** How the watch stands after a look. */
export function after(watch: Watch, facts: Facts, now: number): Watch {
  const slept = watch.reason === "" && now - watch.checkedAt > SLEPT_S;
  const { reason, doubt } = verdict(facts, watch.inbox);
  const next: Watch = { ...watch, tab: facts.tab === "gone" ? -1 : watch.tab, checkedAt: now };
  if (reason === "") {
    const gap = slept ? { from: watch.checkedAt, until: now, reason: "asleep" as const } : watch.reason ? { from: watch.since, until: now, reason: watch.reason } : watch.gap;
    return { ...next, reason: "", since: slept || watch.reason ? now : watch.since, lookedAt: now, doubtSince: 0, gap };
  }
  const doubtSince = watch.doubtSince || now;
  if (doubt && now - doubtSince < PATIENCE_S) {
    // after a sleep nothing is known until the page answers again
    return slept ? { ...next, reason: "asleep", since: watch.checkedAt, doubtSince } : { ...next, doubtSince };
  }
  return { ...next, reason, since: watch.reason ? watch.since : slept ? watch.checkedAt : watch.lookedAt, doubtSince };
}

/** Whether the seller has to hear of a change: once when watching ends, and when it ends for good after a sleep. */
export function alarming(before: Watch, now: Watch): boolean {
  const passing = (reason: WatchReason): boolean => reason === "" || reason === "asleep";
  return passing(before.reason) && !passing(now.reason);
}
