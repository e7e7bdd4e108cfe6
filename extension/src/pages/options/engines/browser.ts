// What this browser's own translator has, and the button that has the browser download more.

import { fill, h } from "../../../shared/dom";
import { languageName } from "../../../shared/i18n";
import { askOwn } from "../../../shared/own";
import type { BrowserPair } from "../../../shared/protocol.gen";
import { translatorApi, type Way } from "../../../shared/translator";
import type { Frame } from "../../frame";
import { LANGUAGES } from "../languages";
import { download, nextWay, stockOf, trialWay, waysOf } from "./download";

/** Without progress for so long the seller is told where to look. */
const STALLED_MS = 30_000;

export class BrowserPart {
  /** Stands in the engine's row, which is drawn anew around it. */
  readonly node = h("div", { class: "engines", id: "browser-languages", hidden: true });
  private readonly said = h("p", { class: "small", role: "status" });
  private pairs: BrowserPair[] = [];
  private chosen = "";
  private running: AbortController | undefined;

  /** `changed`: the companion may be asked how its engines stand now. */
  constructor(
    private readonly frame: Frame,
    private readonly changed: () => void,
  ) {}

  /** Asks the browser; of one without a translator nothing is shown. */
  async load(): Promise<void> {
    const found = await askOwn("own.translator", { ways: waysOf(LANGUAGES, this.seller) }).catch(() => ({ has: false, pairs: [] }));
    this.pairs = found.pairs;
    this.node.hidden = !found.has || !translatorApi();
    if (!this.node.hidden && !this.running) this.draw();
  }

  /** Whether this browser translates any direction now. */
  get usable(): boolean {
    return this.pairs.some(({ state }) => state === "available");
  }

  /** The direction a trial takes here. */
  get trial(): Way | null {
    return trialWay(LANGUAGES, this.seller, this.pairs);
  }

  private get seller(): string {
    return this.frame.own.settings.seller_language;
  }

  private name(code: string): string {
    return languageName(code, this.frame.locale);
  }

  private list(codes: string[]): string {
    return new Intl.ListFormat(this.frame.tag).format(codes.map((code) => this.name(code)));
  }

  private draw(): void {
    const { t } = this.frame;
    const { ready, wanting, lacking } = stockOf(LANGUAGES, this.seller, this.pairs);
    if (!wanting.includes(this.chosen)) this.chosen = wanting[0] ?? "";
    const begin = h("button", { id: "browser-download", onclick: () => void this.begin() });
    const label = (): void => {
      const [source = "", target = ""] = nextWay(this.chosen, this.seller, this.pairs) ?? [];
      begin.textContent = t("options_browser_download", { source: this.name(source), target: this.name(target) });
    };
    const choose = h("select", { id: "browser-language", "aria-label": t("options_browser_language") }, ...wanting.map((code) => h("option", { value: code }, this.name(code))));
    choose.value = this.chosen;
    choose.addEventListener("change", () => {
      this.chosen = choose.value;
      label();
    });
    if (this.chosen) label();
    fill(
      this.node,
      ready.length > 0 && h("p", { class: "small" }, t("options_browser_ready", { languages: this.list(ready) })),
      lacking.length > 0 && h("p", { class: "soft small" }, t("options_browser_lacking", { languages: this.list(lacking) })),
      wanting.length > 0 && h("p", { class: "soft small" }, t("options_browser_help")),
      wanting.length > 0 && h("div", { class: "pairing" }, choose, begin),
      this.said,
    );
  }

  private async begin(): Promise<void> {
    const { t } = this.frame;
    const api = translatorApi();
    const way = nextWay(this.chosen, this.seller, this.pairs);
    if (!api || !way) return;
    const running = (this.running = new AbortController());
    const languages = { source: this.name(way[0]), target: this.name(way[1]) };
    const bar = h("progress", { max: 1, "aria-label": t("options_browser_download", languages) });
    let stalled: ReturnType<typeof setTimeout> | undefined;
    const tell = (text: string): void => {
      this.said.textContent = text;
      clearTimeout(stalled);
      stalled = setTimeout(() => (this.said.textContent = t("options_browser_stalled")), STALLED_MS);
    };
    tell(t("options_browser_waiting"));
    // nothing is awaited before this: the browser begins a download only within the press
    const ending = download(api, way, running.signal, (share) => {
      bar.value = share;
      tell(t("options_browser_downloading", { percent: Math.floor(share * 100) }));
    });
    const cancel = h("button", { id: "browser-cancel", onclick: () => running.abort() }, t("options_engine_cancel"));
    fill(this.node, bar, h("div", { class: "actions" }, cancel), this.said);
    cancel.focus();
    const ended = await ending;
    clearTimeout(stalled);
    this.running = undefined;
    this.said.textContent = t(`options_browser_${ended}`, languages);
    await this.load();
    this.node.querySelector<HTMLElement>("#browser-download")?.focus();
    if (ended === "done") this.changed();
  }
}
