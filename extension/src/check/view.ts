// What the list shows: the findings of all fields, and how the check stands.

import type { CardActs } from "./card";
import type { CheckFinding } from "./finding";

export interface Found {
  /** The same for the same words of a field at every check. */
  key: string;
  /** What the seller calls the field. */
  name: string;
  finding: CheckFinding;
}

export interface View {
  /** In the order of the page. */
  found: readonly Found[];
  /** Why nothing could be checked, with what to do; "" = it was. */
  trouble: string;
  /** Not checked yet. */
  waiting: boolean;
  /** Version of the rules that were asked. */
  pack: string;
  /** More stands there than can be checked. */
  cut: boolean;
}

/** What can be done with a finding. */
export interface Acts {
  card: (key: string) => CardActs;
  /** Shows the words in the page. */
  jump: (key: string) => void;
}
