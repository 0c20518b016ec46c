import { createHash, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { closePageDatabase, openPageDatabase } from "#lib/db/server/page-database.ts";
import { projectRoot } from "#lib/db/server/project.ts";
import { LOOPBACK_HOSTS } from "#lib/model/loopback.ts";
import { UnreachableError, UsageError } from "#lib/model/problem.ts";
import { collectWhenIdle } from "./collect-when-idle.ts";
import { DatabaseWatch, sendUnavailable } from "./database-watch.ts";
import { refuseBody } from "./request-body.ts";
import { isBuiltFile, secure } from "./security-headers.ts";
import { noteAddress } from "./server-address.ts";
import { Turnstile } from "./turnstile.ts";

/** The ports tried by default, before any free one. */
const FIRST_PORT = 3080;
const MAX_PORTS_TRIED = 20;

const TOKEN_COOKIE = "stratigraph_token";

/** A running server of the pages. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Access {
  readonly host: string;
  /** If not "", every request must have it. Required for an address that is not loopback. */
  readonly token: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Serves the built pages at HOST and PORT of the environment, and notes the address for other commands until it is closed. `report`
 * gets a line when the database stops answering, and one when it answers again. Throws a UsageError for an open address without a
 * token, an UnreachableError for a port in use.
 */
export async function servePages(environment: NodeJS.ProcessEnv, report: (line: string) => void): Promise<PageServer> {
  const { HOST, STRATIGRAPH_TOKEN: token = "" } = environment;
  const host = HOST || "127.0.0.1";
  const port = parsePort(environment.PORT);
  if (!LOOPBACK_HOSTS.has(host) && token === "")
    throw new UsageError(`HOST=${host} is reachable by others: set STRATIGRAPH_TOKEN to a secret`);
  // Loaded on demand: it is large, and only servers need it.
  const { default: next } = await import("next");
  const pages = next({ dev: false, dir: projectRoot() });
  await preparePages(pages);
  const watch = new DatabaseWatch(await openPageDatabase(), report);
  const answer: Handler = async (request, response) => {
    if (await watch.isUp()) await pages.getRequestHandler()(request, response);
    else sendUnavailable(response);
  };
  const turnstile = new Turnstile();
  const guard: Handler = async (request, response) => {
    secure(request, response);
    if (!isAllowed(request, response, { host, token })) return;
    if (isBuiltFile(request) || isEventStream(request)) await answer(request, response);
    else await inTurn(turnstile, response, () => answer(request, response));
  };
  const server = createServer(
    (request, response) => void guard(request, response).catch((error: Error) => response.destroy(error)),
  );
  await listen(server, host, port);
  const stopCollecting = collectWhenIdle();
  const { port: taken } = server.address() as AddressInfo;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${taken}/`;
  const forget = noteAddress(url);
  return {
    url,
    close: async () => {
      forget();
      stopCollecting();
      server.close();
      server.closeAllConnections();
      await pages.close();
      watch.stop();
      await closePageDatabase();
    },
  };
}

/** Next prints timings to standard output, which belongs to the result of the command: maybe one JSON document. */
async function preparePages(pages: { prepare(): Promise<void> }): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await pages.prepare();
  } finally {
    console.log = log;
  }
}

/** `undefined`: the first free port. */
function parsePort(text = ""): number | undefined {
  if (text === "") return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`PORT=${text}: expected an integer from 0 to 65535`);
}

/** Open as long as its page; it takes no time to make. The route limits their number. */
function isEventStream({ url = "" }: IncomingMessage): boolean {
  return url === "/jobs/events";
}

async function inTurn(turnstile: Turnstile, response: ServerResponse, answer: () => Promise<void>): Promise<void> {
  const leave = await turnstile.enter();
  if (leave === undefined) {
    response.setHeader("Retry-After", "5");
    refuse(response, 503, "too many requests are waiting: try again in a few seconds");
    return;
  }
  try {
    // The client may have gone meanwhile.
    if (!response.closed) await answer();
  } finally {
    leave();
  }
}

async function listen(server: Server, host: string, port: number | undefined): Promise<void> {
  const tries = port === undefined ? [...Array.from({ length: MAX_PORTS_TRIED }, (_, i) => FIRST_PORT + i), 0] : [port];
  for (const each of tries) {
    if (await tryListen(server, host, each)) return;
  }
  throw new UnreachableError(`port ${port} of ${host} is in use: stop the other process, or set PORT`);
}

async function tryListen(server: Server, host: string, port: number): Promise<boolean> {
  server.listen(port, host);
  try {
    await once(server, "listening");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return false;
    throw new UnreachableError(`cannot listen on ${host}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/**
 * A web site can make a browser send requests to loopback under another name (DNS rebinding), so on loopback only its own names are
 * allowed. A token is required in every request if it is set: as a bearer token, or once as `?token=`, then in a cookie.
 */
function isAllowed(request: IncomingMessage, response: ServerResponse, { host, token }: Access): boolean {
  const url = URL.parse(request.url ?? "/", "http://host");
  if (url === null || !isDecodable(url.pathname) || url.href.includes("%00"))
    return refuse(response, 400, "this is not an address");
  const asked = URL.parse(`http://${request.headers.host}`)?.hostname.replace(/^\[|\]$/g, "") ?? "";
  if (LOOPBACK_HOSTS.has(host) && !LOOPBACK_HOSTS.has(asked))
    return refuse(response, 421, "this server answers to its loopback address only");
  const tooLarge = refuseBody(request);
  if (tooLarge !== undefined) return refuse(response, tooLarge.status, tooLarge.message);
  if (token === "") return true;
  const brought = url.searchParams.get("token");
  if (brought !== null && isSame(brought, token)) {
    url.searchParams.delete("token");
    response.setHeader("Set-Cookie", `${TOKEN_COOKIE}=${encodeURIComponent(token)}; HttpOnly; SameSite=Lax; Path=/`);
    // Two leading slashes would make it the address of another host.
    response.writeHead(303, { Location: url.pathname.replace(/^\/+/, "/") + url.search }).end();
    return false;
  }
  if (isSame(toBearer(request), token)) return true;
  return refuse(response, 401, "open this address once with ?token= and the server's STRATIGRAPH_TOKEN");
}

/** True if the percent-encoded bytes are UTF-8. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function toBearer({ headers }: IncomingMessage): string {
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  const cookie = new RegExp(`(?:^|; )${TOKEN_COOKIE}=([^;]*)`).exec(headers.cookie ?? "")?.[1];
  // Node gives header bytes as latin1; a token beyond ASCII is sent as UTF-8.
  if (bearer !== undefined) return Buffer.from(bearer, "latin1").toString("utf8");
  return cookie !== undefined && isDecodable(cookie) ? decodeURIComponent(cookie) : "";
}

function refuse(response: ServerResponse, status: number, message: string): false {
  // Does not wait for the rest of the body.
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" }).end(`${message}\n`);
  return false;
}

/** Compares in constant time. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
