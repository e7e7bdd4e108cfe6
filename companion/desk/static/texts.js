// The catalogue's texts, and dates, sizes and language names as the seller writes them.

let table = {};
let chosen = "zh_CN";

export function browserLocale() {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh_CN" : "en";
}

export async function speak(locale) {
  chosen = locale;
  const response = await fetch(`/dashboard/texts/${locale}.json`, { credentials: "omit" });
  table = await response.json();
  document.documentElement.lang = tag();
  document.title = t("dash_title");
}

export const locale = () => chosen;
const tag = () => (chosen === "zh_CN" ? "zh-CN" : "en");

export function t(key, data = {}) {
  return (table[key] ?? key).replace(/\{([a-z_]+)\}/g, (whole, name) => String(data[name] ?? whole));
}

export const has = (key) => key in table;

/** What went wrong, and what to do. */
export function sorry(error) {
  if (error.code === "unreachable" || !error.code) return t("dash_unreachable");
  return has(`error_${error.code}`) ? t(`error_${error.code}`, error.data) : t("error_internal", { report: error.code });
}

export function language(code) {
  if (!code) return t("dash_language_unknown");
  try {
    return new Intl.DisplayNames([tag()], { type: "language" }).of(code === "zt" ? "zh-Hant" : code) ?? code;
  } catch {
    return code;
  }
}

/** Today a time, this year a day, else a date. */
export function when(seconds) {
  const date = new Date(seconds * 1000);
  const now = new Date();
  const time = { hour: "2-digit", minute: "2-digit" };
  const day = { month: "short", day: "numeric" };
  let shape = { ...day, year: "numeric" };
  if (date.toDateString() === now.toDateString()) shape = time;
  else if (date.getFullYear() === now.getFullYear()) shape = { ...day, ...time };
  return new Intl.DateTimeFormat(tag(), shape).format(date);
}

export const exactly = (seconds) =>
  new Intl.DateTimeFormat(tag(), { dateStyle: "full", timeStyle: "short" }).format(new Date(seconds * 1000));

export const number = (value) => new Intl.NumberFormat(tag()).format(value);

export function size(bytes) {
  const mega = bytes / 1e6;
  if (mega < 0.1) return `${number(Math.max(1, Math.round(bytes / 1000)))} kB`;
  return `${new Intl.NumberFormat(tag(), { maximumFractionDigits: mega < 10 ? 1 : 0 }).format(mega)} MB`;
}

export function lasting(seconds) {
  const units = [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ];
  const [unit, length] = units.find(([, long]) => seconds >= long) ?? units[2];
  const count = Math.max(1, Math.floor(seconds / length));
  return new Intl.NumberFormat(tag(), { style: "unit", unit, unitDisplay: "long" }).format(count);
}
