import { InputError, RefusedError, UnreachableError } from "#lib/model/problem.ts";
import type { HttpClient, HttpRequest, HttpResponse } from "../http/http-client.ts";
import type { Authorizer } from "./authorizer.ts";

/** Requests to one registry, with its login. */
export class RegistryClient {
  /** Scheme and host. */
  readonly base: URL;
  readonly #client: HttpClient;
  readonly #authorizer: Authorizer;

  constructor(base: URL, client: HttpClient, authorizer: Authorizer) {
    this.base = base;
    this.#client = client;
    this.#authorizer = authorizer;
  }

  /**
   * Answers a challenge once: a server that asks again refuses. An address on another host, which a registry may name for an upload, is
   * treated as a redirect there, and gets no login. Throws UnreachableError.
   */
  async send(request: HttpRequest, scope: string): Promise<HttpResponse> {
    if (request.url.origin !== this.base.origin) return this.#client.send({ ...request, namedBy: this.base });
    const response = await this.#client.send(withAuthorization(request, this.#authorizer.headerFor(scope)));
    if (response.status !== 401) return response;
    await response.discard();
    return this.#client.send(withAuthorization(request, await this.#authorizer.answer(response, scope)));
  }
}

function withAuthorization(request: HttpRequest, authorization: string | undefined): HttpRequest {
  return authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };
}

/** What a registry refuses to do, in its messages. */
type Refused = "read" | "write";

/** A thing that is missing is bad input; a server that refuses or fails cannot be reached. */
export async function toRefusal(response: HttpResponse, what: string, refused: Refused = "read"): Promise<Error> {
  await response.discard();
  const { status, url } = response;
  if (status === 404 && refused === "read") return new InputError("missing-blob", what, `${url.host} does not have it`);
  const message = `${url.host}: ${what}: ${reasonOf(status, refused)} (status ${status})`;
  return status === 401 || status === 403 ? new RefusedError(message) : new UnreachableError(message);
}

function reasonOf(status: number, refused: Refused): string {
  if (status === 401) return "login refused";
  if (status === 403) return `this login may not ${refused} it`;
  if (status === 429) return "too many requests; try again later";
  return refused === "write" && status < 500 ? "the server does not take it" : "the server failed";
}
