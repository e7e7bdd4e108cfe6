// How much one tab may have written down: far above what hands can do, so that a page that was taken over cannot fill
// the archive. The rows a page shows are not counted: they are the archive's purpose, and whoever scrolls up shows many.

import type { PageCall } from "../shared/messages";
import type { Methods } from "../shared/protocol.gen";
import { laneOf } from "./queue";

/** A token bucket: so many at once, and so many a minute that come back. */
interface Bound {
  burst: number;
  minute: number;
}

/** Each for one method: of one tab, about one conversation or listing, and of the same words there. Hands send some 20
 * messages a minute. */
export const TAB: Bound = { burst: 240, minute: 120 };
export const TARGET: Bound = { burst: 60, minute: 30 };
export const SAME: Bound = { burst: 30, minute: 2 };
/** Buckets kept before those that are full again are thrown away. */
const MOST = 1_000;
/** Of a text so much counts as its words, with its length: a key stays short. */
const WORDS = 200;

/** What a request has written down: about which conversation or listing, and which words, "" = none that count. */
export interface Written {
  target: string;
  text: string;
}

interface Bucket {
  bound: Bound;
  left: number;
  /** Of the last look, in ms. */
  at: number;
}

export class Pace {
  private readonly buckets = new Map<string, Bucket>();

  /** `now`: ms of a clock that never goes back. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whether a tab may have this written down now. What is refused takes nothing from the rest. */
  admits(tab: number, method: keyof Methods, { target, text }: Written): boolean {
    const all = `${tab}\u001f${method}`;
    const about = `${all}\u001f${target}`;
    const keys: [string, Bound][] = [
      [all, TAB],
      [about, TARGET],
    ];
    if (text) keys.push([`${about}\u001f${text.length}\u001f${text.slice(0, WORDS)}`, SAME]);
    const buckets = keys.map(([key, bound]) => [key, this.look(key, bound)] as const);
    if (buckets.some(([, bucket]) => bucket.left < 1)) return false;
    for (const [key, bucket] of buckets) {
      bucket.left -= 1;
      this.buckets.set(key, bucket);
    }
    if (this.buckets.size > MOST) this.sweep();
    return true;
  }

  get size(): number {
    return this.buckets.size;
  }

  private look(key: string, bound: Bound): Bucket {
    const bucket = this.buckets.get(key) ?? { bound, left: bound.burst, at: 0 };
    const at = this.now();
    bucket.left = Math.min(bound.burst, bucket.left + ((at - bucket.at) / 60_000) * bound.minute);
    bucket.at = at;
    return bucket;
  }

  private sweep(): void {
    for (const [key, bucket] of this.buckets) if (this.look(key, bucket.bound).left === bucket.bound.burst) this.buckets.delete(key);
  }
}

const WRITTEN: { [M in PageCall]?: (params: Methods[M]["params"]) => Written | null } = {
  "message.sending": (params) => ({ target: laneOf(params), text: params.text }),
  "thread.set_language": (params) => ({ target: laneOf(params), text: "" }),
  "thread.set_tone": (params) => ({ target: laneOf(params), text: "" }),
  // only texts that stand still are written down
  "listing.check": ({ marketplace, shop, item, settled }) => (settled && item ? { target: [marketplace, shop, "listing", item].join("\u001f"), text: "" } : null),
  "waivers.put": ({ waiver }) => ({ target: waiver.item ?? "", text: "" }),
};

/** What a call of a page has written down; null: nothing. */
export function writtenBy<M extends PageCall>(method: M, params: Methods[M]["params"]): Written | null {
  return WRITTEN[method]?.(params) ?? null;
}
