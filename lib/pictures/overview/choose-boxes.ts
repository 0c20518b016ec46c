import { MAX_WHOLE_NODES, OVERVIEW_PORTION, type Overview, type OverviewColumn } from "#lib/model/overview.ts";
import type { OverviewShape } from "./shapes.ts";

/** The nodes of a column that are not drawn. Never one alone. */
export interface HiddenNodes {
  /** Position of the column; the number of columns for nodes without edges. */
  readonly column: number;
  readonly count: number;
  readonly bytes: number;
  /** Position in `nodes` of the one that retains most. */
  readonly largest: number;
  readonly opened: number;
}

export interface ChosenBoxes {
  /** Small boxes with one line: everything is drawn. */
  readonly whole: boolean;
  /** Positions in `nodes`, by layer. */
  readonly layers: readonly (readonly number[])[];
  /** By layer. */
  readonly columnOf: readonly number[];
  readonly alone: readonly number[];
  readonly groups: readonly HiddenNodes[];
  /** Positions in `nodes` that an opened group or a selection added. */
  readonly added: ReadonlySet<number>;
}

/** What a drawing of one shape shows: all nodes if there is room for their names, else the first of each column. */
export function chooseBoxes(overview: Overview, shape: OverviewShape): ChosenBoxes {
  const whole = fitsWhole(overview, shape);
  const perLayer = whole ? shape.wholePerLayer : shape.perLayer;
  const counts = overview.columns.map(({ count }) => count);
  const layersOf = whole ? counts.map((count) => Math.ceil(count / perLayer)) : shareLayers(counts, shape);
  const added = new Set<number>();
  const groups: HiddenNodes[] = [];
  const take = (column: OverviewColumn, index: number, room: number) =>
    takeNodes(overview, column, { index, room: whole ? column.count : room, added, groups, slots: shape.turned });
  const layers: number[][] = [];
  const columnOf: number[] = [];
  overview.columns.forEach((column, index) => {
    const taken = take(column, index, layersOf[index]! * perLayer);
    const slots = taken.length + (shape.turned && groups.at(-1)?.column === index ? 1 : 0);
    const count = Math.max(layersOf[index]!, Math.ceil(slots / (whole ? perLayer : shape.maxPerLayer)));
    for (const layer of splitEvenly(sortByPlace(overview, taken), count, shape, perLayer)) {
      layers.push(layer);
      columnOf.push(index);
    }
  });
  const room = overview.columns.length === 0 ? perLayer * shape.layers : whole ? perLayer : shape.turned ? perLayer : 4;
  const alone = take(overview.alone, overview.columns.length, Math.max(2, room));
  return { whole, layers, columnOf, alone, groups, added };
}

function fitsWhole({ columns, matchingCount }: Overview, { wholeLayers, wholePerLayer }: OverviewShape): boolean {
  if (wholeLayers === 0 || matchingCount > MAX_WHOLE_NODES) return false;
  const needed = columns.reduce((sum, { count }) => sum + Math.ceil(count / wholePerLayer), 0);
  return needed <= wholeLayers;
}

/** Layers of each column: one, and another for the columns with most nodes that have no room, as long as there are any. */
function shareLayers(counts: readonly number[], { layers, perLayer }: OverviewShape): number[] {
  const shares = counts.map((count) => Math.min(count, 1));
  for (let used = shares.reduce((sum, share) => sum + share, 0); used < layers; used++) {
    const left = counts.map((count, i) => count - shares[i]! * perLayer);
    const most = left.indexOf(Math.max(...left));
    if (most < 0 || left[most]! <= 0) break;
    shares[most]!++;
  }
  return shares;
}

interface TakeOptions {
  readonly index: number;
  readonly room: number;
  readonly added: Set<number>;
  readonly groups: HiddenNodes[];
  /** A group takes the room of a box. */
  readonly slots: boolean;
}

/** The first nodes of a column that have room, the opened ones, the wanted ones. The others become a group. */
function takeNodes(overview: Overview, column: OverviewColumn, options: TakeOptions): number[] {
  const { nodes, count, opened } = column;
  const base = count <= options.room ? count : options.room - (options.slots ? 1 : 0);
  const drawn = base + opened * OVERVIEW_PORTION;
  // A group of one would take the room of the node.
  const taken = nodes.slice(0, count - drawn === 1 ? count : drawn);
  const known = new Set(taken);
  for (const node of overview.wanted) if (!known.has(node) && nodes.includes(node)) taken.push(node);
  const others = nodes.filter((node) => !known.has(node) && !taken.includes(node));
  if (count - taken.length === 1) taken.push(...others.slice(0, 1));
  for (const node of taken.slice(base)) options.added.add(node);
  const hidden = count - taken.length;
  if (hidden > 0) {
    const shown = taken.reduce((sum, node) => sum + overview.nodes[node]!.selfSize, 0);
    const largest = others[0] ?? taken[0]!;
    options.groups.push({ column: options.index, count: hidden, bytes: column.bytes - shown, largest, opened });
  }
  return taken;
}

/** By rank, so that edges within a column lead on; members of a cycle together; then as the scan ordered them. */
function sortByPlace({ nodes }: Overview, taken: readonly number[]): number[] {
  const firstOf = new Map<number, number>();
  for (const node of taken) {
    const { cycle, order } = nodes[node]!;
    if (cycle >= 0) firstOf.set(cycle, Math.min(order, firstOf.get(cycle) ?? order));
  }
  const placeOf = (node: number) => firstOf.get(nodes[node]!.cycle) ?? nodes[node]!.order;
  return taken.toSorted(
    (a, b) =>
      nodes[a]!.rank - nodes[b]!.rank ||
      placeOf(a) - placeOf(b) ||
      nodes[a]!.cycle - nodes[b]!.cycle ||
      nodes[a]!.order - nodes[b]!.order ||
      a - b,
  );
}

/** Parts of about equal length, so that none is a stump; of a turned drawing full rows, with room for the group in the last. */
function splitEvenly(nodes: readonly number[], parts: number, { turned }: OverviewShape, perLayer: number): number[][] {
  if (parts === 0) return [];
  const size = turned ? perLayer : Math.ceil(nodes.length / parts);
  return Array.from({ length: parts }, (_, i) => nodes.slice(i * size, (i + 1) * size)).filter(
    (part, i) => part.length > 0 || (turned && i === parts - 1),
  );
}
