// Buyers' images go into the archive while their address is still good: fetched here, handed over by POST with a ticket.
// Only the companion's answer to `seen` says which image belongs to which message. No page may ask for one: a page that
// was taken over could attach a picture to another marketplace's message.

import { MAX_BLOB } from "../shared/protocol.const.gen";
import type { Channel } from "./channel";
import { handOver } from "./upload";

export interface ImageAnswer {
  stored: boolean;
  reason?: "host" | "size" | "type" | "network" | "offline" | "refused";
}

export interface ImageHooks {
  channel(): Channel | null;
  /** Whether the seller granted the host of an address. */
  granted(url: string): Promise<boolean>;
}

/** Images fetched at the same time, and at most waiting. */
const AT_ONCE = 2;
const MAX_WAITING = 200;
const FETCH_MS = 30_000;
const REMEMBERED = 500;

export class Images {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly known = new Map<string, Promise<ImageAnswer>>();

  constructor(private readonly hooks: ImageHooks) {}

  /** Stores one image; asked again for the same, gives the same answer, unless that was a passing failure. */
  store(message: number, url: string): Promise<ImageAnswer> {
    const key = `${message} ${url}`;
    const known = this.known.get(key);
    if (known) return known;
    const answer = this.inTurn(() => this.move(message, url));
    this.known.set(key, answer);
    void answer.then(({ stored }) => {
      if (!stored) this.known.delete(key);
    });
    const oldest = this.known.keys().next().value;
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return answer;
  }

  private async inTurn(work: () => Promise<ImageAnswer>): Promise<ImageAnswer> {
    if (this.waiting.length >= MAX_WAITING) return { stored: false, reason: "refused" };
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async move(message: number, url: string): Promise<ImageAnswer> {
    const channel = this.hooks.channel();
    if (!channel) return { stored: false, reason: "offline" };
    if (!/^https:\/\//.test(url) || !(await this.hooks.granted(url))) return { stored: false, reason: "host" };
    const got = await download(url);
    if ("reason" in got) return { stored: false, reason: got.reason };
    try {
      const taken = await handOver(channel, got.bytes, { purpose: "image", type: got.type, message, url });
      return taken ? { stored: true } : { stored: false, reason: "refused" };
    } catch {
      return { stored: false, reason: channel.open ? "refused" : "offline" };
    }
  }
}

type Download = { bytes: Uint8Array<ArrayBuffer>; type: string } | { reason: "network" | "size" | "type" };

/** Reads at most MAX_BLOB bytes. No cookies go along and no redirect is followed: an image needs neither. */
async function download(url: string): Promise<Download> {
  try {
    const response = await fetch(url, { credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok || !response.body) return { reason: "network" };
    const type = (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    if (!/^image\/(png|jpeg|gif|webp)$/.test(type)) return { reason: "type" };
    const parts: Uint8Array[] = [];
    let size = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > MAX_BLOB) {
        await reader.cancel();
        return { reason: "size" };
      }
      parts.push(part.value);
    }
    if (size === 0) return { reason: "network" };
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return { bytes, type };
  } catch {
    return { reason: "network" };
  }
}
