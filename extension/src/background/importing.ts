// Files of glossary and memory from an own page: small ones inside the request, others uploaded first.

import { problemOf } from "../shared/check";
import type { Answer } from "../shared/messages";
import type { ImportCall } from "../shared/own";
import { MAX_IMPORT } from "../shared/protocol.const.gen";
import type { GlossaryImportParams, MemoryImportParams } from "../shared/protocol.gen";
import type { App } from "./app";
import { CallError, toFailure } from "./failure";
import { handOver, hexOf } from "./upload";

/** Longest text inside a request, in UTF-16 units; companion/protocol/methods/glossary.py (FileText) bounds code points. */
const INSIDE = 60_000;
/** How long an import waits for a connection that is being made. */
const CONNECT_MS = 8_000;

type Params = GlossaryImportParams | MemoryImportParams;

/** Never rejects. All of the file is taken or nothing. */
export async function importFile(app: App, method: ImportCall, params: Params): Promise<Answer<unknown>> {
  const { content = "", ...rest } = params;
  const inside = content.length <= INSIDE;
  const bytes = inside ? new Uint8Array() : new TextEncoder().encode(content);
  if (bytes.length > MAX_IMPORT) return { error: toFailure(new CallError("too_large", { size: bytes.length, limit: MAX_IMPORT })) };
  const asked = inside ? params : { ...rest, sha256: await hexOf(bytes) };
  const problem = problemOf(method, "params", asked);
  if (problem) return { error: toFailure(new CallError("bad_params", { problem })) };
  try {
    if (!inside) await upload(app, bytes);
    return await app.call(method, asked as never);
  } catch (error) {
    return { error: toFailure(error) };
  }
}

async function upload(app: App, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const channel = await app.link.ready(CONNECT_MS);
  if (!channel) throw new CallError("not_running", {}, true);
  if (!(await handOver(channel, bytes, { purpose: "import", type: "text/plain" }))) throw new CallError("busy", {}, true);
}
