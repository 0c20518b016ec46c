import { countCrossings } from "./count-crossings.ts";
import type { Lanes } from "./lanes.ts";

/** Boxes that must be next to each other, or one box or lane. */
type Unit = readonly number[];

export interface OrderQuestion {
  readonly lanes: Lanes;
  /** By box: a first order within each layer. Lanes begin between the boxes that they join. */
  readonly first: ArrayLike<number>;
  /** By box: boxes of one layer with an equal value stay together (the members of a cycle); −1 for none. */
  readonly together: ArrayLike<number>;
  /** By box: the order that boxes had before others came; −1 for those that came. They keep it. */
  readonly before?: ArrayLike<number>;
}

const SWEEPS = 24;
const EXCHANGES = 8;

/**
 * The items of each layer from the top down, with few crossings: sweeps sort each layer by the mean position of the neighbours on
 * one side, then exchange neighbours as long as that removes crossings (Gansner et al. 1993). The best order of all sweeps.
 * Deterministic.
 */
export function orderLayers(question: OrderQuestion): number[][] {
  const layers = new LayerOrder(question);
  let best = layers.list();
  let fewest = countCrossings(question.lanes, best);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    layers.sweep(sweep % 2 === 0);
    layers.exchange();
    const order = layers.list();
    const crossings = countCrossings(question.lanes, order);
    if (crossings < fewest) [best, fewest] = [order, crossings];
  }
  return best;
}

class LayerOrder {
  readonly #layers: Unit[][];
  /** Neighbours of each item, one per segment. */
  readonly #left: number[][];
  readonly #right: number[][];
  /** Of each item in its layer, from 0. */
  readonly #position: Float64Array;
  readonly #before: ArrayLike<number> | undefined;

  constructor({ lanes, first, together, before }: OrderQuestion) {
    const { itemCount, boxCount, layerOf, segments } = lanes;
    this.#before = before;
    this.#left = Array.from({ length: itemCount }, () => []);
    this.#right = Array.from({ length: itemCount }, () => []);
    for (const { from, to } of segments) {
      this.#right[from]!.push(to);
      this.#left[to]!.push(from);
    }
    this.#position = new Float64Array(itemCount);
    const layerCount = layerOf.reduce((most, layer) => Math.max(most, layer + 1), 0);
    const boxes = Array.from({ length: boxCount }, (_, box) => box).sort((a, b) => first[a]! - first[b]! || a - b);
    this.#layers = Array.from({ length: layerCount }, () => []);
    for (const unit of Map.groupBy(boxes, (box) => unitKey(box, layerOf[box]!, together[box]!)).values())
      this.#layers[layerOf[unit[0]!]!]!.push(unit);
    for (let lane = boxCount; lane < itemCount; lane++) this.#layers[layerOf[lane]!]!.push([lane]);
    for (const layer of this.#layers) this.#settle(layer);
    for (let layer = 0; layer < layerCount; layer++) this.#sort(layer, this.#left, (item) => item >= boxCount);
  }

  list(): number[][] {
    return this.#layers.map((units) => units.flat());
  }

  sweep(right: boolean): void {
    const count = this.#layers.length;
    for (let i = 1; i < count; i++) {
      if (right) this.#sort(i, this.#left, () => true);
      else this.#sort(count - 1 - i, this.#right, () => true);
    }
  }

  /** Exchanges adjacent units wherever fewer of their segments cross then. */
  exchange(): void {
    for (let pass = 0; pass < EXCHANGES; pass++) {
      let changed = false;
      for (const layer of this.#layers) {
        for (let i = 0; i + 1 < layer.length; i++) {
          const [upper, lower] = [layer[i]!, layer[i + 1]!];
          if (this.#isFixed(upper) && this.#isFixed(lower)) continue;
          if (this.#crossings(upper, lower) <= this.#crossings(lower, upper)) continue;
          layer[i] = lower;
          layer[i + 1] = upper;
          changed = true;
        }
        this.#settle(layer);
      }
      if (!changed) return;
    }
  }

  #isFixed([item]: Unit): boolean {
    return (this.#before?.[item!] ?? -1) >= 0;
  }

  /** Crossings of the segments of two adjacent units. */
  #crossings(upper: Unit, lower: Unit): number {
    let crossings = 0;
    for (const sides of [this.#left, this.#right]) {
      for (const a of upper) {
        for (const b of lower) {
          for (const x of sides[a]!)
            for (const y of sides[b]!) if (this.#position[x]! > this.#position[y]!) crossings++;
        }
      }
    }
    return crossings;
  }

  /** Sorts the movable units of a layer by their neighbours on one side; others keep their position. */
  #sort(index: number, sides: readonly number[][], moves: (item: number) => boolean): void {
    const layer = this.#layers[index]!;
    const keys = new Map(layer.map((unit, i) => [unit, this.#key(unit, sides, moves(unit[0]!) ? undefined : i)]));
    const at = new Map(layer.map((unit, i) => [unit, i]));
    const rank = new Map<Unit, number>();
    // Units that keep their order have rising keys, so that the others come between them.
    let [highestKey, highestAt] = [Number.NEGATIVE_INFINITY, -1];
    const fixed = layer.filter((unit) => this.#isFixed(unit));
    for (const unit of fixed.sort((a, b) => this.#before![a[0]!]! - this.#before![b[0]!]!)) {
      highestKey = Math.max(highestKey, keys.get(unit)!);
      highestAt = Math.max(highestAt, at.get(unit)!);
      keys.set(unit, highestKey);
      at.set(unit, highestAt);
      rank.set(unit, rank.size);
    }
    layer.sort(
      (a, b) => keys.get(a)! - keys.get(b)! || at.get(a)! - at.get(b)! || (rank.get(a) ?? -1) - (rank.get(b) ?? -1),
    );
    this.#settle(layer);
  }

  /** The mean relative position of the neighbours; a unit without any stays where it is. */
  #key(unit: Unit, sides: readonly number[][], position: number | undefined): number {
    const neighbours = unit.flatMap((item) => sides[item]!);
    if (position !== undefined || neighbours.length === 0) return this.#position[unit[0]!]!;
    return neighbours.reduce((sum, other) => sum + this.#position[other]!, 0) / neighbours.length;
  }

  #settle(layer: readonly Unit[]): void {
    const items = layer.flat();
    items.forEach((item, i) => {
      this.#position[item] = (i + 0.5) / items.length;
    });
  }
}

/** Negative for units of several boxes, so that it is no box's number. */
function unitKey(box: number, layer: number, together: number): number {
  return together < 0 ? box : -1 - (together * 2 ** 16 + layer);
}
