import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { closePageDatabase, openPageDatabase } from "#lib/db/server/page-database.ts";
import { projectRoot } from "#lib/db/server/project.ts";
import { UnreachableError, UsageError } from "#lib/model/problem.ts";
import { hostOf, RIGHTS_HEADER, type Rights } from "#lib/model/rights.ts";
import { type Access, acceptToken, isDecodable, readAccess, rightsOf } from "./access.ts";
import { collectWhenIdle } from "./collect-when-idle.ts";
import { DatabaseWatch, sendUnavailable } from "./database-watch.ts";
import { isChunk, refuseBody } from "./request-body.ts";
import { isBuiltFile, secure } from "./security-headers.ts";
import { noteAddress, servedAddress } from "./server-address.ts";
import { SIGN_IN_PATH, sendOn, sendSignIn } from "./sign-in.ts";
import { Turnstile } from "./turnstile.ts";

/** The ports tried by default, before any free one. */
const FIRST_PORT = 3080;
const MAX_PORTS_TRIED = 20;
/** The end of a server waits this long for requests under way; a page takes at most as long as its slowest query. */
const MAX_CLOSE_MS = 3000;

/** A running server of the pages. */
export interface PageServer {
  /** The address for users: STRATIGRAPH_URL, or where it listens. */
  readonly url: string;
  /** Where it listens. */
  readonly listening: string;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Serves the built pages at HOST and PORT of the environment, and notes the address for other commands until it is closed. `report`
 * gets a line when the database stops answering, and one when it answers again. Throws a UsageError for an open address without a
 * token and for variables that cannot be read, an UnreachableError for a port in use.
 */
export async function servePages(environment: NodeJS.ProcessEnv, report: (line: string) => void): Promise<PageServer> {
  const access = readAccess(environment);
  const { host } = access;
  const port = parsePort(environment.PORT);
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
    const rights = admit(request, response, access);
    if (rights === undefined) return;
    request.headers[RIGHTS_HEADER] = rights;
    if (isBuiltFile(request) || isWaiting(request) || isChunk(request)) await answer(request, response);
    else await inTurn(turnstile, response, () => answer(request, response));
  };
  const answering = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answered = guard(request, response).catch((error: Error) => void response.destroy(error));
    answering.add(answered);
    void answered.then(() => answering.delete(answered));
  });
  await listen(server, host, port);
  const stopCollecting = collectWhenIdle();
  const { port: taken } = server.address() as AddressInfo;
  const listening = `http://${host.includes(":") ? `[${host}]` : host}:${taken}/`;
  const forget = noteAddress(listening);
  return {
    url: servedAddress(),
    listening,
    close: async () => {
      forget();
      stopCollecting();
      server.close();
      server.closeAllConnections();
      // Their queries would fail without the database, and a half-opened queue keep the process alive.
      await Promise.race([Promise.all(answering), sleep(MAX_CLOSE_MS, undefined, { ref: false })]);
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

/** Open as long as its page, or waiting for another server; neither takes time to make. The routes limit their numbers. */
function isWaiting({ url = "" }: IncomingMessage): boolean {
  return url === "/jobs/events" || /^\/jobs\/(offer|weights|machine)(\?|$)/.test(url);
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

/** Responds to a request that goes no further, and returns `undefined`; else says what its sender may do. */
function admit(request: IncomingMessage, response: ServerResponse, access: Access): Rights | undefined {
  const url = URL.parse(request.url ?? "/", "http://host");
  if (url === null || !isDecodable(url.pathname) || url.href.includes("%00"))
    return refuse(response, 400, "this is not an address");
  const asked = URL.parse(`http://${request.headers.host}`);
  if (access.names !== undefined && (asked === null || !access.names.has(hostOf(asked))))
    return refuse(response, 421, "this server does not answer to that name; STRATIGRAPH_URL gives it one");
  const tooLarge = refuseBody(request);
  if (tooLarge !== undefined) return refuse(response, tooLarge.status, tooLarge.message);
  const cookie = access.token === "" ? undefined : acceptToken(url.searchParams.get("token"), access);
  if (cookie !== undefined) response.setHeader("Set-Cookie", cookie);
  const rights = cookie === undefined ? rightsOf(request, access) : "write";
  const isSignIn = url.pathname === SIGN_IN_PATH;
  if (rights === undefined || (isSignIn && rights !== "write")) return sendSignIn(request, response, url);
  return cookie === undefined && !isSignIn ? rights : sendOn(response, url);
}

function refuse(response: ServerResponse, status: number, message: string): undefined {
  // Does not wait for the rest of the body.
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" }).end(`${message}\n`);
}
