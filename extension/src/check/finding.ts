// What a check found, as pages show it.

/** Of the wire: `start` and `end` count code points in the text at `part` of those sent; equal ones mean the text as a whole. */
export interface CheckFinding {
  part: number;
  rule: string;
  version: number;
  level: Level;
  start: number;
  end: number;
  text: string;
  message: string;
  fix: string;
  source: string;
  as_of: string;
  alternatives: string[];
  /** Id of the seller's word that excuses it; "" = none. */
  waiver: string;
  /** What the seller said for it. */
  reason: string;
}

export type Level = "error" | "warning" | "suggestion";

/** The gravest first. */
export const LEVELS = ["error", "warning", "suggestion"] as const;
