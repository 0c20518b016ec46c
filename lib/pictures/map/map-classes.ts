import { areaOf } from "#lib/graph/section/section.ts";
import type { ComponentKind } from "#lib/model/component.ts";
import type { OverviewSide } from "#lib/model/overview.ts";
import type { MapSection } from "./map-section.ts";

/** What a map can be coloured by: the kind of a node, or how it differs between two artifacts. */
export type MapClass = ComponentKind | OverviewSide;

/** The classes of a map's nodes, by which it can be coloured. */
export class MapClasses<Class extends MapClass = MapClass> {
  /** Those that occur, in the order given. */
  readonly classes: readonly Class[];
  readonly #section: Pick<MapSection, "nodeAt" | "selfSize">;
  readonly #classOf: readonly Class[];
  #classAt: Uint8Array | undefined;
  #counts: readonly number[] | undefined;
  #areaBefore: readonly Float64Array[] | undefined;

  /** `classOf`: by node index. `order`: of all classes. */
  constructor(
    section: Pick<MapSection, "nodeAt" | "selfSize">,
    classOf: readonly Class[],
    order: readonly NoInfer<Class>[],
  ) {
    const found = new Set(classOf);
    this.classes = order.filter((each) => found.has(each));
    this.#section = section;
    this.#classOf = classOf;
  }

  /** By position: an index into `classes`. Made when the map is first coloured by them. */
  get classAt(): Uint8Array {
    const indexOf = new Map(this.classes.map((each, i) => [each, i]));
    this.#classAt ??= Uint8Array.from(this.#section.nodeAt, (node) => indexOf.get(this.#classOf[node]!)!);
    return this.#classAt;
  }

  /** By class: how many nodes have it. Counted once. */
  get counts(): readonly number[] {
    if (this.#counts === undefined) {
      const counts = this.classes.map(() => 0);
      for (const each of this.classAt) counts[each]!++;
      this.#counts = counts;
    }
    return this.#counts;
  }

  /** Adds the areas of the positions from `first` to before `end`, by class: a difference each, however many there are. */
  addAreas(areas: Float64Array, first: number, end: number): void {
    this.#areaBefore ??= this.#sumAreas();
    for (let i = 0; i < areas.length; i++) {
      const before = this.#areaBefore[i]!;
      areas[i]! += before[end]! - before[first]!;
    }
  }

  /** By class and position: the area of its nodes before that position. */
  #sumAreas(): Float64Array[] {
    const { classAt } = this;
    return this.classes.map((_, i) => {
      const before = new Float64Array(classAt.length + 1);
      for (let at = 0; at < classAt.length; at++) {
        before[at + 1] = before[at]! + (classAt[at] === i ? areaOf(this.#section.selfSize[at]!) : 0);
      }
      return before;
    });
  }
}
