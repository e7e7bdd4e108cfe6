// The translator that Chrome and Edge carry themselves (Translator API, 138 and newer), and how the background speaks to
// the offscreen page, where it is used: the first versions with it have it in windows only.

import type { BrowserAnswerParams, BrowserPair } from "./protocol.gen";

export type PairState = BrowserPair["state"];
export type Problem = NonNullable<BrowserAnswerParams["problem"]>;
/** Source and target in our codes. */
export type Way = readonly [string, string];

/** Languages as the browser names them. */
export interface Tags {
  sourceLanguage: string;
  targetLanguage: string;
}

export interface OneTranslator {
  translate(text: string, options: { signal: AbortSignal }): Promise<string>;
  destroy(): void;
}

/** The part that is used; TypeScript does not know it yet. */
export interface TranslatorApi {
  availability(tags: Tags): Promise<string>;
  /** Loads the model. Where it has to be downloaded first, only at a press of the seller, and each press serves one call. */
  create(options: Tags & { signal?: AbortSignal; monitor?: (monitor: EventTarget) => void }): Promise<OneTranslator>;
}

export interface OffscreenRequests {
  "own.translator.states": { ask: { ways: readonly Way[] }; answer: { has: boolean; states: PairState[] } };
  "own.translator.translate": { ask: { source: string; target: string; texts: string[]; within_ms: number }; answer: { texts: string[]; problem: Problem } };
}

/** Undefined in Firefox, in older browsers, and where its owner switched it off. */
export function translatorApi(): TranslatorApi | undefined {
  const api = (globalThis as { Translator?: TranslatorApi }).Translator;
  return typeof api?.availability === "function" && typeof api.create === "function" ? api : undefined;
}

export function tagsOf([source, target]: Way): Tags {
  const tag = (code: string): string => (code === "zt" ? "zh-Hant" : code);
  return { sourceLanguage: tag(source), targetLanguage: tag(target) };
}

/** A language the browser cannot even name is one it does not have. */
export async function stateOf(api: TranslatorApi, way: Way): Promise<PairState> {
  const said = await api.availability(tagsOf(way)).catch(() => "unavailable");
  return said === "available" || said === "downloadable" || said === "downloading" ? said : "unavailable";
}
