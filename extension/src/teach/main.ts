// Teaching starts here: injected into the tab under the popup, gone without a trace at the end.

import { alive } from "../shared/talk";
import { hello, save } from "./talk";
import { Wizard } from "./wizard";

/** One at a time in this world; the one before goes. */
const world = globalThis as { seabridgeTeach?: AbortController };
world.seabridgeTeach?.abort();
const life = new AbortController();
world.seabridgeTeach = life;

const ALIVE_MS = 5_000;

async function start(): Promise<void> {
  const answer = await hello();
  if (life.signal.aborted) return;
  new Wizard(answer, save, () => life.abort(), life.signal);
  const timer = setInterval(() => {
    if (!alive()) life.abort();
  }, ALIVE_MS);
  life.signal.addEventListener("abort", () => clearInterval(timer));
}

start().catch(() => life.abort());
