// How to read the marketplaces' pages: the companion's descriptions, else the last known, else those of the build.

import type { Marketplace, PagesGetResult } from "../shared/protocol.gen";
import { problemOf } from "../shared/check";
import type { Channel } from "./channel";
import { keep, recall } from "./memory";

const NONE: PagesGetResult = { version: "", marketplaces: [] };

export class Descriptions {
  current: PagesGetResult = NONE;
  onChange: (() => void) | undefined;

  get marketplaces(): Marketplace[] {
    return this.current.marketplaces;
  }

  async load(): Promise<void> {
    const kept = await recall<PagesGetResult>("pages", NONE);
    const usable = kept.version !== "" && !problemOf("pages.get", "result", kept);
    this.current = usable ? kept : ((await (await fetch(chrome.runtime.getURL("pages.json"))).json()) as PagesGetResult);
  }

  async sync(channel: Channel): Promise<void> {
    const answer = await channel.request("pages.get", { version: this.current.version });
    if (answer.version === this.current.version || answer.marketplaces.length === 0) return;
    // a new version of the same descriptions, such as the companion's after the build's, is no news for open pages
    const same = alike(this.current.marketplaces, answer.marketplaces);
    this.current = answer;
    await keep("pages", answer);
    if (!same) this.onChange?.();
  }
}

/** What a member is when it is not said; everything else is nothing then. */
const USUAL: Record<string, unknown> = { min: 1, trust: "high", frames: "top", sequence: "document", where: "after" };

/** Whether two descriptions say the same, in whatever order, and whether or not they say what is usual. */
export function alike(one: unknown, other: unknown, key = ""): boolean {
  if (says(one, key) !== says(other, key)) return false;
  if (!says(one, key)) return true;
  if (!isObject(one) || !isObject(other)) return one === other;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => alike(one[name], other[name], name));
}

function says(value: unknown, key: string): boolean {
  if (key in USUAL) return value !== undefined && value !== USUAL[key];
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.entries(value).some(([name, member]) => says(member, name)) : Boolean(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
