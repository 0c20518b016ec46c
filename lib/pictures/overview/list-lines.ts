import type { EvidenceName, Overview } from "#lib/model/overview.ts";
import type { DrawnEdge } from "./drawn-edges.ts";
import type { LaidOut } from "./lay-out.ts";
import { bow, curve } from "./paths.ts";
import type { PlacedBox, PlacedEdge, PlacedLine, PlacedOverview } from "./placed.ts";

interface LinesQuestion {
  readonly overview: Overview;
  readonly laid: LaidOut;
  readonly boxes: readonly PlacedBox[];
  /** Start and end of each layer, and where the first place across them is. */
  readonly layers: PlacedOverview["layers"];
  readonly offset: number;
}

type Lines = Pick<PlacedOverview, "lines" | "bows" | "edges" | "lanes">;

/** The lines of a drawing: those to one node together, bows within a layer, and the lanes that edges take. */
export function listLines(question: LinesQuestion): Lines {
  const { laid } = question;
  const edges = laid.edges.map((edge) => toEdge(laid, edge));
  const known = new Set(laid.edges.flatMap(({ evidence }, i) => (edges[i]!.drawn === "line" ? [evidence] : [])));
  const isMixed = known.size > 1;
  return {
    lines: [...joinPieces(listPieces(question, isMixed)), ...listInnerLines(question, isMixed)],
    bows: listBows(question),
    edges,
    lanes: listLanes(question),
  };
}

function toEdge({ layerOf }: LaidOut, { from, to, follows }: DrawnEdge): PlacedEdge {
  const [a, b] = [layerOf[from] ?? -1, layerOf[to] ?? -1];
  return { from, to, drawn: follows || a > b ? "follows" : a === b ? "bow" : "line" };
}

/** One piece for each segment between layers, and one for each lane through a layer. */
function listPieces({ laid, layers, offset }: LinesQuestion, isMixed: boolean): PlacedLine[] {
  const { shape, layered, edges } = laid;
  const { lanes, at } = layered;
  const drawn = edges.filter((edge) => toEdge(laid, edge).drawn === "line");
  const inLane = new Map<number, DrawnEdge[]>();
  const toPiece = (target: number, path: string, own: readonly DrawnEdge[]): PlacedLine => {
    const side = sideOf(own);
    const evidence = isMixed ? strongest(own) : undefined;
    return { target, path, width: lineWidth(own.length), evidence, ...(side && { side }) };
  };
  const pieces = lanes.segments.map(({ from, to, target, edges: positions }) => {
    const [start, end] = [layers[lanes.layerOf[from]!]![1], layers[lanes.layerOf[to]!]![0]];
    const own = positions.map((edge) => drawn[edge]!);
    if (to >= lanes.boxCount) inLane.set(to, [...(inLane.get(to) ?? []), ...own]);
    return toPiece(target, curve(shape, [start, at[from]! + offset], [end, at[to]! + offset]), own);
  });
  for (const [lane, own] of inLane) {
    const [start, end] = layers[lanes.layerOf[lane]!]!;
    const level = at[lane]! + offset;
    pieces.push(toPiece(lanes.targetOf(lane), curve(shape, [start, level], [end, level]), own));
  }
  return pieces;
}

/** Pieces that look alike and lead to the same node are one path. */
function joinPieces(pieces: readonly PlacedLine[]): PlacedLine[] {
  const alike = Map.groupBy(pieces, ({ target, width, evidence, side }) => `${target} ${width} ${evidence} ${side}`);
  return [...alike.values()].map((parts) => ({ ...parts[0]!, path: parts.map(({ path }) => path).join("") }));
}

/** Edges between boxes of one layer that are no cycle: a layer may have several steps. */
function listInnerLines({ overview, laid, boxes }: LinesQuestion, isMixed: boolean): PlacedLine[] {
  const cycleOf = (box: number) => overview.nodes[laid.nodeOf[box]!]!.cycle;
  const isCycle = ({ from, to }: DrawnEdge) => cycleOf(from) >= 0 && cycleOf(from) === cycleOf(to);
  const inner = laid.edges.filter((edge) => toEdge(laid, edge).drawn === "bow" && !isCycle(edge));
  return inner.map((edge) => {
    const path = bow(laid.shape, boxes[edge.from]!, boxes[edge.to]!, false);
    return { target: edge.to, path, width: 1, evidence: isMixed ? edge.evidence : undefined };
  });
}

/** One bow between each two neighbouring members of a cycle in a layer. */
function listBows({ overview, laid, boxes }: LinesQuestion): string[] {
  const { nodeOf, layerOf, layered, shape } = laid;
  const cycles = Map.groupBy(layerOf.keys(), (box) => {
    const { cycle } = overview.nodes[nodeOf[box]!]!;
    return cycle < 0 ? "" : `${cycle} ${layerOf[box]}`;
  });
  cycles.delete("");
  return [...cycles.values()].flatMap((members) => {
    const sorted = members.toSorted((a, b) => layered.at[a]! - layered.at[b]!);
    return sorted.slice(1).map((box, i) => bow(shape, boxes[sorted[i]!]!, boxes[box]!, true));
  });
}

function listLanes({ laid, offset }: LinesQuestion): Record<number, number[]> {
  const { lanes, at } = laid.layered;
  const listed: Record<number, number[]> = {};
  for (let lane = lanes.boxCount; lane < lanes.itemCount; lane++) {
    listed[lanes.targetOf(lane)] ??= [lanes.layerOf[lane]!];
    listed[lanes.targetOf(lane)]!.push(Math.round((at[lane]! + offset) * 10) / 10);
  }
  return listed;
}

const strength: readonly (EvidenceName | undefined)[] = ["observed", "declared", "inferred"];

function strongest(edges: readonly DrawnEdge[]): EvidenceName | undefined {
  return strength.find((name) => edges.some(({ evidence }) => evidence === name));
}

function sideOf(edges: readonly DrawnEdge[]): PlacedLine["side"] {
  const sides = new Set(edges.map(({ side }) => side));
  return sides.size === 1 ? [...sides][0] : "both";
}

/** A line is the thicker, the more edges it stands for. */
function lineWidth(edges: number): number {
  return Math.round((1 + 0.75 * Math.log2(edges)) * 4) / 4;
}
