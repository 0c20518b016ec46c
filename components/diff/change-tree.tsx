import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { formatDelta } from "#lib/display/delta.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { SIDE_OF_CHANGE, SIDES, type Side } from "#lib/display/sides.ts";
import { largerSide } from "#lib/exports/component-changes.ts";
import type { ChangeNode, ComponentChange, ChangeTree as Tree } from "#lib/model/answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { type PlacedNode, type PlacedTree, placeTree } from "#lib/pictures/tree-places.ts";

const COLUMN = 214;
const BOX = 178;
const ROW = 26;
const BOX_HEIGHT = 20;

interface ChangeTreeProps {
  readonly tree: Tree;
  readonly components: readonly ComponentChange[];
  readonly unit: MeasureUnit;
  readonly hrefOf: (row: ComponentChange) => string | undefined;
}

/** The changes in both graphs as one: each with its path from a root, coloured by side. */
export function ChangeTree({ tree, components, unit, hrefOf }: ChangeTreeProps) {
  const laid = placeTree(tree.nodes);
  const width = laid.columns * COLUMN - (COLUMN - BOX);
  const height = laid.rows * ROW;
  return (
    <>
      <ScrollBox label="Paths to the changes: roots at the left, what they refer to at the right">
        <div className="relative" style={{ width, height }}>
          <Edges laid={laid} width={width} height={height} />
          {laid.placed.map((placed) => (
            <Box
              key={placed.node.row}
              placed={placed}
              row={components[placed.node.row]!}
              unit={unit}
              href={hrefOf(components[placed.node.row]!)}
            />
          ))}
        </div>
      </ScrollBox>
      <p className="mt-3 text-xs text-dim">
        A shortest path from a root to each change; for changed components, in the right side's graph. Lines: solid on
        both sides, dashed only left, dotted only right.
        {tree.cut > 0
          ? ` ${formatCounted(tree.cut, unit === "bytes" ? "smaller change" : "more change")} not drawn: see the table above.`
          : ""}
      </p>
    </>
  );
}

const DASHES: Readonly<Record<ChangeNode["side"], string | undefined>> = { both: undefined, left: "6 4", right: "2 3" };

function Edges({ laid: { placed }, width, height }: { laid: PlacedTree; width: number; height: number }) {
  const byRow = new Map(placed.map((each) => [each.node.row, each]));
  return (
    <svg aria-hidden="true" width={width} height={height} className="absolute inset-0">
      {placed.map((each) => {
        const parent = each.node.parent === null ? undefined : byRow.get(each.node.parent);
        if (parent === undefined) return null;
        const [fromX, toX] = [parent.column * COLUMN + BOX, each.column * COLUMN];
        const [fromY, toY] = [parent.place * ROW, each.place * ROW];
        const middle = (fromX + toX) / 2;
        return (
          <path
            key={each.node.row}
            d={`M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${toY} ${toX} ${toY}`}
            fill="none"
            stroke={each.node.side === "both" ? "var(--line-strong)" : SIDES[each.node.side].colour}
            strokeWidth="1.5"
            strokeDasharray={DASHES[each.node.side]}
          />
        );
      })}
    </svg>
  );
}

interface BoxProps {
  readonly placed: PlacedNode;
  readonly row: ComponentChange;
  readonly unit: MeasureUnit;
  readonly href: string | undefined;
}

function Box({ placed: { column, place }, row, unit, href }: BoxProps) {
  const side: Side = SIDE_OF_CHANGE[row.change];
  return (
    <MaybeLink
      href={href}
      tip={boxTitle(row, unit)}
      className="absolute flex items-center gap-1.5 rounded-[3px] px-1.5 text-2xs leading-5 whitespace-nowrap text-(--on-kind) outline-1 -outline-offset-1 outline-(--stratum-edge) hover:brightness-110 focus-visible:outline-2"
      style={{
        left: column * COLUMN,
        top: place * ROW - BOX_HEIGHT / 2,
        width: BOX,
        height: BOX_HEIGHT,
        background: SIDES[side].colour,
      }}
    >
      <span aria-hidden className="font-mono font-semibold">
        {SIDES[side].sign}
      </span>
      <span className="sr-only">{row.change} </span>
      <Visible text={row.name} className="min-w-0 flex-1 truncate font-medium" />
      <span>{row.delta === 0 || unit === "components" ? "" : formatDelta(row.delta)}</span>
    </MaybeLink>
  );
}

function boxTitle(row: ComponentChange, unit: MeasureUnit): string {
  const versions = [...new Set([row.left?.version ?? "", row.right?.version ?? ""])].filter(
    (version) => version !== "",
  );
  const size = unit === "bytes" ? `: ${formatBytes(largerSide(row))}` : "";
  return labelText(`${row.name} ${versions.join(" → ")}, ${row.change}${size}`);
}
