import { formatBytes, formatCount } from "#lib/display/bytes.ts";
import { MEASURES } from "#lib/display/measures.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDES } from "#lib/display/sides.ts";
import { type AnyMapNodes, areCompared } from "#lib/model/map-nodes.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { Box, MapRoom } from "#lib/pictures/map/map-camera.ts";
import type { MapSection } from "#lib/pictures/map/map-section.ts";
import { CardRow } from "../card-row.tsx";

const WIDTH = 250;
const HEIGHT = 190;
const SPACE = 12;

interface MapCardProps {
  readonly section: MapSection;
  readonly nodes: AnyMapNodes;
  readonly unit: MeasureUnit;
  readonly position: number;
  readonly box: Box;
  readonly room: MapRoom;
}

/** What is known of the node under the pointer or the cursor: a small panel beside it. */
export function MapCard({ section, nodes, unit, position, box, room }: MapCardProps) {
  const node = section.nodeAt[position]!;
  const kept = section.endOf[position]! - position - 1;
  return (
    <div
      style={place(box, room)}
      className="pointer-events-none absolute z-10 w-62 rounded-md border border-line bg-raised p-3 text-xs shadow-md"
    >
      <p className="mb-1 text-[0.8125rem] font-medium break-words">
        {labelText(nodes.names[node]!, 120)}{" "}
        <span className="font-normal text-dim">{labelText(nodes.versions[node]!, 60)}</span>
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        <Sizes nodes={nodes} node={node} selfSize={section.selfSize[position]!} unit={unit} />
        <CardRow name="It alone keeps">{kept === 1 ? "1 node" : `${formatCount(kept)} nodes`}</CardRow>
        <CardRow name="Reached from">{reachText(section, position)}</CardRow>
      </dl>
    </div>
  );
}

interface SizesProps extends Pick<MapCardProps, "nodes" | "unit"> {
  readonly node: number;
  readonly selfSize: number;
}

/** Of a node of one artifact its measures; of two its bytes on either side. */
function Sizes({ nodes, node, selfSize, unit }: SizesProps) {
  const size = unit === "bytes" ? formatBytes : formatCount;
  if (areCompared(nodes)) {
    const { sign, label } = SIDES[nodes.sides[node]!];
    return (
      <>
        <CardRow name="Change">
          {sign} {label}
        </CardRow>
        <CardRow name="Left">{size(nodes.leftSize[node]!)}</CardRow>
        <CardRow name="Right">{size(nodes.rightSize[node]!)}</CardRow>
      </>
    );
  }
  const names =
    unit === "bytes" ? (["retainedSize", "closureSize"] as const) : (["retainedCount", "closureCount"] as const);
  return (
    <>
      {unit === "bytes" ? <CardRow name={MEASURES.selfSize.label}>{size(selfSize)}</CardRow> : null}
      <CardRow name={MEASURES[names[0]].label}>{size(nodes.retainedSize[node]!)}</CardRow>
      <CardRow name={MEASURES[names[1]].label}>{size(nodes.closureSize[node]!)}</CardRow>
    </>
  );
}

/** By how many starts a node is reached, in words. */
export function reachText({ reach, startCount, above }: MapSection, position: number): string {
  const count = reach[position]!;
  if (count === 0) return "the root itself";
  return `${formatCount(count)} of ${formatCount(startCount)} ${above.length > 0 ? "references" : startCount === 1 ? "root" : "roots"}`;
}

/** Beside the node, inside the room: at its right, else at its left, else over it. */
function place({ x, y, width }: Box, room: MapRoom) {
  const right = Math.max(0, x + width) + SPACE;
  const left = x - WIDTH - SPACE;
  const at = right + WIDTH <= room.width ? right : left >= 0 ? left : room.width - WIDTH - SPACE;
  return { left: Math.max(0, at), top: Math.max(0, Math.min(Math.max(0, y), room.height - HEIGHT)) };
}
