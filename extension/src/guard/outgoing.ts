// Everything that may go out to a buyer on a page: checked while it is written, shown at the bar, guarded when it is sent.

import type { CheckFinding } from "../check/finding";
import { unitsIn } from "../check/points";
import { replaced, spanFor } from "../check/span";
import { texts } from "../features/kit/install";
import type { Host, Page } from "../features/kit/types";
import { forBuyer } from "../features/kit/write";
import { fieldText, sameText } from "../sites/composer";
import type { Found } from "../sites/guarding";
import { threadRef, type Identity } from "../sites/identity";
import { clip } from "../sites/text";
import { Checks } from "./checks";
import { Departures } from "./departures";
import { GuardDialog } from "./dialog";
import { Guard } from "./guard";
import { FindingList } from "./list";
import { MarkedField } from "./marked";
import { Presses } from "./presses";
import { Unchecked } from "./unchecked";

/** Pages put canned replies into their field without a word. */
const LOOK_MS = 500;
/** Words of a finding that the wire takes; of longer ones the companion excuses the rule. */
const LONGEST_WAIVED = 300;

/** Gives what has to hear every key and every press before the page does. */
export function outgoing(host: Host, page: Page, window: Window, signal: AbortSignal): (event: Event) => void {
  const { document } = page;
  const checks = new Checks(host, page, signal);
  const field = new FindingList(document, host, "found_in_field", { repair: repairField, waive, growing: () => page.services.bar?.growing() });
  const preview = new FindingList(document, host, "found_in_preview", { repair: repairPreview, waive, growing: () => page.services.bar?.growing() });
  const marked = new MarkedField(host, () => field.open(), signal);
  /** What would be put in; "" = nothing. */
  let offered = "";
  const unchecked = new Unchecked(host, () => page.services.bar?.growing());
  const departures = new Departures(host, page, signal, (meant, checked) => unchecked.left(meant, checked));
  const around = { host, page, checks, departures, languageOf, translate, repair: repairField, change };
  const guard = new Guard({ ...around, ask: (question, choices) => new GuardDialog(document, host, question, choices) }, signal);

  window.addEventListener("input", look, { capture: true, signal });
  page.onTick(look, signal);
  page.onThread(look, signal);
  page.services.bar?.onChange(() => queueMicrotask(look), signal);
  host.onChange(look, signal);
  host.onPush((push) => push.type === "checks" && checks.forget(), signal);
  checks.onChange(look);
  const timer = setInterval(() => document.hidden || look(), LOOK_MS);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    unchecked.node.remove();
    field.host.remove();
    preview.host.remove();
  });
  look();
  const presses = new Presses(page, guard);
  return (event) => presses.hear(event);

  /** Asks for what is new and shows what is known; between the two the findings before stand for a moment. */
  function look(): void {
    if (signal.aborted) return;
    guard.look();
    const { bar } = page.services;
    const composer = page.lastComposer();
    const written = composer ? fieldText(composer.field) : "";
    const item = bar?.shown() ?? null;
    // put into the field it is the message itself
    offered = item && !sameText(item.text, written) ? item.text : "";
    checks.want("field", written, languageOf(written));
    checks.want("preview", offered, item?.target ?? "");
    if (bar && !field.host.isConnected) bar.place.append(unchecked.node, preview.host, field.host);
    unchecked.look(page.identity());
    const inField = foundIn(written);
    if (inField) marked.show(composer?.field ?? null, written, inField);
    const theme = bar?.place.closest(".sb")?.className ?? "sb light";
    if (inField) field.show(inField, theme);
    const inPreview = foundIn(offered);
    if (inPreview) preview.show(inPreview, theme);
  }

  function foundIn(text: string): Found {
    return text.trim() === "" || host.state.link !== "ready" ? [] : checks.known(text);
  }

  /** What Seabridge put in is in the conversation's language; of other words the companion finds out. */
  function languageOf(text: string): string {
    return page.inserted.some((known) => sameText(known.text, text)) ? page.thread.language : "";
  }

  async function repairField(finding: CheckFinding, instead: string): Promise<string> {
    const composer = page.composer();
    const was = composer ? fieldText(composer.field) : "";
    if (!composer || !isKnown(was, finding)) return host.t("editor_changed");
    const done = await marked.repair(composer.field, was, finding, instead);
    if (done !== "done") return host.t(`editor_${done}`);
    const known = page.inserted.find((each) => sameText(each.text, was));
    // still what Seabridge put in, for the guard and for the next translation that takes its place
    if (known) page.inserted.push({ ...known, text: fieldText(composer.field) });
    return "";
  }

  async function repairPreview(finding: CheckFinding, instead: string): Promise<string> {
    if (!isKnown(offered, finding)) return host.t("editor_changed");
    const unit = unitsIn(offered);
    const at = spanFor(offered, { start: unit(finding.start), end: unit(finding.end) }, instead);
    page.services.bar?.take(replaced(offered, at, instead));
    return "";
  }

  /** Whether the text still is the one it was found in. */
  function isKnown(text: string, { rule, start, end }: CheckFinding): boolean {
    return checks.known(text)?.some((each) => each.rule === rule && each.start === start && each.end === end) === true;
  }

  async function waive(finding: CheckFinding, reason: string): Promise<string> {
    const { marketplace } = page.identity();
    const waiver = { id: "", rule: finding.rule, text: clip(finding.text, LONGEST_WAIVED), target: "message" as const, marketplace, item: "", reason };
    try {
      const answer = await host.ask({ type: "call", method: "waivers.put", params: { waiver } });
      if ("error" in answer) return host.t(`error_${answer.error.code}`, texts(answer.error.data));
      checks.forget();
      return "";
    } catch {
      return host.t("error_not_running");
    }
  }

  function change(text: string, finding: CheckFinding): void {
    const composer = page.composer();
    if (composer) marked.select(composer.field, text, finding);
  }

  /** Puts the translation in place of the seller's own words. */
  async function translate(meant: Identity, text: string): Promise<string> {
    const made = await forBuyer(host, threadRef(meant), text, page.thread.language);
    if ("failure" in made) return host.t(`error_${made.failure.code}`, texts(made.failure.data));
    const { item } = made;
    if (item.match === "none" || item.text === "") return host.t("guard_untranslatable");
    const { engine, match, target: language } = item;
    const result = await page.services.insert?.({ meant, text: item.text, written: text, language, engine, match, replaces: text });
    if (!result) return host.t("guard_untranslatable");
    return result.done ? "" : host.t(`bar_refused_${result.why}`);
  }
}
