// Times as this seller centre writes them: clock for today, weekday within a week, month and day before that,
// a numeric date for other years; each page language has its own manners.

const MONTHS = {
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  id: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
};
const DAYS = {
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  id: ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
  zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
};
const two = (n) => String(n).padStart(2, "0");

function clock24(d) {
  return `${d.getHours()}:${two(d.getMinutes())}`;
}

function clock12(d) {
  return `${d.getHours() % 12 || 12}:${two(d.getMinutes())} ${d.getHours() < 12 ? "AM" : "PM"}`;
}

function clockZh(d) {
  return `${d.getHours() < 12 ? "上午" : "下午"}${d.getHours() % 12 || 12}:${two(d.getMinutes())}`;
}

function daysAgo(d, now) {
  const midnight = (x) => new Date(x.getFullYear(), x.getMonth(), x.getDate()).getTime();
  return Math.round((midnight(now) - midnight(d)) / 86400000);
}

function date(d, now, lang) {
  if (d.getFullYear() !== now.getFullYear()) return `${two(d.getDate())}/${two(d.getMonth() + 1)}/${d.getFullYear()}`;
  if (lang === "zh") return `${d.getMonth() + 1}月${d.getDate()}日`;
  return `${MONTHS[lang][d.getMonth()]} ${d.getDate()}`;
}

export function messageTime(at, lang, now = new Date()) {
  const d = new Date(at * 1000);
  const days = daysAgo(d, now);
  if (lang === "zh") {
    if (days <= 0) return clockZh(d);
    if (days === 1) return `昨天 ${clockZh(d)}`;
    return `${date(d, now, lang)} ${clock24(d)}`;
  }
  if (days <= 0) return clock24(d);
  if (days < 7) return `${DAYS[lang][d.getDay()]}, ${lang === "en" ? clock12(d) : clock24(d)}`;
  return `${date(d, now, lang)} ${lang === "en" ? clock12(d) : clock24(d)}`;
}

export function listTime(at, lang, now = new Date()) {
  const d = new Date(at * 1000);
  const days = daysAgo(d, now);
  if (days <= 0) return clock24(d);
  if (days === 1 && lang === "zh") return "昨天";
  if (days < 7) return DAYS[lang][d.getDay()];
  return date(d, now, lang);
}
