import { lookup } from "node:dns/promises";
import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { Agent, type Dispatcher, interceptors } from "undici";
import { UnreachableError } from "#lib/model/problem.ts";
import {
  ForbiddenAddressError,
  isLinkLocalAddress,
  isPrivateAddress,
  literalAddress,
  lookupNotLinkLocal,
  lookupPublic,
} from "./address-policy.ts";
import { toHttpError } from "./http-error.ts";
import { HTTP_LIMITS, type HttpLimits } from "./limits.ts";
import { watchSpeed } from "./watch-speed.ts";

export interface HttpRequest {
  readonly url: URL;
  /** The server that named this URL, if the user did not: a token server, for example. Treated as a redirect from there. */
  readonly namedBy?: URL;
  readonly method?: "GET" | "HEAD" | "POST" | "PATCH" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** A form or a JSON document, for POST. */
  readonly form?: URLSearchParams;
  readonly json?: string;
  /** What is sent otherwise. */
  readonly body?: RequestBody;
}

/** Bytes to send: opened again for each attempt. Errors of the bytes pass unchanged. */
export interface RequestBody {
  readonly byteCount: number;
  open(): AsyncIterable<Uint8Array>;
}

export interface HttpResponse {
  /** After all redirects. */
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Throws UnreachableError if the connection is lost or too slow. Must be read, or `discard`ed, to free the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  discard(): Promise<void>;
}

export interface HttpClientOptions {
  readonly signal: AbortSignal;
  /** The path of a Unix socket to connect to, whatever the URL's host. */
  readonly socketPath?: string;
  /** Whether a request, or only a redirect, may reach private addresses. Default: `named`, only hosts that the user named. */
  readonly reach?: "named" | "public";
  readonly limits?: HttpLimits;
}

/**
 * Requests to servers that may be slow, broken or hostile. Lost connections, 429 and 5xx are tried again (a body from where it
 * broke off); connections, waits, redirects and attempts have limits. A redirect to another origin loses the credentials, and
 * reaches a private address only if the named host is at one, and a link-local one only if it is that host.
 */
export class HttpClient {
  readonly #signal: AbortSignal;
  readonly #reach: "named" | "public";
  readonly #limits: HttpLimits;
  readonly #open: Dispatcher;
  readonly #notLinkLocal: Dispatcher;
  readonly #public: Dispatcher;
  readonly #agents: readonly Agent[];

  constructor({ signal, socketPath, reach = "named", limits = HTTP_LIMITS }: HttpClientOptions) {
    this.#signal = signal;
    this.#reach = reach;
    this.#limits = limits;
    const agents = [
      openAgent({ socketPath }, limits),
      openAgent({ socketPath, lookup: lookupNotLinkLocal }, limits),
      openAgent({ lookup: lookupPublic }, limits),
    ] as const;
    this.#agents = agents;
    this.#open = agents[0].compose(retries(limits));
    this.#notLinkLocal = agents[1].compose(retries(limits));
    this.#public = agents[2].compose(retries(limits));
  }

  /** Throws UnreachableError if there is no response. Every status is a response. */
  async send(request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#follow(request);
    } catch (error) {
      this.#signal.throwIfAborted();
      throw toHttpError(request.url, error);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.destroy()));
  }

  async #follow(request: HttpRequest): Promise<HttpResponse> {
    let { url } = request;
    let headers = request.headers;
    const named = request.namedBy ?? url;
    const mayReachPrivate = this.#reach === "named" ? undefined : false;
    for (let hops = 0; hops <= this.#limits.redirects; hops += 1) {
      const dispatcher = await this.#dispatcherFor(url, hops === 0 ? request.namedBy : named, mayReachPrivate);
      const response = await this.#sendOnce({ ...request, url, headers }, dispatcher);
      const target = redirectTarget(response);
      if (target === undefined) return response;
      await response.discard();
      if (target.origin !== url.origin) headers = withoutCredentials(headers);
      url = target;
    }
    const { redirects } = this.#limits;
    const fault = redirects === 0 ? "a redirect, which is not followed" : `more than ${redirects} redirects`;
    throw new UnreachableError(`${request.url.host}: ${fault}`);
  }

  /** `from`: the named host, for a redirect. */
  async #dispatcherFor(url: URL, from: URL | undefined, mayReachPrivate: boolean | undefined): Promise<Dispatcher> {
    const isOpen = mayReachPrivate ?? (from === undefined || from.origin === url.origin || (await isPrivateHost(from)));
    if (isOpen && (from === undefined || from.hostname === url.hostname)) return this.#open;
    const address = literalAddress(url);
    const isForbidden = isOpen ? isLinkLocalAddress : isPrivateAddress;
    if (address !== undefined && isForbidden(address)) throw new ForbiddenAddressError(address, address);
    return isOpen ? this.#notLinkLocal : this.#public;
  }

  async #sendOnce({ url, method = "GET", ...content }: HttpRequest, dispatcher: Dispatcher): Promise<HttpResponse> {
    const response = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      ...toContent(content),
      signal: this.#signal,
    });
    const { statusCode: status, headers: received, body } = response;
    return { url, status, headers: received, body: watchSpeed(body, url, this.#limits), discard: () => body.dump() };
  }
}

function toContent({ headers = {}, form, json, body }: Pick<HttpRequest, "headers" | "form" | "json" | "body">) {
  if (form !== undefined)
    return { headers: { ...headers, "content-type": "application/x-www-form-urlencoded" }, body: form.toString() };
  if (json !== undefined) return { headers: { ...headers, "content-type": "application/json" }, body: json };
  if (body === undefined) return { headers };
  return { headers: { ...headers, "content-length": `${body.byteCount}` }, body: Readable.from(body.open()) };
}

function retries({ retries: maxRetries, retryWaitMs: maxTimeout }: HttpLimits) {
  return interceptors.retry({
    maxRetries,
    maxTimeout,
    throwOnError: false,
    methods: ["GET", "HEAD"],
    errorCodes: ["ECONNRESET", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET"],
  });
}

function openAgent(
  connect: { socketPath?: string | undefined; lookup?: typeof lookupPublic },
  { connectMs, connections, waitMs }: HttpLimits,
): Agent {
  return new Agent({
    connect: { timeout: connectMs, ...connect },
    connections,
    headersTimeout: waitMs,
    bodyTimeout: waitMs,
    allowH2: false,
  });
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where a response leads; `undefined` if it is an answer. Throws UnreachableError for a scheme that is not followed. */
function redirectTarget({ status, headers: { location }, url }: HttpResponse): URL | undefined {
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const target = URL.parse(location, url);
  if (target === null) throw new UnreachableError(`${url.host} redirects to an address that is not a URL`);
  if (target.protocol === "https:" || target.protocol === url.protocol) return target;
  throw new UnreachableError(`${url.host} redirects from ${url.protocol} to ${target.protocol}, which is not followed`);
}

function withoutCredentials(headers: HttpRequest["headers"] = {}): HttpRequest["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization"));
}

async function isPrivateHost(url: URL): Promise<boolean> {
  const addresses = await lookup(literalAddress(url) ?? url.hostname, { all: true });
  return addresses.every(({ address }) => isPrivateAddress(address));
}
