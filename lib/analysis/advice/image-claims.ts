import { maskOf } from "#lib/model/advice.ts";
import type { BodyEntry } from "#lib/model/body-entry.ts";
import { sourceOfByteCode } from "#lib/model/byte-code.ts";
import type { HeldBodies, HeldLayer } from "#lib/model/holding.ts";
import { ClaimList, type Claims, markDuplicates } from "./claims.ts";
import { classifyPath, hashPath } from "./path-classes.ts";

export interface AdvisedImage {
  readonly layers: readonly HeldLayer[];
  readonly bodies: HeldBodies;
  /** By entry, numbered through all layers, bottom first: −1 if containers do not see its name. */
  readonly owners: Int32Array;
  /** Visible hard links, numbered the same way, and the position of each one's body. */
  readonly links: { readonly entry: Int32Array; readonly body: Int32Array };
  /** Classes of the nodes. */
  readonly nodeMask: Uint16Array;
}

const HIDDEN = -1;
const NONE = -1;
const ANY = 0xffff;
const WASTED = maskOf(["wasted"]);
const COPIES = maskOf(["metadataCopies"]);
const BYTE_CODE = maskOf(["byteCode"]);

/** A hidden body: its path's hash, and its row. */
interface HiddenBody {
  readonly hash: number;
  readonly contentId: number;
  readonly row: number;
}

/** A name of byte code: its source, and the body. */
interface CompiledName {
  readonly source: number;
  readonly body: number;
  readonly pathMask: number;
}

/**
 * Collects what an image's classes claim, from its entries, the lowest layer first. Memory: some 40 bytes per entry
 * with a body, the paths of folders, and the paths of hidden files and of Python's as hashes.
 */
export class ImageClaims {
  readonly #image: AdvisedImage;
  /** Number of the first entry of each layer. */
  readonly #first: Int32Array;
  /** By entry: position of its visible body, or of the body of a visible hard link; −1 for others. */
  readonly #bodyOf: Int32Array;
  /** By visible body: the classes that claim all its visible names. */
  readonly #mask: Uint16Array;
  readonly #list = new ClaimList();
  /** Hash of the path of a hidden body → its row, until a layer above has the path. */
  readonly #hidden = new Map<number, HiddenBody>();
  readonly #compiled: CompiledName[] = [];
  readonly #folders = new Map<string, number>();
  /** By visible body: its folder. */
  readonly #folderOf: Int32Array;
  readonly #sources = new Set<number>();

  constructor(image: AdvisedImage) {
    this.#image = image;
    const { layers, bodies, links } = image;
    this.#first = new Int32Array(layers.length + 1);
    for (const [i, { entryCount }] of layers.entries()) this.#first[i + 1] = this.#first[i]! + entryCount;
    this.#bodyOf = new Int32Array(this.#first.at(-1)!).fill(NONE);
    for (let i = 0; i < bodies.count; i++) this.#bodyOf[this.#first[bodies.layer[i]!]! + bodies.entry[i]!] = i;
    for (let i = 0; i < links.entry.length; i++) this.#bodyOf[links.entry[i]!] = links.body[i]!;
    this.#mask = new Uint16Array(bodies.count).fill(ANY);
    this.#folderOf = new Int32Array(bodies.count).fill(NONE);
  }

  /** Paths of the folders with bodies, by their numbers in the rows: UTF-8 bytes as Latin-1 text, "" for the root. */
  get folders(): string[] {
    return [...this.#folders.keys()];
  }

  /** The entries of one layer, in batches. Layers from the lowest to the highest. */
  async addLayer(layer: number, batches: AsyncIterable<Iterable<BodyEntry>>): Promise<void> {
    const hiddenHere: HiddenBody[] = [];
    for await (const entries of batches) for (const entry of entries) this.#addEntry(layer, entry, hiddenHere);
    // A name twice in one tar: neither is in a layer above the other.
    for (const hidden of hiddenHere) this.#hidden.set(hidden.hash, hidden);
  }

  #addEntry(layer: number, given: BodyEntry, hiddenHere: HiddenBody[]): void {
    const { entry, path, byteCount, contentId } = given;
    const hash = contentId === NONE ? NONE : this.#meetHidden(given);
    const row = this.#first[layer]! + entry;
    const body = this.#bodyOf[row]!;
    if (body !== NONE) {
      if (contentId !== NONE) this.#folderOf[body] = this.#toFolder(path);
      if (this.#image.owners[row] !== HIDDEN) this.#addName(path, body);
    } else if (contentId !== NONE && byteCount > 0) {
      hiddenHere.push({ hash, contentId, row: this.#list.mask.length });
      this.#list.add({ mask: WASTED, bytes: byteCount, layer, entry, folder: this.#toFolder(path) });
    }
  }

  #toFolder(path: string): number {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    this.#folders.set(folder, this.#folders.size);
    return this.#folders.size - 1;
  }

  /** Marks a hidden body below whose content this entry ships again at the same path. */
  #meetHidden({ path, contentId }: BodyEntry): number {
    const hash = hashPath(path);
    const below = this.#hidden.get(hash);
    if (below === undefined) return hash;
    if (below.contentId === contentId) this.#list.mask[below.row]! |= COPIES;
    this.#hidden.delete(hash);
    return hash;
  }

  #addName(path: string, body: number): void {
    const pathMask = classifyPath(path);
    if (path.endsWith(".py")) this.#sources.add(hashPath(path));
    const source = sourceOfByteCode(path);
    if (source === undefined) this.#mask[body]! &= pathMask;
    else this.#compiled.push({ source: hashPath(source), body, pathMask });
  }

  /** All rows. Nothing can be added afterwards. */
  finish(): Claims {
    const { bodies, nodeMask } = this.#image;
    for (const { source, body, pathMask } of this.#compiled)
      this.#mask[body]! &= pathMask | (this.#sources.has(source) ? BYTE_CODE : 0);
    for (let i = 0; i < bodies.count; i++) {
      // Without any name among the entries, nothing is known of it.
      if (this.#mask[i] === ANY) this.#mask[i] = 0;
      if (bodies.owner[i]! >= 0) this.#mask[i]! |= nodeMask[bodies.owner[i]!]!;
    }
    const group = markDuplicates(bodies, this.#mask);
    for (let i = 0; i < bodies.count; i++) {
      if (bodies.byteCount[i] === 0) continue;
      const place = {
        layer: bodies.layer[i]!,
        entry: bodies.entry[i]!,
        node: bodies.owner[i]!,
        folder: this.#folderOf[i]!,
      };
      this.#list.add({ mask: this.#mask[i]!, bytes: bodies.byteCount[i]!, ...place }, group[i]!);
    }
    return this.#list.toClaims();
  }
}
