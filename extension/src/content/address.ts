// The address changes without a reload: three ways to notice, the last one never fails.

/** Slow enough to cost nothing, quick enough that nobody notices. */
const POLL_MS = 700;

interface NavigationLike {
  addEventListener(type: string, hear: () => void, options: { signal: AbortSignal }): void;
}

/** Calls `hear` after each change of the address until the signal aborts. */
export function onAddress(window: Window, hear: () => void, signal: AbortSignal): void {
  let last = window.location.href;
  const look = (): void => {
    const now = window.location.href;
    if (now === last || signal.aborted) return;
    last = now;
    hear();
  };
  const navigation = (window as unknown as { navigation?: NavigationLike }).navigation;
  navigation?.addEventListener("currententrychange", look, { signal });
  window.addEventListener("popstate", look, { signal });
  window.addEventListener("hashchange", look, { signal });
  const timer = window.setInterval(look, POLL_MS);
  signal.addEventListener("abort", () => window.clearInterval(timer), { once: true });
}
