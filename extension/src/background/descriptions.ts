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
    this.current = answer;
    await keep("pages", answer);
    this.onChange?.();
  }
}
