import type { FileBody, FileNode } from "#lib/model/file-tree.ts";
import type { MovedTree } from "../sides.ts";

/** Look-ups of symbols in one image; those of Debian's base with a web server take some 30,000. They cost a microsecond each. */
export const MAX_SYMBOL_LOOKUPS = 5_000_000;

/** What is loaded with the programs and libraries of one image, and what of it defines a symbol. */
export class LoadedSymbols {
  readonly #tree: MovedTree;
  /** What the linker loads for a body: hard links have the same needs. */
  readonly #loads = new Map<string, FileNode[]>();
  readonly #closures = new Map<string, readonly FileNode[]>();
  readonly #exports = new Map<string, ReadonlySet<string> | undefined>();
  #lookups = 0;

  constructor(tree: MovedTree) {
    this.#tree = tree;
    for (const { file, found } of tree.found.loads) {
      const loads = this.#loads.get(bodyKey(file.body!)) ?? [];
      this.#loads.set(bodyKey(file.body!), loads);
      loads.push(found);
    }
  }

  /** Symbols that something loaded with the file has to define. */
  importsOf(file: FileNode): readonly string[] {
    return unpack(this.#tree.symbolsOf(file)?.imports ?? "");
  }

  /** The file, and all that is loaded with it. */
  closureOf(file: FileNode): readonly FileNode[] {
    const key = bodyKey(file.body!);
    const known = this.#closures.get(key);
    if (known !== undefined) return known;
    // A Set is iterated in insertion order, so elements added during the loop are visited too.
    const closure = new Set([file]);
    for (const each of closure) for (const found of this.#loads.get(bodyKey(each.body!)) ?? []) closure.add(found);
    this.#closures.set(key, [...closure]);
    return [...closure];
  }

  /** Whether the symbols of everything loaded with the file are known, and may still be looked for. */
  isKnown(file: FileNode): boolean {
    return (
      this.#lookups <= MAX_SYMBOL_LOOKUPS && this.closureOf(file).every((each) => this.#exportsOf(each) !== undefined)
    );
  }

  /** The first file loaded with this one that defines the symbol. */
  definerOf(file: FileNode, symbol: string): FileNode | undefined {
    const closure = this.closureOf(file);
    const at = closure.findIndex((each) => this.#exportsOf(each)?.has(symbol));
    this.#lookups += at < 0 ? closure.length : at + 1;
    return closure[at];
  }

  #exportsOf(file: FileNode): ReadonlySet<string> | undefined {
    const key = bodyKey(file.body!);
    if (!this.#exports.has(key)) {
      const packed = this.#tree.symbolsOf(file);
      this.#exports.set(key, packed === undefined || packed.isCut ? undefined : new Set(unpack(packed.exports)));
    }
    return this.#exports.get(key);
  }
}

export function unpack(packed: string): readonly string[] {
  return packed.split("\0").slice(0, -1);
}

function bodyKey({ layer, entry }: FileBody): string {
  return `${layer} ${entry}`;
}
