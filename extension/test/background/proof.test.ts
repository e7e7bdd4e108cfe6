import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as proof from "../../src/background/proof";

declare const __EXTENSION__: string;

interface Vector {
  given: { origin: string; port: number; instance: string; extension_private: string; companion_private: string; extension_nonce: string; companion_nonce: string };
  expected: Record<"extension_public" | "companion_public" | "commitment" | "digits" | "key_id" | "companion_proof" | "extension_proof", string>;
}

// the same file is replayed by the companion's tests
const VECTORS = JSON.parse(readFileSync(join(__EXTENSION__, "../tests/contract/vectors/pairing.json"), "utf8")) as Vector[];
const [FIRST] = VECTORS as [Vector];

function transcriptOf({ given, expected }: Vector): proof.Bytes {
  return proof.transcriptBytes({
    ...given,
    extPub: proof.fromBase64(expected.extension_public),
    compPub: proof.fromBase64(expected.companion_public),
    extNonce: proof.fromBase64(given.extension_nonce),
    compNonce: proof.fromBase64(given.companion_nonce),
  });
}

async function keyOf(vector: Vector): Promise<CryptoKey> {
  const pub = proof.fromBase64(vector.expected.extension_public);
  const d = Buffer.from(vector.given.extension_private, "hex").toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", d, x: proof.toBase64(pub.slice(1, 33)), y: proof.toBase64(pub.slice(33)) };
  const own = await crypto.subtle.importKey("jwk", jwk, { name: "ECDH", namedCurve: "P-256" }, false, ["deriveKey"]);
  return proof.deriveKey(own, proof.fromBase64(vector.expected.companion_public), transcriptOf(vector));
}

function sessionOf({ given, expected }: Vector): proof.Session {
  return { ...given, keyId: expected.key_id, clientNonce: proof.fromBase64(given.extension_nonce), serverNonce: proof.fromBase64(given.companion_nonce) };
}

for (const vector of VECTORS) {
  const { given, expected } = vector;
  test(`the vectors for ${given.origin} hold`, async () => {
    const transcript = transcriptOf(vector);
    const made = await proof.commitment(proof.fromBase64(expected.extension_public), proof.fromBase64(given.extension_nonce));
    assert.equal(proof.toBase64(made), expected.commitment);
    assert.equal(await proof.digitsOf(transcript), expected.digits);
    assert.equal(await proof.keyIdOf(transcript), expected.key_id);
    const key = await keyOf(vector);
    assert.equal(proof.toBase64(await proof.prove(key, sessionOf(vector))), expected.extension_proof);
    assert.equal(await proof.companionProves(key, sessionOf(vector), proof.fromBase64(expected.companion_proof)), true);
  });
}

test("the pairing key cannot be read out", async () => {
  const key = await keyOf(FIRST);
  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("a proof for another port, instance, origin or role is none", async () => {
  const key = await keyOf(FIRST);
  const session = sessionOf(FIRST);
  const given = proof.fromBase64(FIRST.expected.companion_proof);
  for (const other of [{ port: session.port + 1 }, { instance: "x" }, { origin: "chrome-extension://other" }, { keyId: "x" }, { serverNonce: session.clientNonce }])
    assert.equal(await proof.companionProves(key, { ...session, ...other }, given), false, JSON.stringify(other));
  // our own proof sent back to us
  assert.equal(await proof.companionProves(key, session, proof.fromBase64(FIRST.expected.extension_proof)), false);
});

test("a point that is not on the curve is refused", async () => {
  const pair = await proof.freshPair();
  const bad = new Uint8Array(65).fill(7);
  bad[0] = 4;
  await assert.rejects(proof.deriveKey(pair.privateKey, bad, transcriptOf(FIRST)));
});

test("base64url round trips and refuses everything else", () => {
  for (const length of [0, 1, 2, 3, 32]) {
    const bytes = proof.randomBytes(length);
    assert.deepEqual(proof.fromBase64(proof.toBase64(bytes)), bytes);
  }
  for (const bad of ["a+b", "a/b", "YQ==", "ä"]) assert.throws(() => proof.fromBase64(bad), bad);
});
