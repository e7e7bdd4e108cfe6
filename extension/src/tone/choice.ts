// How replies in the conversation at hand sound: chosen beside what is written, kept by the companion for that buyer.

import { texts } from "../features/kit/install";
import type { Host, Page } from "../features/kit/types";
import { fill, h } from "../shared/dom";
import type { Settings, ThreadSetToneParams } from "../shared/protocol.gen";
import { threadKey, threadRef } from "../sites/identity";

type Tone = ThreadSetToneParams["tone"];
const TONES = ["plain", "warm", "formal"] as const;

/** Gives the control to `put`; `say` hears why a choice could not be kept. */
export function toneChoice(host: Host, page: Page, put: (control: HTMLElement) => void, say: (text: string) => void, signal: AbortSignal): void {
  const select = h("select", { part: "tone", onchange: () => void choose(select.value as Tone) });
  select.style.maxWidth = "14em"; // "Tone: formal (default)" is longer than a language
  /** The last choice; an answer from before it may come after it. */
  let chosen: { key: string; tone: Tone } | null = null;
  page.onThread(() => {
    draw();
    const late = chosen !== null && chosen.key === threadKey(page.identity()) && chosen.tone !== (page.thread.tone ?? "");
    if (late) void askAgain();
  }, signal);
  host.onChange(draw, signal);
  draw();
  put(select);

  function draw(): void {
    select.setAttribute("aria-label", host.t("bar_tone"));
    select.title = host.t("bar_tone_help");
    const named = (key: string, tone: Settings["tone"] & string): string => host.t(key, { tone: host.t(`tone_${tone}`) });
    const options = TONES.map((tone) => h("option", { value: tone }, named("bar_tone_is", tone)));
    fill(select, h("option", { value: "" }, named("bar_tone_default", host.settings.tone)), ...options);
    select.value = page.thread.tone ?? "";
  }

  async function choose(tone: Tone): Promise<void> {
    const identity = page.identity();
    const thread = threadRef(identity);
    try {
      if (!thread) return say(host.t("bar_refused_thread_unknown"));
      const answer = await host.ask({ type: "call", method: "thread.set_tone", params: { thread, tone } });
      if ("result" in answer) {
        chosen = { key: threadKey(identity), tone };
        page.learn(identity, answer.result);
      } else say(host.t(`error_${answer.error.code}`, texts(answer.error.data)));
    } catch {
      say(host.t("error_not_running"));
    } finally {
      // what stands there is what the companion keeps
      if (!signal.aborted) draw();
    }
  }

  async function askAgain(): Promise<void> {
    chosen = null;
    const identity = page.identity();
    const thread = threadRef(identity);
    if (!thread) return;
    const answer = await host.ask({ type: "call", method: "thread.get", params: { thread } }).catch(() => null);
    if (answer && "result" in answer && !signal.aborted) page.learn(identity, answer.result);
  }
}
