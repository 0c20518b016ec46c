import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { LOOPBACK_HOSTS } from "#lib/model/loopback.ts";
import { UsageError } from "#lib/model/problem.ts";
import { type Environment, hostOf, isReachable, type Rights } from "#lib/model/rights.ts";
import { isBuiltFile } from "./security-headers.ts";

const TOKEN_COOKIE = "stratigraph_token";

/** What can be read without the token. */
const READ_POLICIES = ["open", "reports", "token"] as const;
type ReadPolicy = (typeof READ_POLICIES)[number];

/** Who may do what on a server; made once, from its environment. */
export interface Access {
  /** The address that it listens on. */
  readonly host: string;
  /** What writing requires; "" if it requires nothing. */
  readonly token: string;
  readonly read: ReadPolicy;
  /** The host names that requests may use; `undefined` for any. */
  readonly names: ReadonlySet<string> | undefined;
  /** True if others reach the server by HTTPS: a browser then sends the cookie by HTTPS only. */
  readonly isSecure: boolean;
}

/**
 * Reads HOST, STRATIGRAPH_TOKEN, STRATIGRAPH_READ and STRATIGRAPH_URL. Throws a UsageError for values that are not one of theirs, for a
 * server that others reach without a token, and for a rule about reading without one.
 */
export function readAccess(environment: Environment): Access {
  const { HOST, STRATIGRAPH_TOKEN: token = "", STRATIGRAPH_READ: read = "" } = environment;
  const host = HOST || "127.0.0.1";
  const url = parsePublicUrl(environment.STRATIGRAPH_URL);
  const reachable = isReachable(environment);
  if (reachable && token === "") {
    const where = url === undefined ? `HOST=${host}` : `STRATIGRAPH_URL=${url.href}`;
    throw new UsageError(`${where} is reachable by others: set STRATIGRAPH_TOKEN to a secret`);
  }
  const policy = read === "" ? (reachable ? "reports" : "open") : READ_POLICIES.find((each) => each === read);
  if (policy === undefined) throw new UsageError(`STRATIGRAPH_READ=${read}: expected ${READ_POLICIES.join(", ")}`);
  if (policy !== "open" && token === "")
    throw new UsageError(`STRATIGRAPH_READ=${policy} needs a secret: set STRATIGRAPH_TOKEN`);
  return { host, token, read: policy, names: toNames(host, url), isSecure: url?.protocol === "https:" };
}

/** Throws a UsageError for an address that pages cannot have. */
function parsePublicUrl(text = ""): URL | undefined {
  if (text === "") return undefined;
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "") return url;
  throw new UsageError(
    `STRATIGRAPH_URL=${text}: expected an address without a path, such as https://strata.example.org`,
  );
}

/**
 * A web site can make a browser send requests to loopback under another name (DNS rebinding), so a server on loopback answers to its
 * own names only: those of loopback and, behind a proxy, that of STRATIGRAPH_URL.
 */
function toNames(host: string, url: URL | undefined): Access["names"] {
  if (!LOOPBACK_HOSTS.has(host)) return undefined;
  return url === undefined ? LOOPBACK_HOSTS : new Set([...LOOPBACK_HOSTS, hostOf(url)]);
}

/** What the sender of a request may do; `undefined` if not even this request. */
export function rightsOf(request: IncomingMessage, { token, read }: Access): Rights | undefined {
  if (token === "" || isSame(tokenOf(request), token)) return "write";
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  if (read === "open") return "read";
  return read === "reports" && isOpenToAll(request) ? "report" : undefined;
}

/** A report, its picture, its files; and what pages are made of, which is the same for everybody. */
function isOpenToAll(request: IncomingMessage): boolean {
  // The address as it was sent: what Next.js makes of dots and escapes in it need not be known here.
  const [path = ""] = (request.url ?? "").split("?");
  return (
    isBuiltFile(request) ||
    path === "/icon.svg" ||
    /^\/r\/[a-z2-7]{24}(\/export\/[a-z]+|\/opengraph-image[-a-z0-9]*)?$/.test(path)
  );
}

/** The token in a bearer header or our cookie; "" without one. */
function tokenOf({ headers }: IncomingMessage): string {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  const cookie = new RegExp(`(?:^|; )${TOKEN_COOKIE}=([^;]*)`).exec(headers.cookie ?? "")?.[1];
  // Node gives header bytes as latin1; a token beyond ASCII is sent as UTF-8.
  if (bearer !== undefined) return Buffer.from(bearer, "latin1").toString("utf8");
  return cookie !== undefined && isDecodable(cookie) ? decodeURIComponent(cookie) : "";
}

/** The cookie that holds the token from now on; `undefined` if it is not the right one. */
export function acceptToken(brought: string | null, { token, isSecure }: Access): string | undefined {
  if (brought === null || !isSame(brought, token)) return undefined;
  const secure = isSecure ? "; Secure" : "";
  return `${TOKEN_COOKIE}=${encodeURIComponent(token)}; HttpOnly; SameSite=Lax; Path=/${secure}`;
}

/** True if the percent-encoded bytes are UTF-8. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Compares in constant time. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
