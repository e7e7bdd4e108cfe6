// The arithmetic of pairing and of session proofs. The same vectors hold for the companion's pairing_math.py.

const utf8 = new TextEncoder();
const ZERO = new Uint8Array(1);

export type Bytes = Uint8Array<ArrayBuffer>;

/** What a pairing is about: both public halves and the channel they travelled on. */
export interface Transcript {
  /** Origin of this extension, as the browser sends it. */
  origin: string;
  /** The port this side dialled: a relay on another port gives other digits. */
  port: number;
  instance: string;
  extPub: Bytes;
  compPub: Bytes;
  extNonce: Bytes;
  compNonce: Bytes;
}

/** What a session proof is about. */
export interface Session {
  keyId: string;
  origin: string;
  port: number;
  instance: string;
  clientNonce: Bytes;
  serverNonce: Bytes;
}

export function transcriptBytes(t: Transcript): Bytes {
  return join("seabridge-pair-1", ZERO, t.origin, ZERO, String(t.port), ZERO, t.instance, ZERO, t.extPub, t.compPub, t.extNonce, t.compNonce);
}

export function commitment(extPub: Bytes, extNonce: Bytes): Promise<Bytes> {
  return sha256(join("seabridge-commit-1", ZERO, extPub, extNonce));
}

/** Six digits that both sides show. */
export async function digitsOf(transcript: Bytes): Promise<string> {
  const hash = await sha256(join("seabridge-digits-1", ZERO, transcript));
  const number = new DataView(hash.buffer).getBigUint64(0) % 1_000_000n;
  return String(number).padStart(6, "0");
}

export async function keyIdOf(transcript: Bytes): Promise<string> {
  return toBase64((await sha256(join("seabridge-keyid-1", ZERO, transcript))).slice(0, 12));
}

/** A fresh P-256 pair; the private half cannot leave the browser. */
export function freshPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveKey"]);
}

export async function publicBytes(pair: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
}

/** The pairing key as a non-extractable HMAC key. Rejects when `compPub` is not a point on the curve. */
export async function deriveKey(ownPrivate: CryptoKey, compPub: Bytes, transcript: Bytes): Promise<CryptoKey> {
  const theirs = await crypto.subtle.importKey("raw", compPub, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const shared = await crypto.subtle.deriveKey({ name: "ECDH", public: theirs }, ownPrivate, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: await sha256(transcript), info: utf8.encode("seabridge-key-1") },
    shared,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign", "verify"],
  );
}

function proofInput(who: "companion" | "extension", s: Session): Bytes {
  return join(who, ZERO, "seabridge-auth-1", ZERO, s.keyId, ZERO, s.origin, ZERO, String(s.port), ZERO, s.instance, ZERO, s.clientNonce, s.serverNonce);
}

/** Our proof, to be sent only after the companion's was verified. */
export async function prove(key: CryptoKey, session: Session): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, proofInput("extension", session)));
}

/** Whether the companion holds the same key. Compares in constant time. */
export function companionProves(key: CryptoKey, session: Session, proof: Bytes): Promise<boolean> {
  return crypto.subtle.verify("HMAC", key, proof, proofInput("companion", session));
}

export function randomBytes(count: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** base64url without padding. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Throws when the text is not base64url. */
export function fromBase64(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Error("not base64url");
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function join(...parts: (string | Uint8Array)[]): Bytes {
  const all = parts.map((part) => (typeof part === "string" ? utf8.encode(part) : part));
  const out = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
