import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "#lib/model/problem.ts";
import { toBlobPath } from "#lib/sources/images/blob-path.ts";
import type { Blob, BlobTarget, NamedManifest } from "./blob-target.ts";
import type { StoredManifest } from "./image-sink.ts";
import { toDescriptor } from "./image-writer.ts";
import { onDisk, writeChunks } from "./write-chunks.ts";

/** The annotation with an image's name in a layout (image-spec `annotations.md`). */
export const REF_NAME = "org.opencontainers.image.ref.name";

/** Entries of an index that is there already, as they were written. */
export interface KnownIndex {
  readonly json: Readonly<Record<string, unknown>>;
  readonly manifests: readonly unknown[];
  readonly names: ReadonlySet<string>;
}

export interface StagedLayoutOptions {
  readonly shown: string;
  /** A folder that is not there yet, on the file system of the target. */
  readonly workDir: string;
  /** The name of the one image, instead of its own. */
  readonly imageName: string | undefined;
  readonly known: KnownIndex;
  /** Moves the finished layout to its place. */
  publish(stage: string): Promise<void>;
}

/** An index without images. */
export const EMPTY_INDEX: KnownIndex = {
  json: { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json" },
  manifests: [],
  names: new Set(),
};

/** A layout that is built beside its place (image-spec `image-layout.md`). */
export class StagedLayout implements BlobTarget {
  readonly shown: string;
  readonly workDir: string;
  readonly #options: StagedLayoutOptions;
  readonly #stage: string;
  readonly #names = new Set<string>();

  private constructor(options: StagedLayoutOptions) {
    this.#options = options;
    this.shown = options.shown;
    this.workDir = options.workDir;
    this.#stage = join(options.workDir, "layout");
  }

  /** Throws UnreachableError. */
  static async open(options: StagedLayoutOptions): Promise<StagedLayout> {
    const layout = new StagedLayout(options);
    await onDisk(options.shown, () => mkdir(layout.workDir));
    try {
      await onDisk(options.shown, () => mkdir(join(layout.#stage, "blobs/sha256"), { recursive: true }));
      return layout;
    } catch (error) {
      await layout.close();
      throw error;
    }
  }

  async copy({ digest }: Blob, open: () => AsyncIterable<Uint8Array>): Promise<void> {
    await writeChunks(join(this.#stage, toBlobPath(digest)), open(), this.shown);
  }

  async take({ digest }: Blob, file: string): Promise<void> {
    await onDisk(this.shown, () => rename(file, join(this.#stage, toBlobPath(digest))));
  }

  async putManifest({ digest }: StoredManifest, bytes: Uint8Array): Promise<void> {
    await writeChunks(join(this.#stage, toBlobPath(digest)), [bytes], this.shown);
  }

  claimName(own: string): string {
    const name = this.#options.imageName ?? own;
    if (this.#names.has(name)) throw new UsageError(`${this.shown}: two images would be named ${name}`);
    if (this.#options.known.names.has(name)) throw new UsageError(`${this.shown}: an image ${name} is there already`);
    this.#names.add(name);
    return name;
  }

  async commit(named: readonly NamedManifest[]): Promise<void> {
    const { json, manifests } = this.#options.known;
    const added = named.map(({ name, manifest }) => ({
      ...toDescriptor(manifest),
      annotations: { [REF_NAME]: name },
    }));
    const index = JSON.stringify({ ...json, manifests: [...manifests, ...added] });
    await writeChunks(join(this.#stage, "index.json"), [Buffer.from(index)], this.shown);
    await writeChunks(join(this.#stage, "oci-layout"), [Buffer.from('{"imageLayoutVersion":"1.0.0"}')], this.shown);
    await onDisk(this.shown, () => this.#options.publish(this.#stage));
  }

  async close(): Promise<void> {
    await rm(this.workDir, { recursive: true, force: true, maxRetries: 3 });
  }
}
