import { condense } from "./condensation.ts";
import type { Graph, NodeList } from "./graph.ts";

/** Starts in one word. */
const WORD_BITS = 32;

export interface StartClasses {
  /** Class of each node: nodes are of one class if the same starts reach them. */
  readonly classOf: Int32Array;
  readonly count: number;
  /** The starts that reach the nodes of a class, as positions in the list of starts, ascending; [] for unreached nodes. */
  readonly startsOf: (wanted: number) => number[];
}

/**
 * Nodes by the set of starts that reach them, as nix-du groups a store. The starts are taken a word at a time: a pass over the
 * condensed graph gives each component the starts of that word that reach it, and divides the classes so far. O(n + m · starts / 32).
 */
export function computeStartClasses(graph: Graph, starts: NodeList): StartClasses {
  const { graph: components, component } = condense(graph);
  const division = new Division(components.nodeCount);
  for (let first = 0; first < starts.length; first += WORD_BITS) {
    const reaching = new Int32Array(components.nodeCount);
    for (let bit = 0; bit < Math.min(WORD_BITS, starts.length - first); bit++) {
      reaching[component[starts[first + bit]!]!]! |= 1 << bit;
    }
    spreadDown(components, reaching);
    division.divide(reaching);
  }
  const { classOf, count } = division;
  return {
    classOf: Int32Array.from(component, (number) => classOf[number]!),
    count,
    startsOf: (wanted) => division.listBits(wanted),
  };
}

/** Each component passes its bits on to those it refers to, from the first to the last. */
function spreadDown({ nodeCount, offsets, targets }: Graph, bits: Int32Array): void {
  for (let number = nodeCount - 1; number >= 0; number--) {
    if (bits[number] === 0) continue;
    for (let slot = offsets[number]!; slot < offsets[number + 1]!; slot++) bits[targets[slot]!]! |= bits[number]!;
  }
}

/** Classes that are divided again and again, each with the word by which it was told from the others of its parent. */
class Division {
  classOf: Int32Array;
  count = 1;
  /** A generation of classes for each word, the last one now. */
  readonly #generations: { readonly parent: Int32Array; readonly word: Int32Array }[] = [];

  constructor(size: number) {
    this.classOf = new Int32Array(size);
  }

  divide(words: Int32Array): void {
    const numbers = new Map<string, number>();
    const parents: number[] = [];
    const wordOf: number[] = [];
    this.classOf = this.classOf.map((parent, i) => {
      const key = `${parent} ${words[i]}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      parents.push(parent);
      wordOf.push(words[i]!);
      numbers.set(key, parents.length - 1);
      return parents.length - 1;
    });
    this.count = parents.length;
    this.#generations.push({ parent: Int32Array.from(parents), word: Int32Array.from(wordOf) });
  }

  listBits(wanted: number): number[] {
    const bits: number[] = [];
    let at = wanted;
    for (let generation = this.#generations.length - 1; generation >= 0; generation--) {
      const { parent, word } = this.#generations[generation]!;
      for (let bit = WORD_BITS - 1; bit >= 0; bit--) {
        if ((word[at]! >>> bit) & 1) bits.push(generation * WORD_BITS + bit);
      }
      at = parent[at]!;
    }
    return bits.reverse();
  }
}
