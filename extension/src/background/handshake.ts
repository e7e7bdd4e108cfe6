// The first words on a connection: hello, then proof in both directions. Nothing of the seller's is sent before it.

import { PRODUCT, PROTOCOL_MAX, PROTOCOL_MIN } from "../shared/protocol.const.gen";
import type { HelloResult } from "../shared/protocol.gen";
import type { Channel } from "./channel";
import { CallError } from "./failure";
import type { Pairing } from "./keys";
import { companionProves, fromBase64, prove, randomBytes, toBase64 } from "./proof";

export type Origin = `chrome-extension://${string}` | `moz-extension://${string}` | string;

/** What came of one port. */
export type Outcome =
  | { kind: "nobody" }
  | { kind: "version"; detail: "update_extension" | "update_companion" }
  | { kind: "unpaired"; detail: "" | "foreign" | "revoked"; port: number; hello: HelloResult }
  | { kind: "ready"; channel: Channel; port: number; hello: HelloResult; pairing: Pairing };

/** Say hello. Rejects with CallError `version_mismatch` (data.update: "extension" or "companion") or `not_running`. */
export async function greet(channel: Channel, version: string, keyId: string): Promise<HelloResult> {
  let hello: HelloResult;
  try {
    hello = await channel.request("hello", { client: "seabridge-extension", version, protocol_min: PROTOCOL_MIN, protocol_max: PROTOCOL_MAX, key_id: keyId });
  } catch (error) {
    if (error instanceof CallError && error.code === "version_mismatch") throw new CallError("version_mismatch", { update: whoIsOlder(error.data) });
    throw new CallError("not_running");
  }
  if (hello.product !== PRODUCT) throw new CallError("not_running");
  if (hello.protocol < PROTOCOL_MIN || hello.protocol > PROTOCOL_MAX)
    throw new CallError("version_mismatch", { update: hello.protocol_max < PROTOCOL_MIN ? "companion" : "extension" });
  channel.v = hello.protocol;
  return hello;
}

function whoIsOlder(data: Record<string, unknown>): "extension" | "companion" {
  if (data["update"] === "companion" || data["update"] === "extension") return data["update"];
  return typeof data["protocol_max"] === "number" && data["protocol_max"] < PROTOCOL_MIN ? "companion" : "extension";
}

/** Prove both sides. Rejects with `proof_failed` when the other side has no such key, else with its code. */
export async function authenticate(channel: Channel, hello: HelloResult, pairing: Pairing, origin: Origin): Promise<void> {
  const clientNonce = randomBytes(32);
  const begun = await channel.request("auth.begin", { key_id: pairing.keyId, nonce: toBase64(clientNonce) });
  const serverNonce = fromBase64(begun.nonce);
  const session = { keyId: pairing.keyId, origin, port: channel.port, instance: hello.instance, clientNonce, serverNonce };
  if (serverNonce.length !== 32 || !(await companionProves(pairing.key, session, fromBase64(begun.proof)))) throw new CallError("proof_failed", {}, false);
  await channel.request("auth.prove", { proof: toBase64(await prove(pairing.key, session)) });
}

/** Everything about one port, from dialling to a proven session; the channel stays open only when ready. */
export async function probe(port: number, dial: (port: number) => Promise<Channel>, pairings: Pairing[], version: string, origin: Origin): Promise<Outcome> {
  let channel: Channel;
  try {
    channel = await dial(port);
  } catch {
    return { kind: "nobody" };
  }
  const outcome = await talk(channel, port, pairings, version, origin).catch((): Outcome => ({ kind: "nobody" }));
  if (outcome.kind !== "ready") channel.close();
  return outcome;
}

async function talk(channel: Channel, port: number, pairings: Pairing[], version: string, origin: Origin): Promise<Outcome> {
  const guess = pairings.find((each) => each.port === port) ?? pairings[0];
  let hello: HelloResult;
  try {
    hello = await greet(channel, version, guess?.keyId ?? "");
  } catch (error) {
    if (error instanceof CallError && error.code === "version_mismatch")
      return { kind: "version", detail: error.data["update"] === "companion" ? "update_companion" : "update_extension" };
    return { kind: "nobody" };
  }
  const pairing = pairings.find((each) => each.instance === hello.instance);
  // a paired extension that meets a stranger says so; it may be a new data folder or a program on our port
  if (!pairing) return { kind: "unpaired", detail: pairings.length ? "foreign" : "", port, hello };
  try {
    await authenticate(channel, hello, pairing, origin);
  } catch (error) {
    const code = error instanceof CallError ? error.code : "proof_failed";
    if (code === "not_paired") return { kind: "unpaired", detail: "revoked", port, hello };
    if (code === "closed" || code === "timeout") return { kind: "nobody" };
    return { kind: "unpaired", detail: "foreign", port, hello };
  }
  return { kind: "ready", channel, port, hello, pairing };
}
