// How replies in the conversation at hand sound: chosen beside what is written, kept by the companion for that buyer.

import { texts } from "../features/kit/install";
import type { Host, Page } from "../features/kit/types";
import { fill, h } from "../shared/dom";
import type { ThreadSetToneParams } from "../shared/protocol.gen";
import { threadRef } from "../sites/identity";

type Tone = ThreadSetToneParams["tone"];
const TONES = ["plain", "warm", "formal"] as const;

/** Gives the control to `put`; `say` hears why a choice could not be kept. */
export function toneChoice(host: Host, page: Page, put: (control: HTMLElement) => void, say: (text: string) => void, signal: AbortSignal): void {
  const select = h("select", { part: "tone", onchange: () => void choose(select.value as Tone) });
  page.onThread(draw, signal);
  host.onChange(draw, signal);
  draw();
  put(select);

  function draw(): void {
    const { t, settings } = host;
    const label = t("bar_tone");
    select.setAttribute("aria-label", label);
    select.title = t("bar_tone_help");
    const own = t("bar_tone_default", { tone: t(`tone_${settings.tone}`) });
    fill(select, h("option", { value: "" }, own), ...TONES.map((tone) => h("option", { value: tone }, t("bar_tone_is", { tone: t(`tone_${tone}`) }))));
    select.value = page.thread.tone ?? "";
  }

  async function choose(tone: Tone): Promise<void> {
    const identity = page.identity();
    const thread = threadRef(identity);
    try {
      if (!thread) return say(host.t("bar_refused_thread_unknown"));
      const answer = await host.ask({ type: "call", method: "thread.set_tone", params: { thread, tone } });
      if ("result" in answer) page.learn(identity, answer.result);
      else say(host.t(`error_${answer.error.code}`, texts(answer.error.data)));
    } catch {
      say(host.t("error_not_running"));
    } finally {
      // what stands there is what the companion keeps
      if (!signal.aborted) draw();
    }
  }
}
