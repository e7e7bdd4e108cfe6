// Loads a locale's generated texts, whatever locale the browser itself runs in.

import type { Texts } from "./messages";

const loaded = new Map<string, Promise<Texts>>();

export function loadTexts(locale: "zh_CN" | "en"): Promise<Texts> {
  let texts = loaded.get(locale);
  if (!texts) {
    texts = read(locale);
    texts.catch(() => loaded.delete(locale));
    loaded.set(locale, texts);
  }
  return texts;
}

async function read(locale: string): Promise<Texts> {
  const messages = (await (await fetch(chrome.runtime.getURL(`_locales/${locale}/messages.json`))).json()) as Record<string, { message: string }>;
  return Object.fromEntries(Object.entries(messages).map(([key, entry]) => [key, entry.message.replaceAll("$$", "$")]));
}

/** What a page needs; the texts of own pages stay at home. */
export function pageTexts(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([key]) => !/^(anywhere|inbox|mark|panel|options|popup|search|talk|teach|wording)_/.test(key)));
}
