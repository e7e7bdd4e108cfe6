// A browser's translator in memory: says what it has, translates by a word before the text, and does wrong as told.

import type { OneTranslator, Tags, TranslatorApi } from "../../src/shared/translator";

export class StandIn implements TranslatorApi {
  /** "es-zh" to what the browser says of it; what is not named is "unavailable". */
  states: Record<string, string> = { "es-zh": "available" };
  made: string[] = [];
  destroyed: string[] = [];
  asked: string[] = [];
  /** What becomes of a text. */
  translate: (text: string) => unknown = (text) => `译：${text}`;
  making: () => Promise<void> = async () => undefined;
  monitored: EventTarget | undefined;

  async availability({ sourceLanguage, targetLanguage }: Tags): Promise<string> {
    const state = this.states[`${sourceLanguage}-${targetLanguage}`] ?? "unavailable";
    if (state === "throws") throw new RangeError("no such language");
    return state;
  }

  async create({ sourceLanguage, targetLanguage, monitor }: Parameters<TranslatorApi["create"]>[0]): Promise<OneTranslator> {
    const name = `${sourceLanguage}-${targetLanguage}`;
    this.monitored = new EventTarget();
    monitor?.(this.monitored);
    await this.making();
    this.made.push(name);
    return {
      translate: async (text) => {
        this.asked.push(text);
        return (await this.translate(text)) as string;
      },
      destroy: () => void this.destroyed.push(name),
    };
  }
}

export function failing(name: string): () => never {
  return () => {
    throw new DOMException("", name);
  };
}
