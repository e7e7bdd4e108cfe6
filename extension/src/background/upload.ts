// Handing bytes over to the companion: announced on the proven connection, then a POST with the ticket it gave.

import type { BlobBeginParams } from "../shared/protocol.gen";
import type { Channel } from "./channel";
import { sha256 } from "./proof";

const POST_MS = 30_000;

export async function hexOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return [...(await sha256(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the companion has the bytes now. Rejects with the CallError of `blob.begin` or when nobody answers the POST. */
export async function handOver(channel: Channel, bytes: Uint8Array<ArrayBuffer>, what: Omit<BlobBeginParams, "sha256" | "size">): Promise<boolean> {
  const { ticket, path } = await channel.request("blob.begin", { ...what, sha256: await hexOf(bytes), size: bytes.length });
  if (ticket === "") return true;
  // an answer must not send the bytes anywhere but to this very companion
  if (!path.startsWith("/") || path.startsWith("//")) return false;
  const posted = await fetch(`http://127.0.0.1:${channel.port}${path}`, {
    method: "POST",
    headers: { "X-Seabridge-Ticket": ticket, "Content-Type": what.type.startsWith("image/") ? what.type : "application/octet-stream" },
    body: bytes,
    credentials: "omit",
    redirect: "error",
    signal: AbortSignal.timeout(POST_MS),
  });
  return posted.ok;
}
