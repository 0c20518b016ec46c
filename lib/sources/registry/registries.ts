import { isPrivateAddress, literalAddress } from "../http/address-policy.ts";
import type { HttpClient } from "../http/http-client.ts";
import { Authorizer } from "./authorizer.ts";
import { findCredentials } from "./credentials.ts";
import { apiHost, type ListReference } from "./reference.ts";
import { type Endpoint, findEndpoints } from "./registries-conf.ts";
import { Registry } from "./registry.ts";
import { Repository } from "./repository.ts";

interface Place {
  readonly host: string;
  readonly repository: string;
}

/** The registries that one scan or one question reads: a login and its tokens serve all repositories of a host. */
export class Registries {
  readonly #client: HttpClient;
  readonly #env: NodeJS.ProcessEnv;
  readonly #opened = new Map<string, Promise<Registry>>();

  constructor(client: HttpClient, env: NodeJS.ProcessEnv) {
    this.#client = client;
    this.#env = env;
  }

  async openRepository({ host, repository }: Place): Promise<Repository> {
    const endpoints = await findEndpoints(host, repository, this.#env);
    const open = async (endpoint: Endpoint) => ({
      registry: await this.#registryAt(endpoint),
      repository: endpoint.repository,
    });
    return new Repository(await Promise.all(endpoints.map(open)));
  }

  async *listPlaces(reference: ListReference): AsyncGenerator<Place> {
    const { host } = reference;
    if (reference.kind === "tags") {
      yield { host, repository: reference.repository };
      return;
    }
    const [endpoint] = (await findEndpoints(host, "", this.#env)).slice(-1);
    const registry = await this.#registryAt(endpoint!);
    for await (const repository of registry.listRepositories()) {
      if (repository.startsWith(reference.prefix)) yield { host, repository };
    }
  }

  #registryAt(endpoint: Endpoint): Promise<Registry> {
    const key = `${endpoint.host} ${endpoint.isInsecure}`;
    const opened = this.#opened.get(key) ?? this.#open(endpoint);
    this.#opened.set(key, opened);
    return opened;
  }

  async #open({ host, repository, isInsecure }: Endpoint): Promise<Registry> {
    const credentials = await findCredentials(host, repository, this.#env);
    const base = new URL(`https://${apiHost(host)}`);
    if (isInsecure || isLoopback(base)) base.protocol = "http:";
    return new Registry(base, this.#client, new Authorizer(this.#client, credentials));
  }
}

/** Registries on this machine speak plain HTTP, as engines expect. */
function isLoopback(url: URL): boolean {
  const address = literalAddress(url);
  if (address === undefined) return url.hostname === "localhost" || url.hostname.endsWith(".localhost");
  return isPrivateAddress(address) && (address === "::1" || address.startsWith("127."));
}
