import { areaOf } from "#lib/graph/section/section.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { MapSection } from "./map-section.ts";

/** The kinds of a map's nodes, by which it can be coloured. */
export class MapKinds {
  /** Those that occur, in the order given. */
  readonly kinds: readonly ComponentKind[];
  /** By position: an index into `kinds`. */
  readonly kindAt: Uint8Array;
  readonly #selfSize: Float64Array;
  #areaBefore: readonly Float64Array[] | undefined;

  /** `kindOf`: by node index. `order`: of all kinds. */
  constructor(
    { nodeAt, selfSize }: Pick<MapSection, "nodeAt" | "selfSize">,
    kindOf: readonly ComponentKind[],
    order: readonly ComponentKind[],
  ) {
    const found = new Set(kindOf);
    this.kinds = order.filter((kind) => found.has(kind));
    const indexOf = new Map(this.kinds.map((kind, i) => [kind, i]));
    this.kindAt = Uint8Array.from(nodeAt, (node) => indexOf.get(kindOf[node]!)!);
    this.#selfSize = selfSize;
  }

  /** Adds the areas of the positions from `first` to before `end`, by kind: a difference each, however many there are. */
  addAreas(areas: Float64Array, first: number, end: number): void {
    this.#areaBefore ??= this.#sumAreas();
    for (let kind = 0; kind < areas.length; kind++) {
      const before = this.#areaBefore[kind]!;
      areas[kind]! += before[end]! - before[first]!;
    }
  }

  /** By kind and position: the area of its nodes before that position. */
  #sumAreas(): Float64Array[] {
    return this.kinds.map((_, kind) => {
      const before = new Float64Array(this.kindAt.length + 1);
      for (let at = 0; at < this.kindAt.length; at++) {
        before[at + 1] = before[at]! + (this.kindAt[at] === kind ? areaOf(this.#selfSize[at]!) : 0);
      }
      return before;
    });
  }
}
