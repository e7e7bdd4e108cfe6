// Match patterns of marketplaces, the form https://host/* only.

import type { Marketplace } from "./protocol.gen";

/** Whether an address fits a pattern; other forms of pattern never fit. */
export function fitsPattern(url: string, pattern: string): boolean {
  const host = /^https:\/\/([^/]+)\/\*$/.exec(pattern)?.[1];
  if (!host) return false;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return false;
  }
  if (parsed.protocol !== "https:" || parsed.port !== "") return false;
  return host.startsWith("*.") ? parsed.hostname === host.slice(2) || parsed.hostname.endsWith(host.slice(1)) : parsed.hostname === host;
}

/** The marketplaces that own the host of an address. */
export function marketplacesOf(url: string, all: Marketplace[]): Marketplace[] {
  return all.filter((each) => each.hosts.some((pattern) => fitsPattern(url, pattern)));
}

/** Everything to ask the browser for when a marketplace is switched on. */
export function patternsOf(marketplace: Marketplace): string[] {
  return [...marketplace.hosts, ...(marketplace.image_hosts ?? [])];
}

/** Whether the address is that of a described page. */
export function pageFits(url: string, marketplace: Marketplace): boolean {
  let path: string;
  try {
    path = new URL(url).pathname;
  } catch {
    return false;
  }
  return marketplace.pages.some((page) => page.paths.some((pattern) => safeTest(pattern, path)));
}

function safeTest(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return false;
  }
}
