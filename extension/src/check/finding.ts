// What a check found, as pages show it.

import type { CheckFinding } from "../shared/protocol.gen";

export type { CheckFinding };
export type Level = CheckFinding["level"];

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
