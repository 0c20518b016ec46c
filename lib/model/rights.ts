import { LOOPBACK_HOSTS } from "./loopback.ts";

/** What the sender of a request may do: everything, look at all pages, or open reports whose address they were given. */
export type Rights = "write" | "read" | "report";

/** The request header in which our server tells pages the rights of the sender. It replaces one that was sent. */
export const RIGHTS_HEADER = "x-rights";

export type Environment = Readonly<Record<string, string | undefined>>;

/** True if others than this machine's users reach a server with this environment: by its address, or through a proxy. */
export function isReachable({ HOST, STRATIGRAPH_URL }: Environment): boolean {
  return !LOOPBACK_HOSTS.has(HOST || "127.0.0.1") || isPublic(STRATIGRAPH_URL);
}

function isPublic(url = ""): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && !LOOPBACK_HOSTS.has(hostOf(parsed));
}

/** The host name of a URL as it is in a list of hosts: IPv6 addresses without brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}
