import Link from "next/link";
import { Visible } from "#components/ui/visible.tsx";
import { formatCount } from "#lib/display/bytes.ts";
import type { FocusPartName, FocusRow } from "#lib/model/focus-answer.ts";
import type { MeasureUnit } from "#lib/model/measure-unit.ts";
import { HEIGHTS } from "#lib/pictures/focus/place-focus.ts";
import type { GraphState } from "../graph-address.ts";
import { listAddress, walkAddress } from "./focus-address.ts";
import { Comb, RowBar } from "./focus-bars.tsx";
import { FocusName } from "./focus-name.tsx";
import { formatAmount, othersWords } from "./focus-words.ts";

/** Columns of a row: name, bar, figure. */
export const ROW_COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_5.5rem_4.75rem] items-center gap-x-3 sm:grid-cols-[minmax(0,1fr)_7.5rem_4.75rem]";
const INDENT = 16;
const MAX_INDENT = 6;

interface RowProps {
  readonly row: FocusRow;
  readonly part: FocusPartName;
  readonly state: GraphState;
  readonly unit: MeasureUnit;
  /** The size that fills the bar. */
  readonly scale: number;
  /** Whether names have the mark of their kind. */
  readonly kinds: boolean;
  /** Only on a wide screen. */
  readonly wide?: boolean;
}

/** One neighbour: a click walks to it. A family lists its members instead. */
export function FocusRowLink({ row, part, state, unit, scale, kinds, wide = false }: RowProps) {
  const { node, family, depth } = row;
  const shared = part === "shared";
  const href = family === undefined ? walkAddress(state, node) : listAddress(state, part, { family: node.name });
  return (
    <li style={{ height: HEIGHTS.row }} className={wide ? "max-lg:hidden" : undefined}>
      <Link
        href={href}
        prefetch={false}
        scroll={family === undefined}
        data-row={`${part}-${node.nodeIndex}`}
        data-walk={family === undefined ? "" : undefined}
        className={`group ${ROW_COLUMNS} -mx-2 h-full rounded-[4px] px-2 text-[0.8125rem] hover:bg-shade focus-visible:bg-shade`}
      >
        <span
          className="flex min-w-0 items-center gap-1.5"
          style={{ paddingLeft: INDENT * Math.min(depth, MAX_INDENT) }}
        >
          {depth === 0 ? null : <Elbow />}
          {family === undefined ? <FocusName node={node} kinds={kinds} /> : <FamilyName row={row} />}
          {row.cycle ? <CycleMark /> : null}
        </span>
        {shared ? (
          <span className="truncate text-dim">{family === undefined ? othersWords(row) : ""}</span>
        ) : family === undefined ? (
          <RowBar node={node} scale={scale} />
        ) : (
          <Comb family={family} scale={scale} />
        )}
        <span className={`text-right whitespace-nowrap ${shared ? "text-dim" : ""}`}>
          {formatAmount(family?.retainedSize ?? node.retainedSize, unit).replace(/ components?$/, "")}
        </span>
      </Link>
    </li>
  );
}

function Elbow() {
  return <span aria-hidden className="-mt-2 h-3 w-2 shrink-0 border-b border-l border-line-strong" />;
}

function FamilyName({ row: { node, family } }: Pick<RowProps, "row">) {
  if (family === undefined) return null;
  const range = family.first === family.last ? [family.first] : [family.first, "…", family.last];
  return (
    <span className="min-w-0 truncate">
      <Visible text={node.name} className="group-hover:text-accent" />{" "}
      <span className="font-medium">×{formatCount(family.count)}</span>{" "}
      <span className="text-dim">
        <Visible text={range.filter((word) => word !== "").join(" ")} />
      </span>
    </span>
  );
}

function CycleMark() {
  return (
    <span
      className="shrink-0 text-xs text-warn"
      data-tip="A dependency cycle: this node and the one in the middle need each other."
    >
      <span aria-hidden>⇄</span>
      <span className="sr-only">needs each other</span>
    </span>
  );
}
