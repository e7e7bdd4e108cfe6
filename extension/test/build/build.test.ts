import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { parse } from "yaml";

declare const __EXTENSION__: string;

type Manifest = Record<string, unknown> & {
  permissions: string[];
  host_permissions: string[];
  optional_host_permissions: string[];
  content_security_policy: { extension_pages: string };
};

/** Pages that can be taught; nothing may ever hold it but as something to ask for. */
const ANY = "https://*/*";

const out = mkdtempSync(join(tmpdir(), "seabridge-build-"));
const dir = (name: string): string => join(out, name);
const manifest = (name: string): Manifest => JSON.parse(readFileSync(join(dir(name), "manifest.json"), "utf8"));
const source: Manifest = JSON.parse(readFileSync(join(__EXTENSION__, "manifest.json"), "utf8"));

before(() => {
  for (const [name, ...args] of [["chrome", "--target", "chrome"], ["chrome-granted", "--target", "chrome", "--granted"], ["firefox", "--target", "firefox"]] as string[][]) {
    const run = spawnSync(process.execPath, [join(__EXTENSION__, "build.mjs"), ...args, "--outdir", dir(name as string)], { encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
  }
});
after(() => rmSync(out, { recursive: true, force: true }));

function files(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(root, name)).isFile())
    .map((name) => relative(root, join(root, name)))
    .sort();
}

test("the practice build differs from the real one in granted hosts and in nothing else, byte for byte", () => {
  const names = files(dir("chrome"));
  assert.deepEqual(files(dir("chrome-granted")), names);
  for (const name of names.filter((each) => each !== "manifest.json"))
    assert.ok(readFileSync(join(dir("chrome"), name)).equals(readFileSync(join(dir("chrome-granted"), name))), name);
  const { optional_host_permissions: optional, host_permissions: hosts, ...rest } = manifest("chrome");
  const { host_permissions: granted, optional_host_permissions: left, ...grantedRest } = manifest("chrome-granted");
  assert.deepEqual(grantedRest, rest);
  assert.deepEqual(granted, [...hosts, ...optional.filter((pattern) => pattern !== ANY)]);
  assert.deepEqual(left, [ANY], "what can be taught is asked for host by host, in practice too");
});

test("nothing beyond this computer is granted at install", () => {
  const built = manifest("chrome");
  const { optional_host_permissions: optional, content_security_policy: policy, ...rest } = built;
  const { content_security_policy: written, ...sourceRest } = source;
  assert.deepEqual(rest, sourceRest);
  assert.equal(policy.extension_pages.replaceAll(/ https:\/\/[^ ;]+/g, ""), written.extension_pages);
  assert.ok(optional.every((pattern) => pattern === ANY || /^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+\/\*$/.test(pattern)));
  assert.deepEqual(built.host_permissions, ["http://127.0.0.1/*"]);
  assert.deepEqual(built.permissions, ["activeTab", "alarms", "notifications", "offscreen", "scripting", "sidePanel", "storage"]);
  for (const field of ["content_scripts", "web_accessible_resources", "externally_connectable"]) assert.equal(field in built, false, field);
});

test("the hosts that can be granted are exactly those of rules/marketplaces, images included", () => {
  const rules = join(__EXTENSION__, "../rules/marketplaces");
  const heads = readdirSync(rules)
    .map((name) => join(rules, name, "marketplace.yml"))
    .filter(existsSync)
    .map((path) => parse(readFileSync(path, "utf8")) as { hosts: string[]; image_hosts?: string[] });
  const wanted = heads.flatMap((head) => [...head.hosts, ...(head.image_hosts ?? [])]);
  assert.ok(wanted.length > 20);
  // any page can be taught: then the browser is asked for that one host
  assert.deepEqual([...manifest("chrome").optional_host_permissions].sort(), [...new Set(wanted), ANY].sort());
  // the worker may fetch images only where its own policy lets it
  const csp = manifest("chrome").content_security_policy.extension_pages;
  for (const pattern of heads.flatMap((head) => head.image_hosts ?? [])) assert.ok(csp.includes(pattern.slice(0, -2)), pattern);
});

test("pages of the extension run only its own scripts and talk only to this computer", () => {
  const csp = manifest("chrome").content_security_policy.extension_pages;
  assert.match(csp, /default-src 'none'/);
  assert.match(csp, /script-src 'self';/);
  assert.match(csp, /connect-src 'self' ws:\/\/127\.0\.0\.1:\* http:\/\/127\.0\.0\.1:\*/);
  assert.doesNotMatch(csp, /unsafe|blob:|(^|[\s;])(\*|https?:|wss?:)([\s;]|$)/);
});

test("Firefox: event page and sidebar, no Chromium keys", () => {
  const built = manifest("firefox") as Manifest & { background: object; browser_specific_settings: { gecko: { id: string } } };
  assert.deepEqual(built.background, { scripts: ["background.js"], type: "module" });
  assert.ok("sidebar_action" in built && !("side_panel" in built) && !("minimum_chrome_version" in built));
  assert.ok(!built.permissions.includes("sidePanel"));
  assert.ok(!built.permissions.includes("offscreen"), "a permission Firefox does not know");
  for (const name of ["translator.html", "translator.js"]) assert.deepEqual([existsSync(join(dir("chrome"), name)), existsSync(join(dir("firefox"), name))], [true, false], name);
  assert.ok(built.browser_specific_settings.gecko.id);
  assert.deepEqual(built.optional_host_permissions, manifest("chrome").optional_host_permissions);
});

test("every file the manifest names is there, in both locales where it is a text", () => {
  const named = [...new Set(JSON.stringify(source).match(/[\w/-]+\.(?:js|html|png)/g))];
  assert.ok(named.length >= 8);
  for (const name of named) assert.ok(existsSync(join(dir("chrome"), name)), name);
  const keys = [...JSON.stringify(source).matchAll(/__MSG_(\w+?)__/g)].map((match) => match[1] as string);
  for (const locale of ["zh_CN", "en"]) {
    const messages = JSON.parse(readFileSync(join(dir("chrome"), "_locales", locale, "messages.json"), "utf8"));
    for (const key of keys) assert.ok(messages[key]?.message, `${locale} ${key}`);
  }
});

test("icons are PNG of the right size", () => {
  for (const size of [16, 32, 48, 128]) {
    const bytes = readFileSync(join(dir("chrome"), "icons", `${size}.png`));
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [size, size]);
  }
});

test("every text the extension names is in the catalogue", () => {
  const table = JSON.parse(readFileSync(join(dir("chrome"), "_locales/en/messages.json"), "utf8")) as Record<string, unknown>;
  const sources = files(join(__EXTENSION__, "src")).filter((name) => name.endsWith(".ts"));
  const missing: string[] = [];
  for (const name of sources) {
    const text = readFileSync(join(__EXTENSION__, "src", name), "utf8");
    for (const [, key] of text.matchAll(/\bt\(\s*"([a-z0-9_]+)"\s*[,)]/g)) if (key && !(key in table)) missing.push(`${name}: ${key}`);
    for (const [, prefix] of text.matchAll(/\bt\(\s*`([a-z0-9_]+)\$\{/g)) if (prefix && !Object.keys(table).some((key) => key.startsWith(prefix))) missing.push(`${name}: ${prefix}…`);
  }
  assert.deepEqual(missing, []);
});

test("no two builds differ: the bundle has no times or paths in it", () => {
  const code = readFileSync(join(dir("chrome"), "background.js"), "utf8");
  assert.ok(!code.includes(__EXTENSION__));
});

test("the content script stays under its promised size", () => assert.ok(statSync(join(dir("chrome"), "content.js")).size < 60_000));
