// "With another engine": names the next one and where it sends the text, and asks it at a press.

import { adopt, fill, h } from "../shared/dom";
import type { Host, Wish } from "../features/kit/types";
import { engineName } from "../features/kit/words";
import type { OfferedEngine } from "../shared/messages";
import type { Translated } from "../shared/protocol.gen";

/** A list this old is asked for anew: the seller may have set an engine up meanwhile. */
const FRESH_MS = 30_000;

const LOOKS = `
.another{font-size:11px;line-height:1.4;padding:0 6px;margin-inline-end:6px;white-space:normal;text-align:start;color:var(--mark)}
.engine:has(.another){pointer-events:auto}
`;
const styled = new WeakSet<Node>();

let known: { at: number; list: Promise<OfferedEngine[]> } | null = null;

/** The engine after the one that made it, so that presses go round through all; null when there is no other. */
export function nextOf(list: readonly OfferedEngine[], engine: string): OfferedEngine | null {
  const next = list[(list.findIndex(({ name }) => name === engine) + 1) % list.length];
  return next && next.name !== engine ? next : null;
}

export async function another(host: Host, place: HTMLElement, item: Translated, wish: Wish): Promise<void> {
  const next = nextOf(await listed(host), item.engine);
  if (!next || place.firstChild) return;
  const title = titleOf(host, next);
  const where = next.destination ? host.t("bubble_goes", { host: next.destination }) : host.t("bubble_stays");
  let busy = false;
  const press = async (): Promise<void> => {
    // not disabled meanwhile: that would take the focus away
    if (busy) return;
    busy = true;
    said.textContent = host.t("bubble_another_wait");
    const made = await (wish.ask?.(next.name) ?? ask(host, next.name, item, wish));
    if (made) return wish.took(made);
    busy = false;
    wish.growing();
    said.textContent = host.t("bubble_another_failed", { engine: title });
  };
  const button = h("button", { type: "button", class: "another", part: "another", onclick: () => void press() }, host.t("bubble_another", { engine: title, where }));
  const said = h("span", { role: "status" });
  style(place.getRootNode());
  wish.growing();
  fill(place, button, said);
}

function style(root: Node): void {
  if (!(root instanceof ShadowRoot) || styled.has(root)) return;
  styled.add(root);
  adopt(root, LOOKS);
}

function listed(host: Host): Promise<OfferedEngine[]> {
  if (known && performance.now() - known.at < FRESH_MS) return known.list;
  const list = host.ask({ type: "engines" }).then(
    (answer) => ("result" in answer ? answer.result : []),
    () => [],
  );
  known = { at: performance.now(), list };
  return list;
}

function titleOf(host: Host, { name, title }: OfferedEngine): string {
  return title || engineName(host, name);
}

/** What that engine made of it, and nobody else; null when it made nothing. */
async function ask(host: Host, engine: string, { source, target }: Translated, { text, purpose, thread }: Wish): Promise<Translated | null> {
  try {
    const answer = await host.ask({
      type: "call",
      method: "translate",
      params: { items: [{ ref: "0", text }], purpose, engine, ...(purpose === "write" ? { source, target } : {}), ...(thread ? { thread } : {}) },
    });
    const item = "result" in answer ? answer.result.items[0] : undefined;
    return item?.engine === engine ? item : null;
  } catch {
    return null;
  }
}
