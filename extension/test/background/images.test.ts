import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import type { Channel } from "../../src/background/channel";
import { CallError } from "../../src/background/failure";
import { Images } from "../../src/background/images";
import { MAX_BLOB } from "../../src/shared/protocol.const.gen";

const URL_ = "https://img.example/1.png";
type Fetched = { url: string; init: RequestInit };

let fetched: Fetched[];
let answers: Record<string, () => Response>;
let asked: Record<string, unknown>[];

beforeEach(() => {
  fetched = [];
  asked = [];
  answers = {
    [URL_]: () => new Response(new Uint8Array([1, 2, 3]), { headers: { "content-type": "image/png; x=1" } }),
    "http://127.0.0.1:8765/v1/blob": () => new Response("{}"),
  };
  globalThis.fetch = async (input, init = {}) => {
    const url = String(input);
    fetched.push({ url, init });
    const answer = answers[url];
    if (!answer) throw new TypeError("failed to fetch");
    return answer();
  };
});

function images(patch: { channel?: Channel | null; granted?: boolean; begin?: () => unknown } = {}): Images {
  const request = async (_method: string, params: Record<string, unknown>): Promise<unknown> => {
    asked.push(params);
    return patch.begin ? patch.begin() : { ticket: "T", path: "/v1/blob", expires_s: 60 };
  };
  const channel = patch.channel === undefined ? ({ request, port: 8765, open: true } as unknown as Channel) : patch.channel;
  return new Images({ channel: () => channel, granted: async () => patch.granted ?? true });
}

test("fetched without cookies or redirects, announced by size and hash, posted with the ticket", async () => {
  assert.deepEqual(await images().store(5, URL_), { stored: true });
  const [got, posted] = fetched as [Fetched, Fetched];
  assert.deepEqual([got.init.credentials, got.init.redirect], ["omit", "error"]);
  assert.deepEqual(asked, [{ purpose: "image", sha256: createHash("sha256").update(Buffer.from([1, 2, 3])).digest("hex"), size: 3, type: "image/png", message: 5, url: URL_ }]);
  assert.equal((posted.init.headers as Record<string, string>)["X-Seabridge-Ticket"], "T");
});

test("an empty ticket means that the archive has it already: nothing is posted", async () => {
  const store = images({ begin: () => ({ ticket: "", path: "", expires_s: 0 }) });
  assert.deepEqual(await store.store(5, URL_), { stored: true });
  assert.equal(fetched.length, 1);
});

test("asked twice it is done once; after a failure it is tried again", async () => {
  const store = images();
  await Promise.all([store.store(5, URL_), store.store(5, URL_)]);
  assert.equal(asked.length, 1);
  const good = answers[URL_] as () => Response;
  delete answers[URL_];
  const other = images();
  assert.deepEqual(await other.store(5, URL_), { stored: false, reason: "network" });
  answers[URL_] = good;
  assert.deepEqual(await other.store(5, URL_), { stored: true });
});

test("refused: hosts that are not granted, addresses that are not https, other types, too many bytes", async () => {
  assert.deepEqual(await images({ granted: false }).store(5, URL_), { stored: false, reason: "host" });
  for (const url of ["http://img.example/1.png", "data:image/png;base64,AA==", "blob:https://a/1", "file:///etc/passwd"]) assert.deepEqual(await images().store(5, url), { stored: false, reason: "host" }, url);
  assert.equal(fetched.length, 0, "nothing was even asked for");
  answers[URL_] = () => new Response("<script>", { headers: { "content-type": "text/html" } });
  assert.deepEqual(await images().store(5, URL_), { stored: false, reason: "type" });
  const endless = (): Response =>
    new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(4 * 1024 * 1024)) }), { headers: { "content-type": "image/png" } });
  answers[URL_] = endless;
  assert.ok(MAX_BLOB < 40 * 1024 * 1024);
  assert.deepEqual(await images().store(5, URL_), { stored: false, reason: "size" });
});

test("without a companion it says so; a companion that refuses or points elsewhere gets no bytes", async () => {
  assert.deepEqual(await images({ channel: null }).store(5, URL_), { stored: false, reason: "offline" });
  const refuses = images({
    begin: () => {
      throw new CallError("not_found");
    },
  });
  assert.deepEqual(await refuses.store(5, URL_), { stored: false, reason: "refused" });
  assert.deepEqual(await images({ begin: () => ({ ticket: "T", path: "//evil.example/", expires_s: 1 }) }).store(5, URL_), { stored: false, reason: "refused" });
  assert.ok(fetched.every(({ url }) => url === URL_));
});
