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

/** The gravest level there is; the mildest of none. */
export function gravest(findings: readonly { level: Level }[]): Level {
  return LEVELS.find((level) => findings.some((finding) => finding.level === level)) ?? "suggestion";
}

export interface Groups<E> {
  levels: { level: Level; all: E[] }[];
  excused: E[];
}

/** By level, the gravest first, and apart what the seller excused; the order within stays. Levels of nothing are left out. */
export function grouped<E extends { finding: Pick<CheckFinding, "level" | "waiver"> }>(found: readonly E[]): Groups<E> {
  const counts = found.filter(({ finding }) => finding.waiver === "");
  return {
    levels: LEVELS.map((level) => ({ level, all: counts.filter(({ finding }) => finding.level === level) })).filter(({ all }) => all.length > 0),
    excused: found.filter(({ finding }) => finding.waiver !== ""),
  };
}
