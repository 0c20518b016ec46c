import type { BodyEntry } from "#lib/model/body-entry.ts";
import type { ImageFile, ImageFileFilter, ImageFileRows, ImageFileSort } from "#lib/model/image-files.ts";

/** What a list needs to know of an image. */
export interface ListedImage {
  /** By entry, numbered through all layers, bottom first: −1 if containers do not see its name. */
  readonly owners: Int32Array;
  /** Entries of each layer. */
  readonly entryCounts: readonly number[];
  /** By node: its place among all nodes ordered by name. */
  readonly nameRank: Int32Array;
  /** Hidden bodies, with the layers that contain and hide them. */
  readonly wasted: readonly { readonly path: string; readonly layer: number; readonly hiddenBy: number }[];
}

/** All files of an image in columns, sorted once for each order that is asked for. Memory: some 100 bytes per file. */
export class FileList {
  readonly #image: ListedImage;
  readonly #first: number[];
  readonly #hiddenBy: ReadonlyMap<string, number>;
  /** UTF-8 bytes as Latin-1 text, with the leading slash. */
  readonly #path: string[] = [];
  readonly #bytes: number[] = [];
  readonly #layer: number[] = [];
  readonly #owner: number[] = [];
  readonly #orders = new Map<ImageFileSort, Int32Array>();

  constructor(image: ListedImage) {
    this.#image = image;
    this.#first = image.entryCounts.map((_, layer) => sum(image.entryCounts.slice(0, layer)));
    this.#hiddenBy = new Map(image.wasted.map(({ path, layer, hiddenBy }) => [`${layer} ${toLatin1(path)}`, hiddenBy]));
  }

  get count(): number {
    return this.#path.length;
  }

  /** Layers in any order; nothing can be added after the first selection. */
  add(layer: number, { path, byteCount, contentId, entry }: BodyEntry): void {
    this.#path.push(`/${path}`);
    // A hard link's entry may state the size of the file that it names.
    this.#bytes.push(contentId === -1 ? 0 : byteCount);
    this.#layer.push(layer);
    this.#owner.push(this.#image.owners[this.#first[layer]! + entry]!);
  }

  /** A window of what matches, in this order; equal rows in that of layers and paths. O(files). */
  select({ text, layer, hidden, sort, direction, offset, limit }: ImageFileFilter): ImageFileRows {
    const wanted = toLatin1(text).toLowerCase();
    const order = this.#orderBy(sort);
    const rows: ImageFile[] = [];
    let matching = 0;
    let matchingBytes = 0;
    for (let i = 0; i < order.length; i++) {
      const row = order[direction === "asc" ? i : order.length - 1 - i]!;
      if (layer !== undefined && this.#layer[row] !== layer) continue;
      if (hidden && this.#owner[row] !== -1) continue;
      if (wanted !== "" && !this.#path[row]!.toLowerCase().includes(wanted)) continue;
      if (matching >= offset && rows.length < limit) rows.push(this.#toFile(row));
      matching++;
      matchingBytes += this.#bytes[row]!;
    }
    return { rows, matching, matchingBytes };
  }

  #toFile(row: number): ImageFile {
    const [path, layer, bytes, owner] = [this.#path[row]!, this.#layer[row]!, this.#bytes[row]!, this.#owner[row]!];
    const hiddenBy = this.#hiderOf(row) ?? null;
    const text = Buffer.from(path, "latin1").toString("utf8").slice(1);
    return { path: text, bytes, layer, owner, waste: hiddenBy === null ? 0 : bytes, hiddenBy };
  }

  /** The layer that hides a body. A body whose name is hidden stays visible if a hard link to it does. */
  #hiderOf(row: number): number | undefined {
    if (this.#owner[row] !== -1) return undefined;
    return this.#hiddenBy.get(`${this.#layer[row]} ${this.#path[row]!.slice(1)}`);
  }

  #orderBy(sort: ImageFileSort): Int32Array {
    const known = this.#orders.get(sort);
    if (known !== undefined) return known;
    const byPath = sort === "path" ? undefined : this.#orderBy("path");
    const order = byPath?.slice() ?? Int32Array.from(this.#path.keys());
    const key = this.#keyOf(sort);
    // Stable, so that equal rows stay in the order of paths.
    order.sort(sort === "path" ? this.#comparePaths : (a, b) => key(a) - key(b));
    this.#orders.set(sort, order);
    return order;
  }

  readonly #comparePaths = (a: number, b: number): number => {
    const [left, right] = [this.#path[a]!, this.#path[b]!];
    return left < right ? -1 : left > right ? 1 : this.#layer[a]! - this.#layer[b]!;
  };

  #keyOf(sort: ImageFileSort): (row: number) => number {
    if (sort === "layer") return (row) => this.#layer[row]!;
    if (sort === "owner") return (row) => this.#image.nameRank[this.#owner[row]!] ?? -1;
    if (sort === "waste") return (row) => (this.#hiderOf(row) === undefined ? 0 : this.#bytes[row]!);
    return (row) => this.#bytes[row]!;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function toLatin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
