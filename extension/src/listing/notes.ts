// What to doubt in the translation of a field, each with what to do; what concerns a conversation is said otherwise here.

import type { Host } from "../features/kit/types";
import { notes } from "../features/kit/words";
import { languageName } from "../shared/i18n";
import type { Translated } from "../shared/protocol.gen";

export function notesOf(host: Host, item: Translated): string[] {
  const doubt = item.doubt.filter((code) => code !== "unsure_language");
  const unsure = item.source === "" ? host.t("listing_unsure_none") : host.t("listing_unsure", { language: languageName(item.source, host.locale) });
  return [...(item.sure ? [] : [unsure]), ...notes(host, { ...item, sure: true, doubt }).map(({ full }) => full)];
}
