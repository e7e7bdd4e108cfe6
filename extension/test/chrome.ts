// A stand-in for the few browser functions under test.

type Area = Record<string, unknown>;

/** Puts chrome.storage in place; the returned object holds what is stored. */
export function fakeStorage(): { local: Area; session: Area } {
  const areas: { local: Area; session: Area } = { local: {}, session: {} };
  const area = (name: "local" | "session"): object => ({
    get: async (key: string) => (key in areas[name] ? { [key]: structuredClone(areas[name][key]) } : {}),
    set: async (values: Area) => void Object.assign(areas[name], structuredClone(values)),
  });
  Object.assign(globalThis, { chrome: { storage: { local: area("local"), session: area("session") } } });
  return areas;
}
