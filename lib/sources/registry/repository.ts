import type { Digest } from "#lib/model/digest.ts";
import { InputError, UnreachableError } from "#lib/model/problem.ts";
import type { Registry } from "./registry.ts";

/** One of the places of a repository: a mirror, or the registry itself. */
export interface RepositoryPlace {
  readonly registry: Registry;
  readonly repository: string;
}

/** A repository at its mirrors and its registry, the first that has what is asked for. */
export class Repository {
  readonly #places: readonly RepositoryPlace[];

  /** `places`: at least one, in the order in which to ask them; the last is the registry itself. */
  constructor(places: readonly RepositoryPlace[]) {
    this.#places = places;
  }

  /** By tag or digest; `undefined` if no place has it. */
  getManifest(reference: string): Promise<Uint8Array | undefined> {
    return this.#first(({ registry, repository }) => registry.getManifest(repository, reference));
  }

  /** `undefined` if no place has it. */
  getBlob(digest: Digest): Promise<Uint8Array | undefined> {
    return this.#first(({ registry, repository }) => registry.getBlob(repository, digest));
  }

  /** The index of the manifests that refer to an image; `undefined` if no place has such a list. */
  getReferrers(digest: Digest): Promise<Uint8Array | undefined> {
    return this.#first(({ registry, repository }) => registry.getReferrers(repository, digest));
  }

  /** The next place is asked only before the first byte: another one's rest would do, but its bytes are the same anyway. */
  async *openBlob(digest: Digest, length: number): AsyncGenerator<Uint8Array> {
    for (const [i, { registry, repository }] of this.#places.entries()) {
      let hasBegun = false;
      try {
        for await (const chunk of registry.openBlob(repository, digest, length)) {
          hasBegun = true;
          yield chunk;
        }
        return;
      } catch (error) {
        if (hasBegun || i === this.#places.length - 1 || !isPlaceFault(error)) throw error;
      }
    }
  }

  listTags(): AsyncGenerator<string> {
    const { registry, repository } = this.#places.at(-1)!;
    return registry.listTags(repository);
  }

  async #first<T>(ask: (place: RepositoryPlace) => Promise<T | undefined>): Promise<T | undefined> {
    for (const place of this.#places.slice(0, -1)) {
      try {
        const found = await ask(place);
        if (found !== undefined) return found;
      } catch (error) {
        if (!isPlaceFault(error)) throw error;
      }
    }
    return ask(this.#places.at(-1)!);
  }
}

/** A mirror that does not answer, or does not have it, leaves the question to the next place. */
function isPlaceFault(error: unknown): boolean {
  return error instanceof UnreachableError || (error instanceof InputError && error.code === "missing-blob");
}
