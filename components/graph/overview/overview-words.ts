import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { OverviewNode } from "#lib/model/overview.ts";
import type { PlacedOverview } from "#lib/pictures/overview/placed.ts";

/** A box in words. */
export function nodeLabel(
  { name, version, retainedSize, root, referenceCount, referrerCount }: OverviewNode,
  unit: MeasureUnit,
) {
  const size = unit === "bytes" ? formatBytes(retainedSize) : formatCounted(retainedSize, "component");
  const parts = [`retains ${size}`, `needs ${formatCount(referenceCount)}`, `needed by ${formatCount(referrerCount)}`];
  return `${labelText(name, 120)} ${labelText(version, 60)}, ${root ? "root, " : ""}${parts.join(", ")}`;
}

export interface DrawnCounts {
  readonly nodeCount: number;
  readonly matchingCount: number;
  readonly edgeCount: number;
  readonly matchingEdges: number;
}

const MAX_LARGEST = 3;

/** The large boxes that no other large one leads to: where to look first. "" if nothing stands out. */
export function largestWords(
  { boxes, edges }: PlacedOverview,
  nodes: Readonly<Record<number, OverviewNode>>,
  unit: MeasureUnit,
): string {
  const below = new Set(edges.flatMap(({ from, to }) => (boxes[from]?.large ? [to] : [])));
  const largest = boxes
    .flatMap((box, i) => (box.large && !below.has(i) ? [nodes[box.nodeIndex]!] : []))
    .sort((a, b) => b.retainedSize - a.retainedSize)
    .slice(0, MAX_LARGEST);
  if (largest.length === 0 || boxes.every(({ large }) => large)) return "";
  const amount = (size: number) => (unit === "bytes" ? formatBytes(size) : formatCounted(size, "component"));
  return `most is kept by ${largest.map(({ name, retainedSize }) => `${labelText(name, 40)} ${amount(retainedSize)}`).join(", ")}`;
}

/** What is drawn, never without the whole. */
export function drawnWords(placed: PlacedOverview, counts: DrawnCounts): { nodes: string; rest: string } {
  const { boxes, groups, edges, small } = placed;
  const { nodeCount, matchingCount, matchingEdges } = counts;
  const all = boxes.length === nodeCount;
  const nodes = all
    ? formatCounted(nodeCount, "node")
    : `${formatCount(boxes.length)} of ${formatCounted(nodeCount, "node")}`;
  const filtered = matchingCount < nodeCount ? `${formatCount(matchingCount)} match the filters; ` : "";
  const follows = edges.filter(({ drawn }) => drawn === "follows").length;
  const lines = edges.length - follows;
  const follow = follows === 0 ? "" : `; ${formatCount(follows)} ${follows === 1 ? "follows" : "follow"} from others`;
  if (small || groups.length === 0) {
    const drawn =
      lines === matchingEdges
        ? formatCounted(lines, "edge")
        : `${formatCount(lines)} of ${formatCounted(matchingEdges, "edge")}`;
    return { nodes, rest: `${filtered}${drawn}${follow}` };
  }
  const rest = groups.length === 1 ? "the rest in one group" : `the rest in ${formatCount(groups.length)} groups`;
  return { nodes, rest: `${filtered}those that retain most at each step, ${rest}` };
}
