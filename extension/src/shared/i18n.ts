// Texts by key. The tables are generated at build from the one catalogue in companion/locales.

export type Data = Record<string, string | number>;
export type T = (key: string, data?: Data) => string;

/** A lookup in `table`; `{name}` is filled from `data`. An unknown key is shown as itself, so that it is seen. */
export function makeT(table: Record<string, string>): T {
  return (key, data) => {
    const text = Object.hasOwn(table, key) ? table[key] : undefined;
    if (text === undefined) return key;
    return data ? text.replace(/\{([a-z0-9_]+)\}/g, (whole, name: string) => String(Object.hasOwn(data, name) ? data[name] : whole)) : text;
  };
}

/** The locale to show: the seller's setting, else the browser's language; Chinese of any kind reads zh_CN. */
export function pickLocale(setting: "auto" | "zh_CN" | "en", browser: string): "zh_CN" | "en" {
  if (setting !== "auto") return setting;
  return /^zh\b/i.test(browser) ? "zh_CN" : "en";
}

/** The name of a language in the reader's own language; the code itself when the browser does not know it. */
export function languageName(code: string, locale: "zh_CN" | "en"): string {
  if (!code) return "";
  try {
    return new Intl.DisplayNames([locale.replace("_", "-")], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
