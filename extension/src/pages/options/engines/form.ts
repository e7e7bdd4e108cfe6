// Setting up an engine with the seller's own key. The key goes to the companion with the press of "save" and is kept nowhere here.

import { fill, h } from "../../../shared/dom";
import { callOwn } from "../../../shared/own";
import type { EngineInfo, EnginePreset, EnginesResult, EnginesSaveParams } from "../../../shared/protocol.gen";
import { failed, type Frame, sentence } from "../../frame";
import type { When } from "./order";
import { NO_PRICE, priceIn, samePrice, typedOf, type TypedPrice } from "./price";
import { goes, nameOf, priceOf } from "./words";

/** Any service that speaks like OpenAI; the seller brings its address and model. */
const OTHER = "own-service";
const KEY_MOST = 500;
/** companion/protocol/methods/engines.py: characters of the words about the shop. */
const FACTS_MOST = 1_000;

export interface Typed {
  base_url: string;
  model: string;
  key: string;
  daily: string;
  price: TypedPrice;
  facts: string;
}

/** What is sent of a filled form. An empty key leaves the stored one; what was left as it stood is not sent. */
export function saving(name: string, had: EngineInfo | undefined, preset: EnginePreset | undefined, typed: Typed): EnginesSaveParams {
  const params: EnginesSaveParams = { name };
  if (!had && preset) params.preset = preset.name;
  if (!had && !preset) params.kind = "chat";
  const before = had ?? preset;
  const base_url = typed.base_url.trim();
  const model = typed.model.trim();
  if (base_url !== (before?.base_url ?? "")) params.base_url = base_url;
  if (model !== (before?.model ?? "")) params.model = model;
  if (typed.key.trim()) params.key = typed.key.trim();
  if (/^\d{1,9}$/.test(typed.daily.trim())) params.daily_characters = Number(typed.daily.trim());
  const price = priceIn(typed.price);
  if (price && !samePrice(price, before?.price ?? NO_PRICE)) params.price = price;
  const facts = typed.facts.trim();
  if (facts !== (had?.shop_facts ?? "")) params.shop_facts = facts;
  return params;
}

/** Host that would see the texts; "" on this computer or while the address is no address. */
export function hostOf(address: string): string {
  try {
    const { hostname } = new URL(address);
    return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ? "" : hostname;
  } catch {
    return "";
  }
}

/** Whether an address would take texts over the network unencrypted; the companion refuses it outside the local one. */
export function inTheClear(address: string): boolean {
  return /^http:/i.test(address.trim()) && hostOf(address.trim()) !== "";
}

export class EngineForm {
  readonly node = h("div", { class: "engines", hidden: true });
  /** `saved` hears of the engine, when it shall be asked (null: as before) and how all stands. */
  constructor(
    private readonly frame: Frame,
    private readonly saved: (name: string, when: When | null, all: EnginesResult) => void,
  ) {}

  /** For a new engine, or to change one. */
  open(all: EnginesResult, had?: EngineInfo): void {
    const { t } = this.frame;
    const known = new Set(all.engines.map(({ name }) => name));
    const presets = all.presets.filter(({ name }) => !known.has(name));
    const options = [...presets.map(({ name, title }) => [name, title] as const), ...(known.has(OTHER) ? [] : [[OTHER, t("options_engine_other")] as const])];
    const choose = h("select", { id: "engine-preset", onchange: () => this.fields(all, choose.value) }, ...options.map(([value, label]) => h("option", { value }, label)));
    this.node.hidden = false;
    fill(
      this.node,
      h("h3", {}, had ? t("options_engine_change_title", { engine: nameOf(t, had, all.presets) }) : t("options_engine_add_title")),
      !had && h("div", { class: "field" }, h("label", { for: "engine-preset" }, t("options_engine_service")), choose),
      this.body,
    );
    this.fields(all, had?.name ?? choose.value, had);
    (had ? this.body.querySelector("input") : choose)?.focus();
  }

  close(): void {
    fill(this.body);
    this.node.hidden = true;
  }

  private readonly body = h("div", { class: "engines" });

  private fields(all: EnginesResult, name: string, had?: EngineInfo): void {
    const { t } = this.frame;
    const preset = had ? undefined : all.presets.find((each) => each.name === name);
    const before = had ?? preset;
    const kind = before?.kind ?? "chat";
    const title = had ? nameOf(t, had, all.presets) : (preset?.title ?? t("options_engine_other"));
    const needsKey = before?.needs_key ?? true;
    const input = (id: string, type: string, value: string, more: Record<string, string | boolean> = {}): HTMLInputElement => h("input", { id, type, value, autocomplete: "off", spellcheck: "false", ...more });
    const key = input("engine-key", "password", "", { maxlength: String(KEY_MOST), autocomplete: "new-password", placeholder: had?.has_key ? t("options_engine_key_kept") : "" });
    const address = input("engine-address", "text", before?.base_url ?? "", { maxlength: "300", inputmode: "url", placeholder: "https://" });
    const model = input("engine-model", "text", before?.model ?? "", { maxlength: "100" });
    const daily = input("engine-daily", "text", had?.today ? String(had.today.limit) : "", { maxlength: "9", inputmode: "numeric", placeholder: "200000" });
    const where = h("p", { class: "notice small", id: "engine-where" });
    const tell = (): void => {
      const host = hostOf(address.value.trim());
      const seen = host ? t("options_engine_seen", { host }) : goes(t, "");
      where.textContent = host && inTheClear(address.value) ? `${seen} ${t("options_engine_unencrypted", { host })}` : seen;
      where.hidden = address.value.trim() === "";
    };
    address.addEventListener("input", tell);
    tell();
    const charged = typedOf(before?.price ?? NO_PRICE);
    const per = h("select", { id: "engine-per" }, ...(["tokens", "characters"] as const).map((each) => h("option", { value: each }, t(`options_engine_per_${each}`))));
    per.value = charged.per;
    const amount = (id: string, value: string, label: string): HTMLInputElement => input(id, "text", value, { maxlength: "14", inputmode: "decimal", "aria-label": label, placeholder: label });
    const priceInto = amount("engine-price-in", charged.price_in, t("options_engine_price_in"));
    const priceOut = amount("engine-price-out", charged.price_out, t("options_engine_price_out"));
    const currency = input("engine-currency", "text", charged.currency, { maxlength: "3", size: "4", "aria-label": t("options_engine_currency"), placeholder: "USD" });
    const facts = h("textarea", { id: "engine-facts", rows: 3, maxlength: FACTS_MOST, placeholder: t("options_engine_facts_hint") });
    facts.value = had?.shop_facts ?? "";
    const when = h("select", { id: "engine-when" }, ...(["first", "last", "press"] as const).map((each) => h("option", { value: each }, t(`options_engine_when_${each}`))));
    const said = h("p", { class: "small", role: "alert" });
    const field = (control: HTMLElement, label: string, help = ""): HTMLElement => {
      if (help) control.setAttribute("aria-describedby", `${control.id}-help`);
      return h("div", { class: "field" }, h("div", {}, h("label", { for: control.id }, label), help !== "" && h("p", { class: "soft small", id: `${control.id}-help` }, help)), control);
    };
    const price = preset ? priceOf(t, preset.price) : "";
    const save = h("button", { class: "main", type: "submit", id: "engine-save" }, t("options_save"));
    const submit = async (event: Event): Promise<void> => {
      event.preventDefault();
      const price = { per: per.value as TypedPrice["per"], price_in: priceInto.value, price_out: priceOut.value, currency: currency.value };
      if (!priceIn(price)) {
        said.textContent = t("options_engine_price_bad");
        return priceInto.focus();
      }
      save.disabled = true;
      const answer = await callOwn("engines.save", saving(name, had, preset, { base_url: address.value, model: model.value, key: key.value, daily: daily.value, price, facts: facts.value }));
      save.disabled = false;
      if (failed(answer)) {
        said.textContent = sentence(t, { ...answer.error, data: { ...answer.error.data, engine: title } });
        return;
      }
      this.close();
      this.saved(name, had ? null : (when.value as When), answer.result);
    };
    fill(
      this.body,
      where,
      h(
        "form",
        { class: "lines", onsubmit: (event) => void submit(event) },
        needsKey || kind === "libretranslate" || kind === "mtranserver" ? field(key, t(needsKey ? "options_engine_key" : "options_engine_key_optional"), t("options_engine_key_help")) : null,
        field(address, t("options_engine_address"), t("options_engine_address_help")),
        kind === "chat" && field(model, t("options_engine_model"), t("options_engine_model_help")),
        field(daily, t("options_engine_daily"), t("options_engine_daily_help")),
        h("div", { class: "field" }, h("div", {}, h("strong", { id: "engine-price" }, t("options_engine_price")), h("p", { class: "soft small" }, t("options_engine_price_help")), price !== "" && preset && h("p", { class: "soft small" }, price, " ", t("options_engine_price_read", { source: hostOf(preset.source), date: preset.checked }))), h("div", { class: "price", role: "group", "aria-labelledby": "engine-price" }, priceInto, priceOut, currency, per)),
        kind === "chat" && field(facts, t("options_engine_facts"), t("options_engine_facts_help")),
        !had && field(when, t("options_engine_when")),
        h("div", { class: "actions" }, save, h("button", { type: "button", onclick: () => this.close() }, t("options_engine_cancel")), said),
      ),
    );
  }
}
