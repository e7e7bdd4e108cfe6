// Keeping the archive: backups and where they go, how long conversations stay, erasing one buyer.

import { call } from "./api.js";
import { backups } from "./backup.js";
import { backupList } from "./backup_list.js";
import { backupPlan } from "./backup_plan.js";
import { h } from "./dom.js";
import { erasing } from "./erasing.js";
import { retention } from "./retention.js";
import { t } from "./texts.js";

export async function keeping(signal) {
  const now = await call("keeping.settings");
  const list = now.practice ? null : backupList(now, signal);
  const made = backups(signal, () => list.fill());
  const head = [h("h1", { tabindex: "-1" }, t("dash_keeping")), h("p", { class: "lead" }, t("dash_keeping_lead"))];
  if (now.practice) return [...head, h("section", { class: "card" }, h("p", {}, t("dash_keeping_practice"))), await retention(now), erasing()];
  await list.fill();
  const changed = () => Promise.all([made.fill(), list.fill()]);
  return [...head, made.card, list.card, backupPlan(now, changed), await retention(now), erasing()];
}
