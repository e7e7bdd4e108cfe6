// Is a value what the wire says it is? Works from the tables generated out of companion/protocol.

import { METHOD_TYPES, STRUCTS, TOPIC_TYPES } from "./protocol.check.gen";

type Shape =
  | { ref: string }
  | { t: "string"; min?: number; max?: number; re?: string }
  | { t: "number"; ge?: number; le?: number; int?: boolean }
  | { t: "boolean" }
  | { one: unknown[] }
  | { any: Shape[] }
  | { list: Shape; min?: number; max?: number }
  | { map: Shape };

type Fields = Record<string, [Shape, 0 | 1]>;

/** "" when `value` fits the structure, else where and why it does not. */
export function problemIn(struct: string, value: unknown): string {
  return checkStruct(struct, value, struct);
}

/** The same for a method's params, result or progress. */
export function problemOf(method: string, part: "params" | "result" | "progress", value: unknown): string {
  const struct = Object.hasOwn(METHOD_TYPES, method) ? METHOD_TYPES[method]?.[part] : undefined;
  return struct ? problemIn(struct, value) : `${method}: no ${part} known`;
}

/** The same for a push of the companion. */
export function problemInTopic(topic: string, value: unknown): string {
  const struct = Object.hasOwn(TOPIC_TYPES, topic) ? TOPIC_TYPES[topic] : undefined;
  return struct ? problemIn(struct, value) : `${topic}: unknown topic`;
}

function checkStruct(name: string, value: unknown, at: string): string {
  const fields = STRUCTS[name] as Fields | undefined;
  if (!fields) return `${at}: no structure ${name}`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return `${at}: not an object`;
  const given = value as Record<string, unknown>;
  for (const key of Object.keys(given)) if (!Object.hasOwn(fields, key)) return `${at}.${key}: unknown field`;
  for (const [key, [shape, required]] of Object.entries(fields)) {
    if (given[key] === undefined) {
      if (required) return `${at}.${key}: missing`;
      continue;
    }
    const problem = check(shape, given[key], `${at}.${key}`);
    if (problem) return problem;
  }
  return "";
}

function check(shape: Shape, value: unknown, at: string): string {
  if ("ref" in shape) return checkStruct(shape.ref, value, at);
  if ("one" in shape) return shape.one.includes(value) ? "" : `${at}: not one of ${JSON.stringify(shape.one)}`;
  if ("any" in shape) return shape.any.length === 0 || shape.any.some((each) => !check(each, value, at)) ? "" : `${at}: fits none`;
  if ("map" in shape) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return `${at}: not an object`;
    return first(Object.entries(value), ([key, each]) => check(shape.map, each, `${at}.${key}`));
  }
  if ("list" in shape) {
    if (!Array.isArray(value)) return `${at}: not a list`;
    if (value.length < (shape.min ?? 0) || value.length > (shape.max ?? Infinity)) return `${at}: ${value.length} entries`;
    return first([...value.entries()], ([index, each]) => check(shape.list, each, `${at}[${index}]`));
  }
  if (typeof value !== shape.t) return `${at}: not a ${shape.t}`;
  if (shape.t === "string") return checkString(shape, value as string, at);
  if (shape.t === "number") return checkNumber(shape, value as number, at);
  return "";
}

function first<E>(entries: E[], problem: (entry: E) => string): string {
  for (const entry of entries) {
    const found = problem(entry);
    if (found) return found;
  }
  return "";
}

function checkString(shape: { min?: number; max?: number; re?: string }, value: string, at: string): string {
  // lengths on the wire count Unicode code points, a JavaScript string counts UTF-16 units
  const length = value.length > (shape.max ?? Infinity) || shape.min ? [...value].length : value.length;
  if (length < (shape.min ?? 0) || length > (shape.max ?? Infinity)) return `${at}: ${length} characters`;
  if (shape.re !== undefined && !new RegExp(shape.re, "u").test(value)) return `${at}: does not fit ${shape.re}`;
  return "";
}

function checkNumber(shape: { ge?: number; le?: number; int?: boolean }, value: number, at: string): string {
  if (!Number.isFinite(value) || (shape.int && !Number.isInteger(value))) return `${at}: ${value} is not a${shape.int ? " whole" : ""} number`;
  if (value < (shape.ge ?? -Infinity) || value > (shape.le ?? Infinity)) return `${at}: ${value} is out of range`;
  return "";
}
