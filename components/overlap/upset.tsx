import Link from "next/link";
import { Bytes } from "#components/ui/bytes.tsx";
import { DataTable, shown } from "#components/ui/data-table.tsx";
import { MaybeLink } from "#components/ui/maybe-link.tsx";
import { Visible } from "#components/ui/visible.tsx";
import { formatBytes, formatCounted } from "#lib/display/bytes.ts";
import { labelText } from "#lib/display/shown-text.ts";
import { CELL_COLUMNS, shareColumn } from "#lib/exports/tables/overlap.ts";
import type { OverlapAnswer, OverlapCell } from "#lib/model/answer.ts";

/** The width of a set's column of dots, and what is in it, in pixels. */
const DOT_STEP = 18;
const DOT_RADIUS = 5;
const DOTS_HEIGHT = 22;

interface UpsetProps {
  readonly answer: Pick<OverlapAnswer, "artifacts" | "cells" | "union" | "estimated">;
  readonly names: readonly string[];
  readonly limit: number;
  /** The link of an intersection; a stored report has none. */
  readonly cellHref?: ((held: readonly number[]) => string | undefined) | undefined;
  readonly moreHref?: string | undefined;
  /** Positions of the opened intersection's artifacts. */
  readonly opened?: readonly number[] | undefined;
}

/** An UpSet plot as a table: one row per intersection, with dots for its artifacts and a bar for its bytes; largest first. */
export function Upset({ answer, names, limit, cellHref, moreHref, opened }: UpsetProps) {
  const { cells, estimated } = answer;
  const widest = Math.max(1, cells[0]?.bytes ?? 0);
  const isOpened = (cell: OverlapCell) => opened !== undefined && opened.join(".") === cell.in.join(".");
  return (
    <DataTable
      label="Intersections, largest first"
      rows={cells}
      keyOf={(cell) => cell.in.join(".")}
      rowClass={(cell) => (isOpened(cell) ? "bg-wash" : "hover:bg-shade")}
      limit={limit}
      rest={(count, hidden) =>
        `${formatCounted(count, "more intersection")} with ${formatBytes(hidden.reduce((sum, { bytes }) => sum + bytes, 0))}`
      }
      moreHref={moreHref}
      columns={[
        {
          name: "Artifacts",
          heading: <SetHeads names={names} />,
          headingClass: "w-px pr-4 align-bottom",
          className: "pr-4",
          cell: (cell) => <Holders held={cell.in} names={names} />,
        },
        {
          name: "Found in",
          from: "sm",
          className: "max-w-0 min-w-36 sm:w-[34%]",
          cell: (cell) => (
            <MaybeLink
              href={cellHref?.(cell.in)}
              tabIndex={-1}
              className={`block truncate ${cellHref?.(cell.in) === undefined ? "" : "quiet-link"}`}
            >
              <Visible text={whoHolds(cell.in, names)} />
            </MaybeLink>
          ),
        },
        shown(CELL_COLUMNS.bytes, {
          right: false,
          className: "w-[46%] min-w-36",
          cell: (cell) => (
            <BarLink
              href={cellHref?.(cell.in)}
              who={whoHolds(cell.in, names)}
              opened={isOpened(cell)}
              colour={cellColour(cell.in, names.length)}
              share={cell.bytes / widest}
            >
              <Bytes value={cell.bytes} estimated={estimated} />
            </BarLink>
          ),
        }),
        shown(shareColumn(answer), { measure: undefined, from: "sm", className: "text-dim" }),
        shown(CELL_COLUMNS.units, { from: "sm" }),
      ]}
    />
  );
}

function SetHeads({ names }: { names: readonly string[] }) {
  return (
    <>
      <div aria-hidden className="flex items-end pt-2 pb-1.5" style={{ width: names.length * DOT_STEP }}>
        {names.map((name) => (
          <span
            key={name}
            data-tip={labelText(name)}
            className="max-h-28 truncate text-2xs text-dim [writing-mode:sideways-lr]"
            style={{ width: DOT_STEP, lineHeight: `${DOT_STEP}px` }}
          >
            {labelText(name)}
          </span>
        ))}
      </div>
      <span className="sr-only">Artifacts</span>
    </>
  );
}

function Holders({ held, names }: { held: readonly number[]; names: readonly string[] }) {
  return (
    <>
      <Dots held={held} count={names.length} />
      <span className="sr-only">{held.map((i) => labelText(names[i]!)).join(", ")}</span>
    </>
  );
}

/** One row of an UpSet plot: one dot per set, filled if it takes part, and a line from the first of these to the last. */
function Dots({ held, count }: { held: readonly number[]; count: number }) {
  const centre = (i: number) => i * DOT_STEP + DOT_STEP / 2;
  const [first, last] = [held[0], held.at(-1)];
  return (
    <svg width={count * DOT_STEP} height={DOTS_HEIGHT} aria-hidden="true" className="block">
      {Array.from({ length: count }, (_, i) => (
        <circle
          key={`dot ${centre(i)}`}
          cx={centre(i)}
          cy={DOTS_HEIGHT / 2}
          r={held.includes(i) ? DOT_RADIUS : DOT_RADIUS - 1.5}
          fill={held.includes(i) ? "var(--ink)" : "var(--line)"}
        />
      ))}
      {first === undefined || last === undefined || first === last ? null : (
        <line
          x1={centre(first)}
          x2={centre(last)}
          y1={DOTS_HEIGHT / 2}
          y2={DOTS_HEIGHT / 2}
          stroke="var(--ink)"
          strokeWidth="2"
        />
      )}
    </svg>
  );
}

interface BarLinkProps {
  readonly href: string | undefined;
  readonly who: string;
  readonly opened: boolean;
  readonly colour: string;
  readonly share: number;
  readonly children: React.ReactNode;
}

function BarLink({ href, who, opened, colour, share, children }: BarLinkProps) {
  const bar = (
    <span className="flex items-center gap-2">
      <span
        aria-hidden
        className="block h-3.5 shrink rounded-[2px]"
        style={{ width: `max(2px, ${70 * share}%)`, background: colour }}
      />
      {children}
    </span>
  );
  if (href === undefined) return bar;
  return (
    <Link href={href} aria-current={opened ? "true" : undefined} className="block">
      <span className="sr-only">Open the content of {labelText(who)}, </span>
      {bar}
    </Link>
  );
}

/** For two sets, side colours; for more, accent = shared by all, grey = unique. */
export function cellColour(held: readonly number[], count: number): string {
  if (count === 2)
    return held.length === 2 ? "var(--side-both)" : held[0] === 0 ? "var(--side-left)" : "var(--side-right)";
  if (held.length === count) return "var(--accent)";
  return held.length === 1 ? "var(--rock-unique-alternate)" : "var(--rock-2)";
}

const NAMED = 2;

/** `all 7`, `only m-lua`, `m-base, m-lua and 2 more`. */
export function whoHolds(held: readonly number[], names: readonly string[]): string {
  if (held.length === names.length) return names.length === 2 ? "both" : `all ${names.length}`;
  if (held.length === 1) return `only ${names[held[0]!]}`;
  if (held.length === names.length - 1 && held.length > NAMED) {
    const missing = names.findIndex((_, i) => !held.includes(i));
    return `all but ${names[missing]}`;
  }
  const first = held.slice(0, NAMED).map((i) => names[i]!);
  const more = held.length - first.length;
  return more === 0 ? first.join(" and ") : `${first.join(", ")} and ${more} more`;
}
