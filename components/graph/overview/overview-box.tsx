import { type CSSProperties, memo } from "react";
import { formatBytes, formatCount, formatCounted } from "#lib/display/bytes.ts";
import { kindColour } from "#lib/display/colours.ts";
import { SIDES } from "#lib/display/sides.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import type { OverviewNode } from "#lib/model/overview.ts";
import type { PlacedBox, PlacedGroup } from "#lib/pictures/overview/placed.ts";
import type { GraphState } from "../graph-address.ts";
import { boxKey, groupKey } from "./lit-set.ts";
import { nodeLabel } from "./overview-words.ts";

interface BoxProps {
  readonly box: PlacedBox;
  readonly node: OverviewNode;
  readonly small: boolean;
  readonly turned: boolean;
  readonly unit: MeasureUnit;
  readonly colour: GraphState["colour"];
  readonly isLit: boolean;
  readonly isChosen: boolean;
  readonly isPointed: boolean;
  readonly isReachable: boolean;
  readonly from: { readonly x: number; readonly y: number } | undefined;
}

export const OverviewBox = memo(function OverviewBox(props: BoxProps) {
  const { box, node, small, turned, unit, colour, isLit, isChosen, isPointed, isReachable, from } = props;
  const { x, y, width, height, title, version, own, kept, sized, hidden } = box;
  const size = unit === "bytes" ? formatBytes(node.retainedSize) : formatCount(node.retainedSize);
  const bar = small ? { y: height - 4, height: 4 } : { y: height - 12, height: 5 };
  const tint = tintOf(node, colour);
  const motion = from === undefined ? {} : { "--from-x": `${from.x - x}px`, "--from-y": `${from.y - y}px` };
  return (
    <g
      data-key={boxKey(box.nodeIndex)}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      className={boxClass(box, { isLit, isChosen, isPointed, isRoot: node.root })}
    >
      <g className={from === undefined ? undefined : "overview-fresh"} style={motion as CSSProperties}>
        {/* biome-ignore lint/a11y/useSemanticElements: there is no button in SVG. */}
        <rect
          role="button"
          tabIndex={isReachable ? 0 : -1}
          aria-label={nodeLabel(node, unit)}
          aria-pressed={isChosen}
          width={width}
          height={height}
          rx={2.5}
          className="overview-frame"
        />
        {tint === undefined ? null : <rect x={0.5} y={0.5} width={4} height={height - 1} rx={1.5} fill={tint} />}
        <rect
          x={small ? 0.5 : 6}
          y={bar.y}
          width={scaled(own, width, small)}
          height={bar.height}
          className="overview-own"
        />
        <rect
          x={(small ? 0.5 : 6) + scaled(own, width, small)}
          y={bar.y}
          width={scaled(kept, width, small)}
          height={bar.height}
          className="overview-kept"
        />
        <text x={tint === undefined ? 5 : 8} y={small ? 13.5 : 14.5} className="overview-name">
          {title}
          {version === "" ? null : (
            <tspan dx={4} fontSize={11} className="fill-dim">
              {version}
            </tspan>
          )}
        </text>
        {sized ? (
          <text x={width - 5} y={small ? 13.5 : height - 6.5} fontSize={11} textAnchor="end" className="overview-size">
            {size}
          </text>
        ) : null}
        {hidden > 0 && !small ? (
          <text
            {...(turned ? { x: width, y: height + 9, textAnchor: "end" } : { x: width + 3, y: 9 })}
            fontSize={10.5}
            className="overview-hidden"
          >
            {formatCount(hidden)}
          </text>
        ) : null}
      </g>
    </g>
  );
});

/** Room for the text beside a bar: a large box has its size there. */
function scaled(length: number, width: number, small: boolean): number {
  return small ? Math.min(length, width - 1) : Math.max(0, length * Math.min(0.4, (width - 66) / width));
}

type BoxState = Pick<BoxProps, "isLit" | "isChosen" | "isPointed"> & { readonly isRoot: boolean };

function boxClass({ large }: PlacedBox, { isLit, isChosen, isPointed, isRoot }: BoxState): string {
  const states = [isLit && "lit", isChosen && "chosen", isPointed && "pointed", isRoot && "root"];
  const classes = ["overview-box", large && "large", ...states];
  return classes.filter(Boolean).join(" ");
}

function tintOf({ kind, layer, side }: OverviewNode, colour: GraphState["colour"]): string | undefined {
  if (side !== undefined) return SIDES[side].colour;
  if (colour === "kind") return kindColour(kind);
  return colour === "layer" && layer >= 0 ? layerTint(layer) : undefined;
}

/** Eight rocks in turn: neighbours differ. */
export function layerTint(layer: number): string {
  return `var(--rock-${(layer * 3) % 8})`;
}

interface GroupProps {
  readonly group: PlacedGroup;
  readonly turned: boolean;
  readonly unit: MeasureUnit;
  readonly isLit: boolean;
  readonly isPointed: boolean;
  readonly isReachable: boolean;
}

export const OverviewGroup = memo(function OverviewGroup({
  group,
  turned,
  unit,
  isLit,
  isPointed,
  isReachable,
}: GroupProps) {
  const { x, y, width, height, column, count, bytes, largest, opened } = group;
  const size = (value: number) => (unit === "bytes" ? formatBytes(value) : "");
  const label = `${formatCounted(count, "more node")}, ${size(bytes)} together, the largest ${largest.name}: open the next ten`;
  return (
    <>
      <g
        data-key={groupKey(column)}
        style={{ transform: `translate(${x}px, ${y}px)` }}
        className={`overview-box overview-group ${isLit ? "lit" : ""} ${isPointed ? "pointed" : ""}`}
      >
        <rect x={3} y={-3} width={width - 6} height={6} rx={2} className="overview-frame" />
        {/* biome-ignore lint/a11y/useSemanticElements: there is no button in SVG. */}
        <rect
          role="button"
          tabIndex={isReachable ? 0 : -1}
          aria-label={label}
          width={width}
          height={height}
          rx={2.5}
          className="overview-frame"
        />
        <text x={6} y={14.5} fontWeight={600} className="overview-name">
          {turned ? [`+${formatCount(count)}`, size(bytes)].filter(Boolean).join(" · ") : `+${formatCount(count)} more`}
        </text>
        {turned ? (
          <text x={6} y={height - 6} fontSize={11} className="fill-dim">
            {largest.name}
          </text>
        ) : (
          <>
            {unit === "bytes" ? (
              <text x={6} y={30} fontSize={11.5} className="overview-name">
                {size(bytes)} together
              </text>
            ) : null}
            {["largest", largest.name, size(largest.bytes)].map((line, i) => (
              <text key={line} x={6} y={45 + 12 * i} fontSize={11} className="fill-dim">
                {line}
              </text>
            ))}
          </>
        )}
      </g>
      {opened > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: there is no button in SVG.
        <g
          role="button"
          tabIndex={-1}
          aria-label={`Close this group again: ${formatCount(opened * 10)} nodes`}
          data-key={`c${column}`}
          style={{ transform: `translate(${x + width - 20}px, ${y + 3}px)` }}
          className="overview-box overview-close"
        >
          <rect width={17} height={17} rx={3} className="overview-frame" />
          <path d="M5 8.5h7" />
        </g>
      ) : null}
    </>
  );
});
