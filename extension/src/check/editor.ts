// check-listing: what breaks a rule in the fields of a listing editor, marked where it stands while the seller types.

import type { Host, ListingAtHand } from "../features/kit/types";
import { coalesced } from "../features/kit/work";
import { actsFor } from "./acting";
import { listen } from "./ears";
import { Fields } from "./fields";
import { Painter } from "./painter";
import { Panel } from "./panel";
import { Reviewer } from "./reviewer";

/** Cross-check against changes nobody reported: of texts each time, of where they stand every so many times. */
const RECHECK_MS = 1_000;
const PLACES_EVERY = 5;
/** After something stirred a page may go on moving for so long: a menu that unfolds, a list that glides. */
const RESTLESS_MS = 600;
/** What changes around the fields may cover them; a page that changes all the time is not looked at each time. */
const COVERED_MS = 300;

export function checkListing(host: Host, listing: ListingAtHand, signal: AbortSignal): void {
  const t = (key: string, data?: Record<string, string | number>): string => host.t(key, data);
  const { document } = listing;
  const fields = new Fields(listing, t);
  const reviewer: Reviewer = new Reviewer(host, listing, fields, () => told(), signal);
  const acts = actsFor(host, listing, reviewer, signal);
  const painter = new Painter(t, fields, reviewer, acts, signal);
  const panel = new Panel(t, acts);
  let restlessUntil = 0;
  let coveredAt = 0;
  let isCovered = false;
  /** Fields may have come or gone. */
  let isNew = true;
  const draw = coalesced(() => {
    const now = performance.now();
    const all = isCovered && now - coveredAt > COVERED_MS;
    if (all) [isCovered, coveredAt] = [false, now];
    painter.paint(all);
    if (now < restlessUntil || isCovered) draw();
  }, signal);
  const stir = (): void => {
    restlessUntil = performance.now() + RESTLESS_MS;
    draw();
  };
  const ears = listen(
    {
      stir,
      around: () => {
        isCovered = true;
        isNew = true;
        stir();
      },
      resize: () => {
        for (const watched of fields.all) watched.remeasure();
        stir();
      },
      input: (event) => {
        const watched = fields.holding(event.composedPath());
        if (!watched) {
          // one that was not there, or not seen, at the last look
          isNew = true;
          return;
        }
        if (event.type === "focusin") return;
        watched.stale = true;
        draw();
        // what an input method still composes is not written yet
        if ((event as InputEvent).isComposing !== true) reviewer.changed();
      },
    },
    signal,
  );

  function look(): void {
    isNew = false;
    const { gone, come } = fields.look();
    for (const watched of gone) painter.forget(watched);
    for (const watched of come) ears.hear(watched.field);
    panel.node.hidden = fields.all.length === 0;
    if (gone.length + come.length > 0) reviewer.changed();
  }

  function told(): void {
    panel.show(reviewer.view);
    draw();
  }

  let times = 0;
  const recheck = setInterval(() => {
    if (document.hidden) return;
    painter.stand();
    times += 1;
    if (isNew || times % PLACES_EVERY === 0) {
      fields.relook();
      isCovered = true;
    }
    if (isNew) look();
    if (fields.recheck()) reviewer.changed();
    draw();
  }, RECHECK_MS);
  signal.addEventListener("abort", () => clearInterval(recheck), { once: true });
  painter.over(document).side.append(panel.node);
  listing.onChange(() => {
    // typing changes the listing as well, and looking for its fields is no work for a keystroke
    if (fields.all.length === 0 || fields.all.some(({ field }) => !field.isConnected)) look();
  }, signal);
  document.addEventListener("visibilitychange", () => document.hidden || reviewer.changed(), { signal });
  host.onPush((push) => push.type === "checks" && reviewer.again(), signal);
  let known = `${host.locale} ${host.state.link}`;
  host.onChange(() => {
    const now = `${host.locale} ${host.state.link}`;
    if (now === known) return;
    known = now;
    panel.relabel();
    reviewer.changed();
  }, signal);
}
