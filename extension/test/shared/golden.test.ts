import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Channel } from "../../src/background/channel";
import { problemInTopic, problemOf } from "../../src/shared/check";
import { METHOD_TYPES, STRUCTS, TOPIC_TYPES } from "../../src/shared/protocol.check.gen";
import type { Methods } from "../../src/shared/protocol.gen";
import { FakeSocket } from "../background/fake";

declare const __EXTENSION__: string;

// the companion's tests replay the same files (tests/contract/test_protocol.py)
const FOLDER = join(__EXTENSION__, "../tests/contract");
const names = (folder: string): string[] => readdirSync(join(FOLDER, folder)).map((file) => file.replace(/\.json$/, "")).sort();
const read = (folder: string, name: string): Record<string, unknown> => JSON.parse(readFileSync(join(FOLDER, folder, `${name}.json`), "utf8"));
type Part = "params" | "result" | "progress";

test("there is a golden pair for every method and every topic, and none too many", () => {
  assert.deepEqual(names("golden"), Object.keys(METHOD_TYPES).sort());
  assert.deepEqual(names("golden_topics"), Object.keys(TOPIC_TYPES).sort());
});

for (const method of names("golden")) {
  const pair = read("golden", method);

  test(`${method}: the pair fits, and with a field too many or a needed one missing it does not`, () => {
    assert.deepEqual(Object.keys(pair).sort(), Object.keys(METHOD_TYPES[method] ?? {}).sort());
    for (const part of Object.keys(pair) as Part[]) {
      const value = pair[part] as Record<string, unknown>;
      assert.equal(problemOf(method, part, value), "", part);
      assert.match(problemOf(method, part, { ...value, unheard_of: 1 }), /unknown field/);
      const fields = STRUCTS[METHOD_TYPES[method]?.[part] ?? ""] as Record<string, [unknown, 0 | 1]>;
      for (const [name, [, required]] of Object.entries(fields)) {
        const { [name]: _gone, ...rest } = value;
        assert.equal(problemOf(method, part, rest) !== "", required === 1, `${part} without ${name}`);
      }
    }
  });

  test(`${method}: asked and answered over a socket, both arrive as they are`, async () => {
    const socket = new FakeSocket();
    const channel = new Channel(socket, 8765);
    const heard: unknown[] = [];
    const answer = channel.request(method as keyof Methods, pair["params"] as never, { onProgress: (data: unknown) => heard.push(data) });
    const [sent] = socket.sent;
    assert.deepEqual([sent?.method, sent?.params], [method, pair["params"]]);
    if ("progress" in pair) socket.say({ v: 1, id: sent?.id, event: "progress", data: pair["progress"] });
    socket.say({ v: 1, id: sent?.id, result: pair["result"] });
    assert.deepEqual(await answer, pair["result"]);
    assert.deepEqual(heard, "progress" in pair ? [pair["progress"]] : []);
    channel.close();
  });
}

for (const topic of names("golden_topics"))
  test(`push ${topic} is heard as it is`, () => {
    const data = read("golden_topics", topic);
    assert.equal(problemInTopic(topic, data), "");
    const socket = new FakeSocket();
    const channel = new Channel(socket, 8765);
    const heard: unknown[] = [];
    channel.onPush = (name, value) => heard.push([name, value]);
    socket.say({ v: 1, topic, data });
    assert.deepEqual(heard, [[topic, data]]);
    channel.close();
  });
