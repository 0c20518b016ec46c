import type { PlatformChoice } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { InputError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "../environment.ts";
import { isPrivateAddress, literalAddress } from "../http/address-policy.ts";
import { HttpClient } from "../http/http-client.ts";
import type { RemoteImages } from "../images/open-images.ts";
import { isReferrersTag } from "../images/referrers-tag.ts";
import type { FoundImage } from "../images/source-image.ts";
import { Authorizer } from "./authorizer.ts";
import { findCredentials } from "./credentials.ts";
import { apiHost, type ImageReference, type ListReference } from "./reference.ts";
import { type Endpoint, findEndpoints } from "./registries-conf.ts";
import { Registry } from "./registry.ts";
import { type ListedTag, openListed, openReference } from "./registry-images.ts";
import { Repository } from "./repository.ts";

/** Opens the images of a registry. Nothing is fetched before the images are listed. */
export function openRegistry(
  reference: ImageReference,
  { environment, signal }: { environment: SourceEnvironment; signal: AbortSignal },
): RemoteImages {
  const client = new HttpClient({ signal, reach: environment.reach });
  const registries = new Registries(client, environment.variables);
  const images = (platform: PlatformChoice) => findImages(registries, reference, platform);
  return {
    kind: "remote",
    find: async (platform) => ({ count: 1, images: images(platform) }),
    close: () => client.close(),
  };
}

/** One blob, at most so many bytes of it. Its digest is not checked. Throws InputError, UnreachableError. */
export async function readRegistryBlob(
  reference: { readonly host: string; readonly repository: string; readonly digest: Digest },
  maxBytes: number,
  { environment, signal }: { environment: SourceEnvironment; signal: AbortSignal },
): Promise<Uint8Array> {
  const client = new HttpClient({ signal, reach: environment.reach });
  try {
    const repository = await new Registries(client, environment.variables).openRepository(reference);
    return Buffer.concat(await Array.fromAsync(repository.openBlob(reference.digest, maxBytes)));
  } finally {
    await client.close();
  }
}

async function* findImages(
  registries: Registries,
  reference: ImageReference,
  platform: PlatformChoice,
): AsyncGenerator<FoundImage> {
  if (reference.kind === "image") {
    yield* openReference(await registries.openRepository(reference), reference, platform);
    return;
  }
  yield* openListed(listTags(registries, reference), platform);
}

async function* listTags(registries: Registries, reference: ListReference): AsyncGenerator<ListedTag> {
  let isEmpty = true;
  for await (const place of registries.listPlaces(reference)) {
    isEmpty = false;
    const repository = await registries.openRepository(place);
    for await (const tag of repository.listTags())
      if (!isReferrersTag(tag)) yield { repository, reference: { kind: "image", ...place, tag } };
  }
  if (isEmpty)
    throw new InputError("not-an-image", reference.host, "no repository matches, or this login may not list them");
}

interface Place {
  readonly host: string;
  readonly repository: string;
}

/** The registries that one scan reads: a login and its tokens serve all repositories of a host. */
class Registries {
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
