// What can be done with a finding in a listing: other words put in, a reason against it kept, the place shown.

import type { Host, ListingAtHand } from "../features/kit/types";
import type { CardActs } from "./card";
import { repair, show } from "./repair";
import type { Reviewer } from "./reviewer";
import { troubleOf } from "./trouble";
import type { Acts } from "./view";

/** Words a reason can be kept for, in characters; longer ones are too many to come again. */
const LONGEST_WORDS = 300;

export function actsFor(host: Host, listing: ListingAtHand, reviewer: Reviewer, signal: AbortSignal): Acts {
  async function mend(key: string, instead: string): Promise<string> {
    if (listing.snapshot.lost.length > 0) return host.t("editor_page_changed");
    const at = reviewer.markOf(key);
    const done = at ? await repair(at.watched, at.mark, at.mark.finding.text, instead, signal) : "changed";
    reviewer.changed();
    return done === "done" ? "" : host.t(`editor_${done}`);
  }

  async function waive(key: string, reason: string, everywhere: boolean): Promise<string> {
    const at = reviewer.markOf(key);
    if (!at) return host.t("editor_changed");
    const { rule, text } = at.mark.finding;
    const waiver = {
      rule,
      reason,
      target: "listing" as const,
      text: [...text].length > LONGEST_WORDS ? "" : text,
      // what a page's seller says counts on that page's marketplace
      marketplace: listing.marketplace.name,
      item: everywhere ? "" : reviewer.item,
    };
    const answer = await host.ask({ type: "call", method: "waivers.put", params: { waiver } }).catch(() => null);
    const failure = !answer ? { code: "timeout", data: {} } : "error" in answer ? answer.error : null;
    if (failure) return troubleOf((key, data) => host.t(key, data), failure);
    reviewer.again();
    return "";
  }

  return {
    card: (key): CardActs => ({
      repair: (text) => mend(key, text),
      waive: (reason, everywhere) => waive(key, reason, everywhere),
      // what has no number yet cannot be known again
      here: reviewer.item ? host.t("editor_here") : undefined,
    }),
    jump: (key) => {
      const at = reviewer.markOf(key);
      if (at) void show(at.watched, at.mark);
    },
  };
}
