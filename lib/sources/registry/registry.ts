import * as v from "valibot";
import { objectOf } from "#lib/formats/json/index.ts";
import { check, MANIFEST_TYPES, MAX_METADATA_BYTES, parseMetadata } from "#lib/formats/oci/index.ts";
import type { Digest } from "#lib/model/digest.ts";
import { InputError } from "#lib/model/problem.ts";
import type { HttpResponse } from "../http/http-client.ts";
import { readWhole } from "../http/read-whole.ts";
import { type RegistryClient, toRefusal } from "./registry-client.ts";

/** Tags of a repository, or repositories of a registry. */
export const MAX_LISTED_NAMES = 100_000;
/** Names asked for at once; registries give fewer if they like. */
const NAMES_PER_PAGE = 1000;

const tagPage = objectOf({ tags: v.nullable(v.array(v.string())) });
const catalogPage = objectOf({ repositories: v.nullable(v.array(v.string())) });

/** One registry through the OCI distribution API. Every method throws UnreachableError if it does not answer or refuses. */
export class Registry {
  readonly #client: RegistryClient;

  constructor(client: RegistryClient) {
    this.#client = client;
  }

  /** A manifest or index by tag or digest; `undefined` if there is none. Its digest is not checked. */
  async getManifest(repository: string, reference: string): Promise<Uint8Array | undefined> {
    const path = `/v2/${repository}/manifests/${reference}`;
    return this.#read(path, pullScope(repository), { accept: MANIFEST_TYPES.join(", ") });
  }

  /** A metadata blob; `undefined` if there is none. Its digest is not checked. */
  async getBlob(repository: string, digest: Digest): Promise<Uint8Array | undefined> {
    return this.#read(blobPath(repository, digest), pullScope(repository));
  }

  /** The index of the manifests that refer to another (distribution-spec, "Listing Referrers"); `undefined` if it has no such list. */
  async getReferrers(repository: string, digest: Digest): Promise<Uint8Array | undefined> {
    return this.#read(`/v2/${repository}/referrers/${digest}`, pullScope(repository));
  }

  /** A blob's bytes, at most `length`. Nothing is fetched before the first is read. Each chunk is valid until the next is asked for. */
  async *openBlob(repository: string, digest: Digest, length: number): AsyncGenerator<Uint8Array> {
    const response = await this.#get(blobPath(repository, digest), pullScope(repository));
    if (response.status !== 200) throw await toRefusal(response, digest);
    let byteCount = 0;
    for await (const chunk of response.body) {
      byteCount += chunk.length;
      if (byteCount > length) {
        throw new InputError("size-mismatch", digest, `expected ${length} bytes (manifest), the registry sends more`);
      }
      yield chunk;
      release(chunk);
    }
  }

  /** All tags of a repository, in the registry's order. */
  listTags(repository: string): AsyncGenerator<string> {
    const path = `/v2/${repository}/tags/list`;
    return this.#list(path, pullScope(repository), (page) => check(tagPage, page, path).tags);
  }

  /** All repositories of the registry that this login may list. */
  listRepositories(): AsyncGenerator<string> {
    const path = "/v2/_catalog";
    return this.#list(path, "registry:catalog:*", (page) => check(catalogPage, page, path).repositories);
  }

  /** Follows `Link: <…>; rel="next"` to the last page (distribution-spec, "Listing Tags"). */
  async *#list(
    path: string,
    scope: string,
    namesOf: (page: unknown) => readonly string[] | null,
  ): AsyncGenerator<string> {
    const seen = new Set<string>();
    let next: string | undefined = `${path}?n=${NAMES_PER_PAGE}`;
    let count = 0;
    while (next !== undefined) {
      if (seen.has(next)) throw new InputError("bad-json", path, "a page of the list leads back to itself");
      seen.add(next);
      const response: HttpResponse = await this.#get(next, scope);
      if (response.status !== 200) throw await toRefusal(response, path.replace(/^\/v2\/(.*)\/tags\/list$/, "$1"));
      const names = namesOf(parseMetadata(await readWhole(response, MAX_METADATA_BYTES), path)) ?? [];
      count += names.length;
      if (count > MAX_LISTED_NAMES || seen.size > MAX_LISTED_NAMES) {
        throw new InputError("limit-exceeded", path, `more than ${MAX_LISTED_NAMES} names in one list`);
      }
      yield* names;
      next = nextPage(response, this.#client.base);
    }
  }

  async #read(path: string, scope: string, headers = {}): Promise<Uint8Array | undefined> {
    const response = await this.#get(path, scope, headers);
    if (response.status === 404) {
      await response.discard();
      return undefined;
    }
    if (response.status !== 200) throw await toRefusal(response, path);
    return readWhole(response, MAX_METADATA_BYTES);
  }

  #get(path: string, scope: string, headers: Record<string, string> = {}): Promise<HttpResponse> {
    return this.#client.send({ url: new URL(path, this.#client.base), headers }, scope);
  }
}

function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}

function blobPath(repository: string, digest: Digest): string {
  return `/v2/${repository}/blobs/${digest}`;
}

/** Path and query of the next page, on the same registry; `undefined` on the last. */
function nextPage({ headers: { link }, url }: HttpResponse, base: URL): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec([link ?? ""].flat().join(", "))?.[1];
  const next = target === undefined ? null : URL.parse(target, url);
  if (next === null) return undefined;
  if (next.origin !== base.origin && next.host !== base.host) {
    throw new InputError("bad-json", url.pathname, "the next page of the list is on another host");
  }
  return next.pathname + next.search;
}

/**
 * Frees a chunk of a download at once. Left to the garbage collector, every few megabytes of a layer start a collection of the
 * whole heap, which takes as long as a third of the scan. A chunk that is part of a larger buffer is left alone.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
