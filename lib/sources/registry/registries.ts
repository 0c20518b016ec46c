import { isLoopback } from "../http/address-policy.ts";
import type { HttpClient } from "../http/http-client.ts";
import { Authorizer } from "./authorizer.ts";
import { findCredentials } from "./credentials.ts";
import { apiHost, type ListReference } from "./reference.ts";
import { type Endpoint, findEndpoints } from "./registries-conf.ts";
import { Registry } from "./registry.ts";
import { RegistryClient } from "./registry-client.ts";
import { RegistryUpload } from "./registry-upload.ts";
import { Repository } from "./repository.ts";

interface Place {
  readonly host: string;
  readonly repository: string;
}

/** The registries that one scan or one question reads: a login and its tokens serve all repositories of a host. */
export class Registries {
  readonly #client: HttpClient;
  readonly #env: NodeJS.ProcessEnv;
  readonly #opened = new Map<string, Promise<RegistryClient>>();

  constructor(client: HttpClient, env: NodeJS.ProcessEnv) {
    this.#client = client;
    this.#env = env;
  }

  async openRepository({ host, repository }: Place): Promise<Repository> {
    const endpoints = await findEndpoints(host, repository, this.#env);
    const open = async (endpoint: Endpoint) => ({
      registry: new Registry(await this.#clientAt(endpoint)),
      repository: endpoint.repository,
    });
    return new Repository(await Promise.all(endpoints.map(open)));
  }

  /** For writing: at the registry itself, never at a mirror. */
  async openUpload({ host, repository }: Place): Promise<RegistryUpload> {
    const endpoint = (await findEndpoints(host, repository, this.#env)).at(-1)!;
    return new RegistryUpload(await this.#clientAt(endpoint), endpoint.repository);
  }

  async *listPlaces(reference: ListReference): AsyncGenerator<Place> {
    const { host } = reference;
    if (reference.kind === "tags") {
      yield { host, repository: reference.repository };
      return;
    }
    const [endpoint] = (await findEndpoints(host, "", this.#env)).slice(-1);
    const registry = new Registry(await this.#clientAt(endpoint!));
    for await (const repository of registry.listRepositories()) {
      if (repository.startsWith(reference.prefix)) yield { host, repository };
    }
  }

  #clientAt(endpoint: Endpoint): Promise<RegistryClient> {
    const key = `${endpoint.host} ${endpoint.isInsecure}`;
    const opened = this.#opened.get(key) ?? this.#open(endpoint);
    this.#opened.set(key, opened);
    return opened;
  }

  async #open({ host, repository, isInsecure }: Endpoint): Promise<RegistryClient> {
    const credentials = await findCredentials(host, repository, this.#env);
    const base = new URL(`https://${apiHost(host)}`);
    // Registries on this machine speak plain HTTP, as engines expect.
    if (isInsecure || isLoopback(base)) base.protocol = "http:";
    return new RegistryClient(base, this.#client, new Authorizer(this.#client, credentials, base));
  }
}
