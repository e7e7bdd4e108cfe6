// Why something could not be done, as a sentence.

import { texts } from "../features/kit/install";
import type { T } from "../shared/i18n";

export function troubleOf(t: T, { code, data }: { code: string; data: Record<string, unknown> }): string {
  const said = t(`error_${code}`, texts(data));
  return said === `error_${code}` ? t("error_internal", { report: code }) : said;
}
