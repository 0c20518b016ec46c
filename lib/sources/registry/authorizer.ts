import * as v from "valibot";
import { numberField, objectOf } from "#lib/formats/json/index.ts";
import { RefusedError, UnreachableError } from "#lib/model/problem.ts";
import { isLoopback } from "../http/address-policy.ts";
import type { HttpClient, HttpRequest, HttpResponse } from "../http/http-client.ts";
import { readWhole } from "../http/read-whole.ts";
import { type Challenge, parseChallenges } from "./challenge.ts";
import type { Credentials } from "./credentials.ts";

const tokenAnswer = objectOf({
  token: v.optional(v.string()),
  access_token: v.optional(v.string()),
  expires_in: v.optional(numberField),
});

/** Lifetime of a token whose server gives none (distribution, spec/auth/token). */
const DEFAULT_LIFETIME_S = 60;
/** A token is renewed this long before it expires. */
const MARGIN_S = 10;
const MAX_TOKEN_BYTES = 1024 ** 2;

/** The `Authorization` headers for one registry, by scope, as its challenges ask for them. */
export class Authorizer {
  readonly #client: HttpClient;
  readonly #credentials: Credentials | undefined;
  /** The registry that the login is for; a redirect may have led to another host. */
  readonly #home: URL;
  readonly #headers = new Map<string, { value: string; expiresAt: number }>();

  constructor(client: HttpClient, credentials: Credentials | undefined, home: URL) {
    this.#client = client;
    this.#credentials = credentials;
    this.#home = home;
  }

  /** The header that the last challenge of this scope led to, while it is valid. */
  headerFor(scope: string): string | undefined {
    const header = this.#headers.get(scope);
    return header !== undefined && header.expiresAt > Date.now() ? header.value : undefined;
  }

  /** Answers the challenges of a 401. Throws UnreachableError if none can be answered. */
  async answer(response: HttpResponse, scope: string): Promise<string> {
    const challenges = parseChallenges([response.headers["www-authenticate"] ?? ""].flat().join(", "));
    const bearer = challenges.find(({ scheme }) => scheme === "bearer");
    if (bearer !== undefined) return this.#keep(scope, await this.#askToken(bearer, scope, response.url));
    const isBasic = challenges.some(({ scheme }) => scheme === "basic");
    if (isBasic && this.#credentials?.kind === "password") {
      return this.#keep(scope, { value: toBasic(this.#credentials), lifetimeS: Number.POSITIVE_INFINITY });
    }
    throw new RefusedError(`${response.url.host}: login required; log in with docker login or podman login`);
  }

  #keep(scope: string, { value, lifetimeS }: { value: string; lifetimeS: number }): string {
    this.#headers.set(scope, { value, expiresAt: Date.now() + (lifetimeS - MARGIN_S) * 1000 });
    return value;
  }

  async #askToken(
    { parameters }: Challenge,
    scope: string,
    registry: URL,
  ): Promise<{ value: string; lifetimeS: number }> {
    const realm = URL.parse(parameters.realm ?? "");
    if (realm === null || (realm.protocol !== "https:" && realm.protocol !== registry.protocol)) {
      throw new UnreachableError(`${registry.host}: the token server's address cannot be used: ${parameters.realm}`);
    }
    if (this.#credentials !== undefined) this.#refusePlainHttp(realm);
    const request = this.#toTokenRequest(realm, parameters.service, parameters.scope ?? scope);
    const response = await this.#client.send({ ...request, namedBy: registry });
    if (response.status !== 200) {
      await response.discard();
      const message = `${realm.host}: no token for ${scope} (status ${response.status}); check the login`;
      throw response.status >= 500 ? new UnreachableError(message) : new RefusedError(message);
    }
    const bytes = await readWhole(response, MAX_TOKEN_BYTES);
    const { token, access_token: accessToken, expires_in: lifetimeS = DEFAULT_LIFETIME_S } = parseToken(bytes, realm);
    return { value: `Bearer ${token ?? accessToken}`, lifetimeS };
  }

  /** A login is not shown to the network on its way to another host. Throws RefusedError. */
  #refusePlainHttp(realm: URL): void {
    const isOnThisMachine = isLoopback(realm) && isLoopback(this.#home);
    if (realm.protocol === "https:" || realm.hostname === this.#home.hostname || isOnThisMachine) return;
    const message = `the login is not sent to the token server ${realm.host} over plain HTTP; it needs HTTPS`;
    throw new RefusedError(`${this.#home.host}: ${message}`);
  }

  /** GET with a password or without a login; POST for an identity token (distribution, spec/auth/oauth). */
  #toTokenRequest(realm: URL, service: string | undefined, scope: string): HttpRequest {
    const fields = { scope, ...(service === undefined ? {} : { service }) };
    if (this.#credentials?.kind === "identity") {
      const grant = { grant_type: "refresh_token", client_id: "stratigraph", refresh_token: this.#credentials.token };
      return { url: realm, method: "POST", form: new URLSearchParams({ ...fields, ...grant }) };
    }
    const url = new URL(realm);
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
    return this.#credentials === undefined ? { url } : { url, headers: { authorization: toBasic(this.#credentials) } };
  }
}

function toBasic({ user, password }: Extract<Credentials, { kind: "password" }>): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function parseToken(bytes: Uint8Array, { host }: URL): v.InferOutput<typeof tokenAnswer> {
  try {
    const answer = v.parse(tokenAnswer, JSON.parse(Buffer.from(bytes).toString("utf8")));
    if (answer.token === undefined && answer.access_token === undefined) throw new TypeError("no token");
    return answer;
  } catch (cause) {
    throw new UnreachableError(`${host}: the answer contains no token`, { cause });
  }
}
