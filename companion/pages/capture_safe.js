// What of a page may be kept: nothing secret, and of a masked capture nothing that people wrote.

const ADDRESSES = new Set("href src action formaction poster cite data background xlink:href longdesc manifest".split(" "));
const SECRET_NAME = /csrf|xsrf|token|nonce|secret|passw|session|api-?key|auth(?!or)/i;
const SECRET_FIELD =
  /\bcc[-_ ]|card[-_ ]?(num|no\b|nr\b|holder|exp)|cvv|cvc|cvn|iban|\botp|one[-_ ]?time|(verif\w*|sms|auth)[-_ ]?code|2fa|passw|passcode|pwd|(^|[-_ ])pin([-_ ]|$)|token|csrf|xsrf|secret|captcha|密码|验证码|卡号/i;
const SECRET_QUERY = /token|secret|session|passw|signature|credential|csrf|xsrf|jwt|(^|[_-])(sig|sign|sid|sso|auth|key|code|ticket|otp|pwd|nonce|state|cookie)([_-]|$)/i;
/** Parameters whose words tell which page of a back-end it is, nothing of people. */
const SAYS_WHICH_PAGE = /^(tab|type|status|page|view|section|lang(uage)?|locale|(shop_?)?region|country|site|market)$/i;
const TOKEN = /\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?/g;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Attributes that say how a page is built, not what is in it. */
const STRUCTURE =
  /^(class|id|role|type|name|for|rel|method|slot|part|is|dir|lang|style|tabindex|contenteditable|spellcheck|autocomplete|inputmode|accept|enctype|target|colspan|rowspan|scope|headers|rows|cols|size|min|max|step|maxlength|minlength|width|height|viewbox|hidden|checked|selected|disabled|readonly|required|multiple|open|d|loading|draggable|property|charset|aria-(?!label$|description$|valuetext$|placeholder$|roledescription$).*|data-(test|cy|qa|e2e|tid|tracking|component|role|type|state|action|ui|slate|lexical|automation|hook|marker|widget|block|index).*)$/i;
/** What stands for the letters of a script; all others are x and X. */
const STAND_INS = [
  [/\p{M}/u, "", ""],
  [/\p{Nd}/u, "0", "0"],
  [/\p{Script=Han}/u, "字", "字"],
  [/\p{Script=Hiragana}/u, "あ", "あ"],
  [/\p{Script=Katakana}/u, "ア", "ア"],
  [/\p{Script=Hangul}/u, "가", "가"],
  [/\p{Script=Thai}/u, "ก", "ก"],
  [/\p{Script=Arabic}/u, "ا", "ا"],
  [/\p{Script=Hebrew}/u, "א", "א"],
  [/\p{Script=Devanagari}/u, "अ", "अ"],
  [/\p{Script=Cyrillic}/u, "ж", "Ж"],
  [/./u, "x", "X"],
];
const LONGEST_VALUE = 2_000;

/** Asked of the prototype: a form with a field called "attributes" cannot get in the way. */
export const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);

export function secretField(element, type) {
  if (/^(button|submit|reset|checkbox|radio)$/.test(type)) return false;
  if (/\b(cc-|one-time-code|(current|new)-password)/.test(attribute(element, "autocomplete") ?? "")) return true;
  return ["name", "id", "placeholder", "aria-label"].some((key) => SECRET_FIELD.test(attribute(element, key) ?? ""));
}

/** 15 or 16 digits, maybe in groups, with the check digit of payment cards. */
export function cardNumber(value) {
  const digits = value.replace(/[ -]/g, "");
  if (!/^[3-6]\d{14,15}$/.test(digits)) return false;
  const weighed = [...digits].reverse().map((digit, at) => Number(digit) * (at % 2 ? 2 : 1));
  return weighed.reduce((sum, each) => sum + (each > 9 ? each - 9 : each), 0) % 10 === 0;
}

/** An attribute's value as it may be kept, null when it may not. */
export function safeValue(key, value, own, mask) {
  const name = key.toLowerCase();
  if (value === "") return value;
  if (name === "style") return value.replace(/url\(\s*("[^"]*"|'[^']*'|[^)]*)\s*\)/gi, "url()").slice(0, LONGEST_VALUE);
  if (/^(javascript|vbscript|data|blob|file|filesystem):/i.test(value.slice(0, 200).replace(/[\x00-\x20]/g, "")) || value.includes(";base64,")) return null;
  if (SECRET_NAME.test(name)) return "";
  const cut = clip(value, LONGEST_VALUE);
  if (ADDRESSES.has(name) || /^https?:\/\//i.test(cut)) return safeAddress(cut, mask);
  const safe = cut.replace(TOKEN, "");
  if (!mask || (STRUCTURE.test(name) && name !== "content")) return mask ? safe.replace(/\d{5,}/g, (run) => "0".repeat(run.length)) : safe;
  return /^(true|false)$/.test(safe) ? safe : masked(safe);
}

/** An address whose parameters keep no secret; masked, no number and no value either. */
export function safeAddress(address, mask) {
  const at = address.search(/[?#]/);
  const path = at < 0 ? address : address.slice(0, at);
  const rest = at < 0 ? "" : address.slice(at);
  const pairs = /([?&#;])([^=&#?;]+)=([^&#]*)/g;
  if (!mask) return path + rest.replace(pairs, (_, mark, name, value) => `${mark}${name}=${secretValue(decoded(name), value) ? `${value.slice(0, 4)}...` : value}`);
  const plain = (text) => text.replace(/[^\x00-\x7f]+|(%[0-9a-f]{2})+/gi, "x").replace(/\d/g, "0");
  const origin = /^(https?:)?\/\/[^/]*/i.exec(path)?.[0] ?? "";
  const shortened = rest.replace(pairs, (_, mark, name, value) => `${mark}${name}=${SAYS_WHICH_PAGE.test(name) && /^[a-z_-]{1,20}$/i.test(value) ? value : plain(value).replace(/[a-z]/gi, "x")}`);
  return origin + plain(path.slice(origin.length)).replace(/[^/@]*@[^/]*/g, "x") + plain(shortened);
}

function secretValue(name, value) {
  if (value.length < 16 || UUID.test(value) || /^\d+$/.test(value)) return false;
  if (SECRET_QUERY.test(name) || /^eyJ[\w-]+\./.test(value)) return true;
  return value.length >= 40 && /^[\w%+/=.-]+$/.test(value) && /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value.replace(/%[0-9A-F]{2}/g, ""));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Every letter and digit replaced by one that stands for its script. */
export function masked(text) {
  return text.replace(/[\p{L}\p{M}\p{N}]/gu, (char) => {
    const [, lower, upper] = STAND_INS.find(([script]) => script.test(char));
    return /\p{Lu}/u.test(char) ? upper : lower;
  });
}

export function escape(text, quoted) {
  const clean = wellFormed(text).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\u00a0", "&nbsp;");
  return quoted ? clean.replaceAll('"', "&quot;") : clean;
}

/** Half characters cannot cross a wire. */
function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function clip(text, most) {
  return text.length <= most ? text : wellFormed(text.slice(0, most)).replace(/\ufffd$/, "");
}

/** Bytes of the text in UTF-8. */
export function length(text) {
  let bytes = text.length;
  for (const run of text.match(/[^\x00-\x7f]+/g) ?? []) bytes += new TextEncoder().encode(run).length - run.length;
  return bytes;
}
