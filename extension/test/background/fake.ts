// Stand-ins for the far side: a socket in memory, and a companion that speaks the wire's own formulas.

import { createHash, createHmac, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { Channel, type Socket } from "../../src/background/channel";
import { transcriptBytes, type Bytes } from "../../src/background/proof";
import { MAX_FRAME } from "../../src/shared/protocol.const.gen";

export type Sent = { v: number; id?: string; method?: string; params?: Record<string, unknown>; idem?: string; cancel?: string; beat?: number };

export class FakeSocket extends EventTarget implements Socket {
  readyState: 0 | 1 | 2 | 3 = 1;
  sent: Sent[] = [];
  onSent: ((frame: Sent) => void) | undefined;

  send(text: string): void {
    if (text.length > MAX_FRAME) throw new Error("frame too large");
    const frame = JSON.parse(text) as Sent;
    this.sent.push(frame);
    this.onSent?.(frame);
  }

  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
  }

  say(frame: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: typeof frame === "string" ? frame : JSON.stringify(frame) }));
  }
}

export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly data: Record<string, unknown> = {},
    readonly retryable = false,
  ) {
    super(code);
  }
}

export const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

type Method = (params: Record<string, unknown>, idem: string | undefined) => unknown;

/** A companion: hello, pairing and proof as in the contract; other methods are given. */
export class FakeCompanion {
  instance = "data-folder-1";
  practice = false;
  protocol = { min: 1, max: 1 };
  keys = new Map<string, Buffer>();
  calls: { method: string; params: Record<string, unknown>; idem: string | undefined }[] = [];
  sockets: FakeSocket[] = [];
  methods: Record<string, Method> = {};
  digits = "";
  /** The seller's press at the companion; pair.wait may be asked before or after it. */
  decide!: (yes: boolean) => void;
  private readonly decided = new Promise<boolean>((resolve) => (this.decide = resolve));
  /** What this one believes the extension's Origin and port to be; a relay has others. */
  seenOrigin = "chrome-extension://abc";

  constructor(readonly port: number) {}

  dial(): Promise<Channel> {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    const session: Session = { proven: false };
    socket.onSent = (frame) => void this.hear(socket, frame, session);
    return Promise.resolve(new Channel(socket, this.port));
  }

  /** The process dies. */
  die(): void {
    for (const socket of this.sockets) socket.close();
    this.sockets = [];
  }

  private async hear(socket: FakeSocket, frame: Sent, session: Session): Promise<void> {
    await Promise.resolve();
    const { v, id, method = "", params = {}, idem } = frame;
    if (frame.beat !== undefined) return socket.say({ v, beat: frame.beat });
    if (frame.cancel !== undefined) return;
    this.calls.push({ method, params, idem });
    try {
      const result = await this.answer(method, params, idem, session);
      if (socket.readyState === 1) socket.say({ v, id, result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (socket.readyState === 1) socket.say({ v, id, error: { code: error.code, retryable: error.retryable, data: error.data } });
    }
  }

  private answer(method: string, params: Record<string, unknown>, idem: string | undefined, session: Session): unknown {
    const text = (name: string): Buffer => Buffer.from(String(params[name]), "base64url");
    if (method === "hello") {
      if ((params["protocol_max"] as number) < this.protocol.min) throw new Refusal("version_mismatch", { update: "extension" });
      if ((params["protocol_min"] as number) > this.protocol.max) throw new Refusal("version_mismatch", { update: "companion" });
      return {
        product: "seabridge",
        version: "0.1.0",
        protocol_min: this.protocol.min,
        protocol_max: this.protocol.max,
        protocol: 1,
        instance: this.instance,
        paired: this.keys.has(String(params["key_id"])),
        practice: this.practice,
      };
    }
    if (method === "pair.begin") {
      session.ecdh = createECDH("prime256v1");
      session.compPub = session.ecdh.generateKeys();
      session.compNonce = randomBytes(32);
      session.commitment = String(params["commitment"]);
      return { pairing: "p1", public_key: b64(session.compPub), nonce: b64(session.compNonce), expires_s: 120 };
    }
    if (method === "pair.reveal") return this.reveal(text("public_key"), text("nonce"), session);
    if (method === "pair.wait")
      return this.decided.then((yes) => {
        if (!yes || !session.keyId || !session.key) throw new Refusal("pairing_refused");
        this.keys.set(session.keyId, session.key);
        return { key_id: session.keyId };
      });
    if (method === "auth.begin") {
      const key = this.keys.get(String(params["key_id"]));
      if (!key) throw new Refusal("not_paired");
      const serverNonce = randomBytes(32);
      const head = ["seabridge-auth-1", params["key_id"], this.seenOrigin, this.port, this.instance, ""].join("\0");
      session.auth = Buffer.concat([Buffer.from(head), text("nonce"), serverNonce]);
      session.key = key;
      return { nonce: b64(serverNonce), proof: b64(createHmac("sha256", key).update("companion\0").update(session.auth).digest()) };
    }
    if (method === "auth.prove") {
      const expected = session.key && session.auth && b64(createHmac("sha256", session.key).update("extension\0").update(session.auth).digest());
      if (expected !== params["proof"]) throw new Refusal("proof_failed");
      session.proven = true;
      return { locale: "auto" };
    }
    if (!session.proven) throw new Refusal("not_proven");
    const own = this.methods[method];
    if (!own) throw new Refusal("unknown_method");
    return own(params, idem);
  }

  private reveal(extPub: Buffer, extNonce: Buffer, session: Session): unknown {
    const commitment = createHash("sha256").update("seabridge-commit-1\0").update(extPub).update(extNonce).digest("base64url");
    if (commitment !== session.commitment || !session.ecdh || !session.compPub || !session.compNonce) throw new Refusal("pairing_broken");
    const bytes = (value: Buffer): Bytes => Uint8Array.from(value);
    const transcript = transcriptBytes({
      origin: this.seenOrigin,
      port: this.port,
      instance: this.instance,
      extPub: bytes(extPub),
      compPub: bytes(session.compPub),
      extNonce: bytes(extNonce),
      compNonce: bytes(session.compNonce),
    });
    const hash = (label: string): Buffer => createHash("sha256").update(label).update(transcript).digest();
    this.digits = String(hash("seabridge-digits-1\0").readBigUInt64BE(0) % 1_000_000n).padStart(6, "0");
    session.keyId = hash("seabridge-keyid-1\0").subarray(0, 12).toString("base64url");
    session.key = Buffer.from(hkdfSync("sha256", session.ecdh.computeSecret(extPub), hash(""), "seabridge-key-1", 32));
    return { expires_s: 120 };
  }
}

interface Session {
  proven: boolean;
  ecdh?: ReturnType<typeof createECDH>;
  compPub?: Buffer;
  compNonce?: Buffer;
  commitment?: string;
  keyId?: string;
  key?: Buffer;
  auth?: Buffer;
}

/** Waits until something is so, at most two seconds. */
export async function until(so: () => boolean, what = "it"): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (so()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} did not happen`);
}
