// What the seller can choose about translation and sending.

import { fill, h } from "../../shared/dom";
import { languageName } from "../../shared/i18n";
import { askOwn } from "../../shared/own";
import type { SettingsSetParams } from "../../shared/protocol.gen";
import { failed, type Frame, sentence } from "../frame";
import { LANGUAGES } from "./languages";
import type { Section } from "./main";

export function settingsSection(frame: Frame): Section {
  const { t, locale } = frame;
  const said = h("p", { class: "small", role: "status" });

  const change = async (patch: SettingsSetParams): Promise<void> => {
    try {
      const answer = await askOwn("own.settings", { patch });
      const online = frame.own.state.link === "ready";
      said.textContent = failed(answer) ? sentence(t, answer.error) : t(online ? "options_saved" : "options_saved_later");
    } catch {
      said.textContent = t("options_failed");
    }
  };

  const choice = (id: string, options: [string, string][], set: (value: string) => SettingsSetParams): HTMLSelectElement =>
    h("select", { id, onchange: (event) => void change(set((event.target as HTMLSelectElement).value)) }, ...options.map(([value, label]) => h("option", { value }, label)));
  const toggle = (id: string, set: (on: boolean) => SettingsSetParams): HTMLInputElement =>
    h("input", { id, type: "checkbox", role: "switch", class: "switch", onchange: (event) => void change(set((event.target as HTMLInputElement).checked)) });

  const localeChoice = choice(
    "locale",
    [
      ["auto", t("options_locale_auto")],
      ["zh_CN", t("options_locale_zh_cn")],
      ["en", t("options_locale_en")],
    ],
    (value) => ({ locale: value as "auto" | "zh_CN" | "en" }),
  );
  const language = choice("language", LANGUAGES.map((code) => [code, languageName(code, locale)]), (value) => ({ seller_language: value }));
  const incoming = toggle("incoming", (on) => ({ translate_incoming: on }));
  const guard = toggle("guard", (on) => ({ guard_sending: on }));

  const tone = choice("tone", (["plain", "warm", "formal"] as const).map((code) => [code, capital(t(`tone_${code}`))]), (value) => ({ tone: value as "plain" | "warm" | "formal" }));
  const particle = choice(
    "particle",
    [
      ["", t("options_particle_unset")],
      ["khrap", t("options_particle_khrap")],
      ["kha", t("options_particle_kha")],
    ],
    (value) => ({ thai_particle: value as "" | "khrap" | "kha" }),
  );

  const field = (control: HTMLElement, label: string, help: string, kind = ""): HTMLElement => {
    control.setAttribute("aria-describedby", help ? `${control.id}-help` : "");
    return h("div", { class: `field ${kind}` }, h("div", {}, h("label", { for: control.id }, label), help !== "" && h("p", { class: "soft small", id: `${control.id}-help` }, help)), control);
  };
  const node = h("section", { class: "card", "aria-labelledby": "settings" });
  fill(
    node,
    h("h2", { id: "settings" }, t("options_settings_title")),
    h(
      "div",
      { class: "lines" },
      field(language, t("options_language"), t("options_language_help")),
      field(tone, t("options_tone"), t("options_tone_help")),
      field(particle, t("options_particle"), t("options_particle_help")),
      field(incoming, t("options_incoming"), t("options_incoming_help"), "toggle"),
      field(guard, t("options_guard"), t("options_guard_help"), "toggle"),
      field(localeChoice, t("options_locale"), ""),
    ),
    said,
  );

  const update = (): void => {
    const { settings } = frame.own;
    localeChoice.value = settings.locale;
    if (!LANGUAGES.includes(settings.seller_language) && !language.querySelector(`option[value="${CSS.escape(settings.seller_language)}"]`))
      language.append(h("option", { value: settings.seller_language }, languageName(settings.seller_language, locale)));
    language.value = settings.seller_language;
    tone.value = settings.tone;
    particle.value = settings.thai_particle;
    incoming.checked = settings.translate_incoming;
    guard.checked = settings.guard_sending;
  };
  update();
  return { node, update };
}

/** A word of a sentence as a choice of its own. */
function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
