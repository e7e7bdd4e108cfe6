// Which names in a page will still be there after its next release, and which a build tool made up.

/** Names a page gives to a state rather than to a thing. */
const STATES = /^(is-|has-)?(active|hover(ed)?|focus(ed)?(-visible|-within)?|selected|current|open(ed)?|closed|visible|hidden|unread|read|new|last|first|loading|loaded|disabled|enabled|checked|expanded|collapsed|show|shown|enter|leave|animat\w*|fade\w*|sending|sent|delivered|failed|odd|even|typing|highlighted)$/i;
/** Prefixes by which styling libraries begin a name that is a checksum in full. */
const MADE_UP = /^(css|sc|jss|emotion|tss|svelte|styles?|_ngcontent|_nghost|data-v|ember|radix|headlessui|react-aria|mui|chakra|glamor|astro)-?[_:-]?[a-z0-9:]*\d*[a-z0-9:]*$/i;

/** Whether a piece between separators looks drawn by lot: "aB3xZ", "1q2w3e", "bdVaJa", "kqzbt". */
export function isRandom(part: string): boolean {
  if (part.length < 4) return false;
  if (/^\d+$/.test(part)) return part.length >= 4;
  if (!/^[a-z0-9]+$/i.test(part)) return false;
  // a digit between letters, or several behind them; "col12" and "h2" are somebody's words
  if (/[a-z]\d+[a-z]/i.test(part) || /^\d+[a-z]/i.test(part) || /[a-z]\d{3,}$/i.test(part)) return true;
  if (/[A-Z]/.test(part) && /[a-z]/.test(part)) {
    const humps = part.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
    if (humps.length >= 2 && humps.every((hump) => hump.length <= 3)) return true;
    if (/[A-Z]{2,}[a-z]{1,2}[A-Z]|^[a-z]{1,2}[A-Z]{2}/.test(part)) return true;
    if (part.length <= 6 && /[A-Z]$/.test(part) && /^[a-z]/.test(part)) return true;
  }
  const letters = part.replace(/\d+$/, "");
  return letters.length >= 5 && !/[aeiouy]/i.test(letters);
}

/** Whether a class name or id comes out of a build tool. */
export function isHashed(token: string): boolean {
  if (MADE_UP.test(token) && /[\d:]|[a-z][A-Z]/.test(token)) return true;
  return token.split(/[-_:]+/).some(isRandom);
}

/** What stands before the checksum in "Message_row__aB3xZ", long enough to say something; "" = nothing does. */
export function prefixOf(token: string): string {
  if (MADE_UP.test(token)) return "";
  const found = /^(.*?[-_]+)([A-Za-z0-9]+)$/.exec(token);
  if (!found) return "";
  const [, prefix = "", rest = ""] = found;
  if (!isRandom(rest)) return "";
  const words = prefix.split(/[-_]+/).filter(Boolean);
  return words.join("").length >= 4 && !words.some(isRandom) ? prefix : "";
}

export function isState(token: string): boolean {
  return STATES.test(token) || /(^|[-_])(active|hover|focus|selected|unread|disabled|loading)$/i.test(token);
}

/** A value that names one thing among many, such as a message, rather than a kind of thing. */
export function isIdLike(value: string): boolean {
  if (/^:.*:$/.test(value) || /\d{4,}/.test(value)) return true;
  if (/^[0-9a-f]{8,}$/i.test(value) || /[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value)) return true;
  return value.length >= 6 && /\d/.test(value) && value.split(/[-_.:/]+/).some(isRandom);
}

/** A value that a selector may rest on. */
export function isStableValue(value: string): boolean {
  return value.length > 0 && value.length <= 60 && !/[\n\r]/.test(value) && !/\d{3,}/.test(value) && !isIdLike(value);
}

/** An id that is the page's own word. */
export function isStableId(id: string): boolean {
  return isStableValue(id) && !/^\d/.test(id) && !isHashed(id) && !/[-_:]\d+$/.test(id);
}
