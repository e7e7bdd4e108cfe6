// Pairing as a short story of its own, on a socket of its own: ask, show six digits, wait for the seller, keep the key.
// The seller says "the same" on both sides: whoever sits on the port could otherwise confirm itself and be believed.

import type { PairingView } from "../shared/own";
import type { Channel } from "./channel";
import { CallError, toFailure } from "./failure";
import { greet } from "./handshake";
import type { Keys } from "./keys";
import { commitment, deriveKey, digitsOf, freshPair, fromBase64, keyIdOf, publicBytes, randomBytes, toBase64, transcriptBytes } from "./proof";

export interface PairingDeps {
  dial(port: number): Promise<Channel>;
  keys: Keys;
  /** The port where a companion answered last, or those to try. */
  ports(): Promise<readonly number[]>;
  origin: string;
  version: string;
  /** How the companion names this browser in its list. */
  name: string;
}

export class PairingStory {
  view: PairingView = { step: "none" };
  onView: (() => void) | undefined;
  onDone: (() => void) | undefined;
  private channel: Channel | null = null;
  private turn = 0;
  private agree: (() => void) | null = null;
  private late: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly deps: PairingDeps) {}

  /** Starts over; a running one is given up. */
  async start(): Promise<void> {
    this.cancel();
    const turn = ++this.turn;
    this.show({ step: "asking" });
    try {
      await this.run(turn);
      if (turn !== this.turn) return;
      this.show({ step: "done" });
      this.onDone?.();
    } catch (error) {
      if (turn === this.turn) this.show({ step: "failed", failure: toFailure(error) });
    } finally {
      if (turn === this.turn) this.hangUp();
    }
  }

  /** The seller compared the digits with the companion's own window. */
  same(): void {
    if (this.view.step !== "compare" || !this.agree) return;
    this.agree();
    this.show({ ...this.view, same: true });
  }

  cancel(): void {
    this.turn += 1;
    this.hangUp();
    this.show({ step: "none" });
  }

  private async run(turn: number): Promise<void> {
    const { channel, hello } = await this.reach();
    if (turn !== this.turn) return channel.close();
    this.channel = channel;
    const pair = await freshPair();
    const extPub = await publicBytes(pair);
    const extNonce = randomBytes(32);
    const begun = await channel.request("pair.begin", { name: this.deps.name, commitment: toBase64(await commitment(extPub, extNonce)) });
    const compPub = fromBase64(begun.public_key);
    const compNonce = fromBase64(begun.nonce);
    if (compPub.length !== 65 || compNonce.length !== 32) throw new CallError("pairing_broken", {}, false);
    const transcript = transcriptBytes({ origin: this.deps.origin, port: channel.port, instance: hello.instance, extPub, compPub, extNonce, compNonce });
    const key = await deriveKey(pair.privateKey, compPub, transcript).catch(() => {
      throw new CallError("pairing_broken", {}, false); // not a point on the curve
    });
    const { expires_s: left } = await channel.request("pair.reveal", { pairing: begun.pairing, public_key: toBase64(extPub), nonce: toBase64(extNonce) });
    if (turn !== this.turn) return;
    const agreed = this.agreement(left * 1000);
    this.show({ step: "compare", digits: await digitsOf(transcript), until: Date.now() + left * 1000, same: false });
    const keyId = await keyIdOf(transcript);
    const confirmed = channel.request("pair.wait", { pairing: begun.pairing }).then(({ key_id: named }) => {
      if (named !== keyId) throw new CallError("pairing_broken", {}, false);
    });
    await Promise.all([confirmed, agreed]);
    if (turn !== this.turn) return;
    await this.deps.keys.put({ instance: hello.instance, keyId, key, port: channel.port, practice: hello.practice, createdAt: Date.now() / 1000 });
  }

  /** Resolves when the seller says so here; rejects when the time to compare is over. */
  private agreement(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.late = setTimeout(() => reject(new CallError("pairing_expired", {}, false)), ms);
      this.agree = resolve;
    });
  }

  /** The first port where a companion of a fitting version says hello. */
  private async reach(): Promise<{ channel: Channel; hello: Awaited<ReturnType<typeof greet>> }> {
    let trouble: unknown = new CallError("not_running");
    for (const port of await this.deps.ports()) {
      const channel = await this.deps.dial(port).catch(() => null);
      if (!channel) continue;
      try {
        return { channel, hello: await greet(channel, this.deps.version, "") };
      } catch (error) {
        channel.close();
        trouble = error;
      }
    }
    throw trouble;
  }

  private hangUp(): void {
    this.agree = null;
    clearTimeout(this.late);
    this.channel?.close();
    this.channel = null;
  }

  private show(view: PairingView): void {
    this.view = view;
    this.onView?.();
  }
}
