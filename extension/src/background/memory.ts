// Small values that outlive the worker: first what this browser session knew, then what was kept, then the default.

export async function recall<T>(key: string, fallback: T): Promise<T> {
  const session = (await chrome.storage.session.get(key)) as Record<string, T>;
  if (session[key] !== undefined) return session[key];
  const local = (await chrome.storage.local.get(key)) as Record<string, T>;
  return local[key] ?? fallback;
}

/** Kept over restarts of the browser. */
export async function keep(key: string, value: unknown): Promise<void> {
  await Promise.all([chrome.storage.local.set({ [key]: value }), chrome.storage.session.set({ [key]: value })]);
}
