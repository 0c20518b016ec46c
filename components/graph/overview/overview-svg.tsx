import { memo, type RefObject } from "react";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { SIDES } from "#lib/display/sides.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { OverviewNode } from "#lib/model/overview.ts";
import { edgePath } from "#lib/pictures/overview/paths.ts";
import type { PlacedHead, PlacedOverview } from "#lib/pictures/overview/placed.ts";
import type { GraphState } from "../graph-address.ts";
import { boxKey, groupKey, type LitSet } from "./lit-set.ts";
import { OverviewBox, OverviewGroup } from "./overview-box.tsx";
import { wholeViewBox } from "./overview-camera.ts";
import { LAYER } from "./shown-view.ts";

export interface OverviewSvgProps {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly label: string;
  readonly placed: PlacedOverview;
  /** By node index. */
  readonly nodes: Readonly<Record<number, OverviewNode>>;
  readonly unit: MeasureUnit;
  readonly colour: GraphState["colour"];
  readonly lit: LitSet | undefined;
  /** Keys. */
  readonly chosen: string | undefined;
  readonly pointed: string | undefined;
  /** The one that Tab reaches. */
  readonly reachable: string | undefined;
  /** New boxes, with the place that they come from. */
  readonly fresh: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
}

/** The drawing. All of it is in the page that the server sends: it needs no script, and is its own file. */
export function OverviewSvg(props: OverviewSvgProps) {
  const { svg, label, placed, nodes, unit, colour, lit, chosen, pointed, reachable, fresh } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot contain a drawing's boxes.
    <svg
      ref={svg}
      role="group"
      aria-label={label}
      viewBox={wholeViewBox(placed)}
      className={`overview block size-full ${lit === undefined ? "" : "overview-lit"}`}
      fontSize={placed.font}
    >
      <g className={LAYER}>
        <OverviewLines placed={placed} />
        {/* Below the boxes: what passes one does not cross its name. */}
        {lit === undefined
          ? null
          : lit.edges.map((edge) => (
              <path
                key={`${edge.from} ${edge.to}`}
                d={edgePath(placed, edge)}
                className={edge.drawn === "follows" ? "overview-follows" : "overview-near"}
              />
            ))}
        {placed.heads.map((head) => (
          <OverviewHead key={head.step} head={head} unit={unit} />
        ))}
        {placed.alone === undefined ? null : (
          <text x={placed.alone.x} y={placed.alone.y + 9} fontSize={11.5} className="fill-dim">
            {placed.alone.title}
          </text>
        )}
        {placed.groups.map((group) => (
          <OverviewGroup
            key={group.column}
            group={group}
            turned={placed.turned || group.height < 60}
            unit={unit}
            isLit={lit?.keys.has(groupKey(group.column)) ?? false}
            isPointed={pointed === groupKey(group.column)}
            isReachable={reachable === groupKey(group.column)}
          />
        ))}
        {placed.boxes.map((box) => {
          const key = boxKey(box.nodeIndex);
          return (
            <OverviewBox
              key={key}
              box={box}
              node={nodes[box.nodeIndex]!}
              small={placed.small}
              turned={placed.turned}
              unit={unit}
              colour={colour}
              isLit={lit?.keys.has(key) ?? false}
              isChosen={chosen === key}
              isPointed={pointed === key}
              isReachable={reachable === key}
              from={fresh.get(key)}
            />
          );
        })}
      </g>
    </svg>
  );
}

/** The steps of a column and, if it hides nodes, its share of all bytes: where in the depth they are. */
function OverviewHead({ head: { x, width, step, nodes }, unit }: { head: PlacedHead; unit: MeasureUnit }) {
  return (
    <>
      <text x={x} y={18} fontSize={11.5} className="fill-ink">
        {step}
        {nodes === undefined ? null : (
          <tspan dx={5} className="fill-dim">
            {formatCounted(nodes.count, "node")}
          </tspan>
        )}
      </text>
      {nodes === undefined || unit !== "bytes" ? null : (
        <>
          <rect x={x} y={27} width={width - HEAD_SIZE_WIDTH} height={5} className="overview-rail" />
          <rect x={x} y={27} width={(width - HEAD_SIZE_WIDTH) * nodes.share} height={5} className="overview-own" />
          <text x={x + width} y={33} fontSize={11} textAnchor="end" className="fill-ink">
            {formatBytes(nodes.bytes)}
          </text>
        </>
      )}
    </>
  );
}

/** Room for a column's bytes beside their bar. */
const HEAD_SIZE_WIDTH = 58;

const OverviewLines = memo(function OverviewLines({ placed }: { placed: PlacedOverview }) {
  return (
    <g className="overview-lines">
      {sortLines(placed).map(({ target, path, width, evidence, side }) => (
        <path
          key={`${placed.boxes[target]?.nodeIndex} ${path}`}
          d={path}
          className={side === undefined && placed.boxes[target]?.large ? "overview-to-large" : undefined}
          strokeWidth={width}
          strokeDasharray={dashOf(evidence, side)}
          stroke={side === "left" || side === "right" ? SIDES[side].colour : undefined}
        />
      ))}
      {placed.bows.map((path) => (
        <path key={path} d={path} className="overview-bow" />
      ))}
    </g>
  );
});

/** Those that lead to the large boxes are above the others. */
function sortLines({ lines, boxes }: PlacedOverview): PlacedOverview["lines"] {
  const large = ({ target }: PlacedOverview["lines"][number]) => boxes[target]?.large ?? false;
  return [...lines.filter((line) => !large(line)), ...lines.filter(large)];
}

function dashOf(evidence: PlacedOverview["lines"][number]["evidence"], side: string | undefined): string | undefined {
  if (side === "left") return "6 4";
  if (side === "right") return "2 3";
  return evidence === "declared" ? "5 3" : evidence === "inferred" ? "1.5 2.5" : undefined;
}
