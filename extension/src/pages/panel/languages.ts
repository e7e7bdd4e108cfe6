// Offers the offline language that the seller's own conversations lack, one at a time and never twice after "not now".

import { fill, h } from "../../shared/dom";
import { languageName } from "../../shared/i18n";
import type { InstallProgress, LanguagePackage, ThreadSummary } from "../../shared/protocol.gen";
import { callOwn } from "../../shared/own";
import { megabytes } from "../format";
import { failed, type Frame, sentence } from "../frame";

const KEPT = "languages_declined";

/** Whether installed packages lead from one language to another, directly or through English. */
export function canTranslate(source: string, target: string, packages: LanguagePackage[]): boolean {
  const has = (from: string, to: string): boolean => from === to || packages.some((each) => each.installed && each.source === from && each.target === to);
  return has(source, target) || (has(source, "en") && has("en", target));
}

/** Whether the index knows packages that would lead there. */
export function canInstall(source: string, target: string, packages: LanguagePackage[]): boolean {
  return canTranslate(source, target, packages.map((each) => ({ ...each, installed: true })));
}

/** Languages of conversations that lack a way into or out of the seller's, most used first. */
export function lacking(threads: ThreadSummary[], seller: string, packages: LanguagePackage[]): string[] {
  const counts = new Map<string, number>();
  for (const { language } of threads) {
    if (!language || language === seller || !canInstall(language, seller, packages)) continue;
    if (canTranslate(language, seller, packages) && canTranslate(seller, language, packages)) continue;
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([language]) => language);
}

export class LanguageOffer {
  readonly node = h("div", { role: "status" });
  private busy = false;
  private lastAsked = 0;
  private said: HTMLElement | undefined;
  private bar: HTMLProgressElement | undefined;
  private language = "";

  constructor(private readonly frame: Frame) {}

  async consider(threads: ThreadSummary[]): Promise<void> {
    if (this.busy || Date.now() - this.lastAsked < 10_000) return;
    this.lastAsked = Date.now();
    const answer = await callOwn("languages.list", {});
    if (failed(answer) || this.busy) return;
    const declined = ((await chrome.storage.local.get(KEPT)) as { [KEPT]?: string[] })[KEPT] ?? [];
    const [language] = lacking(threads, this.frame.own.settings.seller_language, answer.result.packages).filter((each) => !declined.includes(each));
    if (language === this.language && this.node.firstChild) return;
    this.language = language ?? "";
    if (language) this.offer(language, declined);
    else fill(this.node);
  }

  private offer(language: string, declined: string[]): void {
    const { t, locale } = this.frame;
    const name = languageName(language, locale);
    const later = (): void => {
      void chrome.storage.local.set({ [KEPT]: [...declined, language] });
      fill(this.node);
    };
    fill(
      this.node,
      this.card(
        h("h3", {}, t("panel_missing_title", { language: name })),
        h("p", { class: "small soft" }, t("panel_missing_help")),
        h(
          "div",
          { class: "row" },
          h("button", { class: "main", onclick: () => void this.install(language) }, t("panel_install", { language: name })),
          h("button", { class: "quiet", onclick: later }, t("panel_later")),
        ),
      ),
    );
  }

  progress(source: string, target: string, progress: InstallProgress): void {
    if (!this.said || !this.bar || ![source, target].includes(this.language)) return;
    const { t, locale } = this.frame;
    const sized = progress.total > 0;
    const key = progress.stage === "download" && !sized ? "panel_stage_download_unsized" : `panel_stage_${progress.stage}`;
    const stage = t(key, { done: megabytes(progress.done), total: megabytes(progress.total) });
    this.said.textContent = t("panel_installing", { language: languageName(this.language, locale), stage });
    if (sized) {
      this.bar.max = progress.total;
      this.bar.value = progress.done;
    } else this.bar.removeAttribute("value");
  }

  private async install(language: string): Promise<void> {
    const { t, locale, own } = this.frame;
    const seller = own.settings.seller_language;
    const name = languageName(language, locale);
    this.busy = true;
    this.said = h("p", {}, t("panel_installing", { language: name, stage: t("panel_stage_index") }));
    this.bar = h("progress", { "aria-label": t("panel_install", { language: name }) });
    fill(this.node, this.card(this.said, this.bar));
    // both ways: to read the buyer and to answer
    for (const [source, target] of [
      [language, seller],
      [seller, language],
    ] as const) {
      const answer = await callOwn("languages.install", { source, target });
      if (failed(answer)) return this.end(h("p", {}, `${t("panel_install_cancelled")} ${sentence(t, answer.error)}`), language);
    }
    this.end(h("p", {}, t("panel_installed", { language: name })), "");
  }

  private end(note: HTMLElement, again: string): void {
    const { t, locale } = this.frame;
    this.busy = false;
    this.said = undefined;
    this.bar = undefined;
    fill(this.node, this.card(note, again !== "" && h("button", { onclick: () => void this.install(again) }, t("panel_install", { language: languageName(again, locale) }))));
  }

  private card(...children: Parameters<typeof h>[2][]): HTMLElement {
    return h("div", { class: "notice list offer" }, ...children);
  }
}
