// Errors inside the background: a code of the wire, or one of ours for what never reached it.

import type { Failure } from "../shared/messages";
import { RETRYABLE } from "../shared/protocol.const.gen";

/** `closed`: the socket went away before the answer; `queue_full`: nothing more fits into the queue; `too_many`: a page wants
 * more written down than a seller can mean. */
export class CallError extends Error {
  constructor(
    readonly code: string,
    readonly data: Record<string, unknown> = {},
    readonly retryable: boolean = code === "closed" || RETRYABLE.includes(code),
  ) {
    super(code);
  }
}

/** What a caller outside the background gets to see. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof CallError)) return { code: "internal", retryable: false, data: { report: "extension" } };
  const code = error.code === "closed" ? "not_running" : error.code;
  return { code, retryable: error.retryable, data: error.data };
}
