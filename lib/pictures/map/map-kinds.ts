import { areaOf } from "#lib/graph/section/section.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { MapSection } from "./map-section.ts";

/** The kinds of a map's nodes, by which it can be coloured. */
export class MapKinds {
  /** Those that occur, in the order given. */
  readonly kinds: readonly ComponentKind[];
  readonly #section: Pick<MapSection, "nodeAt" | "selfSize">;
  readonly #kindOf: readonly ComponentKind[];
  #kindAt: Uint8Array | undefined;
  #areaBefore: readonly Float64Array[] | undefined;

  /** `kindOf`: by node index. `order`: of all kinds. */
  constructor(
    section: Pick<MapSection, "nodeAt" | "selfSize">,
    kindOf: readonly ComponentKind[],
    order: readonly ComponentKind[],
  ) {
    const found = new Set(kindOf);
    this.kinds = order.filter((kind) => found.has(kind));
    this.#section = section;
    this.#kindOf = kindOf;
  }

  /** By position: an index into `kinds`. Made when the map is first coloured by kind. */
  get kindAt(): Uint8Array {
    const indexOf = new Map(this.kinds.map((kind, i) => [kind, i]));
    this.#kindAt ??= Uint8Array.from(this.#section.nodeAt, (node) => indexOf.get(this.#kindOf[node]!)!);
    return this.#kindAt;
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
    const { kindAt } = this;
    return this.kinds.map((_, kind) => {
      const before = new Float64Array(kindAt.length + 1);
      for (let at = 0; at < kindAt.length; at++) {
        before[at + 1] = before[at]! + (kindAt[at] === kind ? areaOf(this.#section.selfSize[at]!) : 0);
      }
      return before;
    });
  }
}
