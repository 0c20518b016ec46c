import { rm } from "node:fs/promises";
import { UsageError } from "#lib/model/problem.ts";
import type { SourceEnvironment } from "#lib/sources/environment.ts";
import { readRange } from "#lib/sources/file-range.ts";
import { HttpClient } from "#lib/sources/http/http-client.ts";
import type { RemotePlace } from "#lib/sources/images/source-image.ts";
import { Registries } from "#lib/sources/registry/registries.ts";
import type { RegistryUpload } from "#lib/sources/registry/registry-upload.ts";
import type { Blob, BlobTarget, NamedManifest } from "./blob-target.ts";
import type { StoredManifest } from "./image-sink.ts";
import type { RegistryTarget } from "./image-target.ts";
import { makePushFolder } from "./partial-folder.ts";
import { onDisk } from "./write-chunks.ts";

interface RegistryTools {
  readonly environment: SourceEnvironment;
  readonly signal: AbortSignal;
}

/** A new tag in a repository. Throws UsageError if the registry has it, UnreachableError. */
export async function openRegistryTarget(
  target: RegistryTarget,
  { environment, signal }: RegistryTools,
): Promise<BlobTarget> {
  const client = new HttpClient({ signal, reach: environment.reach });
  try {
    const upload = await new Registries(client, environment.variables).openUpload(target.reference);
    if ((await upload.findDigest(target.reference.tag)) !== undefined)
      throw new UsageError(`${target.shown}: the registry has this tag already; name another`);
    const workDir = await onDisk(target.shown, makePushFolder);
    return new RegistryBlobs({ target, client, upload, workDir });
  } catch (error) {
    await client.close();
    throw error;
  }
}

interface RegistryParts {
  readonly target: RegistryTarget;
  readonly client: HttpClient;
  readonly upload: RegistryUpload;
  readonly workDir: string;
}

/** Blobs go to the registry at once, manifests at the end: blobs that no manifest lists are the registry's to remove. */
class RegistryBlobs implements BlobTarget {
  readonly shown: string;
  readonly workDir: string;
  readonly #parts: RegistryParts;
  readonly #manifests = new Map<string, { readonly bytes: Uint8Array; readonly mediaType: string }>();
  #isNamed = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.shown = parts.target.shown;
    this.workDir = parts.workDir;
  }

  async copy({ digest, size }: Blob, open: () => AsyncIterable<Uint8Array>, from?: RemotePlace["from"]): Promise<void> {
    const { target, upload } = this.#parts;
    const mounted = from?.host === target.reference.host ? from.repository : undefined;
    await upload.putBlob(digest, { byteCount: size, open: () => ownChunks(open()) }, mounted);
  }

  async take({ digest, size }: Blob, file: string): Promise<void> {
    const open = () => readRange({ file, offset: 0, length: size });
    await this.#parts.upload.putBlob(digest, { byteCount: size, open });
    await rm(file);
  }

  async putManifest({ digest, mediaType }: StoredManifest, bytes: Uint8Array): Promise<void> {
    this.#manifests.set(digest, { bytes, mediaType });
  }

  claimName(): string {
    if (this.#isNamed) throw new UsageError(`${this.shown}: one image has one tag; write several to oci:DIR`);
    this.#isNamed = true;
    return this.#parts.target.reference.tag;
  }

  async commit(named: readonly NamedManifest[]): Promise<void> {
    const { upload } = this.#parts;
    const tags = new Map<string, string>(named.map(({ name, manifest }) => [manifest.digest, name]));
    for (const [digest, { bytes, mediaType }] of this.#manifests)
      if (!tags.has(digest)) await upload.putManifest(digest, bytes, mediaType);
    for (const [digest, tag] of tags) {
      const { bytes, mediaType } = this.#manifests.get(digest)!;
      await upload.putManifest(tag, bytes, mediaType);
    }
  }

  async close(): Promise<void> {
    await this.#parts.client.close();
    await rm(this.workDir, { recursive: true, force: true });
  }
}

/** A chunk of another registry is freed when the next is asked for, and may still wait to be sent then. */
async function* ownChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.slice();
}
