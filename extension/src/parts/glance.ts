// Injected into the tab of a watched inbox, whatever that shows by now: leaves one function there for the background to call.

import { parts } from "../shared/parts";
import type { Glance } from "../shared/inbox";
import { asksForProof, asksToLogIn } from "../sites/away";
import { saysEmpty } from "../sites/listhealth";

function glance(): Glance {
  const inbox = parts().inbox?.() ?? null;
  return {
    inbox,
    empty: inbox === null && document.body !== null && saysEmpty(document.body),
    login: asksToLogIn(document),
    captcha: asksForProof(document, inbox === null),
  };
}

Object.assign(globalThis, { seabridgeGlance: glance });
