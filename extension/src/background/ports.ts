// The ports to try, as the options or the practice launcher wrote them. In Firefox a content script can write there, too.

const MOST = 8;

/** The ports, or null when this is no list of a few ports of this machine. An address must not hide in one. */
export function portsIn(value: unknown): number[] | null {
  const good = Array.isArray(value) && value.length <= MOST && value.every((port) => Number.isInteger(port) && port >= 1024 && port <= 65_535);
  return good ? (value as number[]) : null;
}
