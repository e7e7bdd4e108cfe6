// "Teach Seabridge this page": on any https page, whether Seabridge knows its host or not.

import { fill, h } from "../../shared/dom";
import { askOwn, type Sight } from "../../shared/own";
import type { Frame } from "../frame";

/** The tab under the popup as far as teaching is concerned; `host` "" = a page that cannot be taught. */
export interface Teachable {
  tab: number;
  host: string;
  /** The browser lets Seabridge work on this host already. */
  allowed: boolean;
}

export const NOT_TEACHABLE: Teachable = { tab: -1, host: "", allowed: false };

export async function lookForTeaching(tab: chrome.tabs.Tab | undefined): Promise<Teachable> {
  try {
    const { protocol, host, port, origin } = new URL(tab?.url ?? "");
    if (protocol !== "https:" || port !== "" || tab?.id === undefined) return NOT_TEACHABLE;
    return { tab: tab.id, host, allowed: await chrome.permissions.contains({ origins: [`${origin}/*`] }) };
  } catch {
    return NOT_TEACHABLE;
  }
}

/** `changed`: the page is known and no longer read in full, so its card offers the lesson itself. */
export function drawTeach(node: HTMLElement, frame: Frame, tab: Teachable, changed: boolean, trouble: HTMLElement): void {
  const { t } = frame;
  node.hidden = changed || !canTeach(frame, tab);
  fill(node, teachButton(frame, tab, "teach_popup_button", "", trouble), h("p", { class: "soft small" }, t("teach_popup_help", { host: tab.host })));
}

/** Whether a page of a kind that can be taught is no longer read in full. */
export function changedLesson(sights: readonly Sight[]): boolean {
  return sights.some(({ kind, lost }) => lost.length > 0 && (kind === "chat" || kind === "listing"));
}

/** What is taught is kept by the companion, so there has to be one. */
export function canTeach({ own }: Frame, { host }: Teachable): boolean {
  return host !== "" && own.state.link === "ready";
}

/** Starts a lesson in the tab; with what is known of the page, where something is. */
export function teachButton({ t }: Frame, { tab, host, allowed }: Teachable, label: string, looks: string, trouble: HTMLElement): HTMLButtonElement {
  return h("button", { id: "teach", class: looks, onclick: () => void teach() }, t(label));

  async function teach(): Promise<void> {
    const started = askOwn("own.teach", { tab }).catch(() => false);
    // at once, while the press still counts as the seller's own; without it the page can be taught but not yet used
    if (!allowed) await chrome.permissions.request({ origins: [`https://${host}/*`] }).catch(() => false);
    if (await started) return window.close();
    trouble.textContent = t("teach_popup_failed");
    trouble.hidden = false;
  }
}
